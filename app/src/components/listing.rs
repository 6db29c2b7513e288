use iceberg_rest::Listing;
use leptos::prelude::*;
use model::paths::Place;

use crate::ui::table::{Column, Table};

/// A row for each entry of a catalog's list. That there are none is said only of a whole list; of any
/// other, that there may be more, why, and where one that is not among them opens.
#[component]
pub fn ListingTable<T, F, V>(
    #[prop(into)] label: String,
    columns: &'static [Column],
    listing: Listing<T>,
    empty: &'static str,
    /// Where its entries lie, and the address of one of them there.
    #[prop(optional)]
    one: Option<(Place, String)>,
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
            {one.map(|(place, address)| view! { <ByName place address /> })}
        })}
    }
}

#[component]
fn ByName(place: Place, address: String) -> impl IntoView {
    let path = address.split('?').next().unwrap_or_default().to_owned();
    view! {
        <form method="get" action=path class="join my-1">
            {place.warehouse.map(|catalog| view! { <input type="hidden" name="w" value=catalog /> })}
            {place.namespace.into_iter().map(|level| view! { <input type="hidden" name="ns" value=level /> }).collect_view()}
            <input
                class="input input-sm join-item"
                name="name"
                required
                aria-label="Name of one that is not among them"
                placeholder="Name of another one"
                autocomplete="off"
            />
            <button class="btn btn-sm join-item">"Open"</button>
        </form>
    }
}
