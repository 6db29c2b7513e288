use iceberg_rest::Listing;
use leptos::prelude::*;

use crate::ui::table::{Column, Table};

/// A row for each entry of a catalog's list. That there are none is said only of a whole list; of any
/// other, that there may be more, and why.
#[component]
pub fn ListingTable<T, F, V>(
    #[prop(into)] label: String,
    columns: &'static [Column],
    listing: Listing<T>,
    empty: &'static str,
    children: F,
) -> impl IntoView
where
    T: 'static,
    F: FnMut(T) -> V + 'static,
    V: IntoView + 'static,
{
    let capped = listing.completeness.capped();
    let empty = if capped.is_none() { empty } else { "" };
    view! {
        <Table label columns rows=listing.items empty children />
        {capped.map(|reason| view! {
            <p class="text-sm my-1 max-w-4xl wrap-anywhere" role="status">"There may be more than these. " {reason}</p>
        })}
    }
}
