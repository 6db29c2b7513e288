use leptos::prelude::*;

use crate::{
    api::tables::load_properties,
    components::{object::use_object, paged_settings::PagedSettings, reading::Reading},
    location::use_query,
};

/// The table's properties; `q=` filters them.
#[component]
pub fn PropertiesPage() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    view! {
        <Reading
            ask=move || (query.read().text("q"), query.read().page())
            load=move |(filter, page), fresh| load_properties(place.clone(), filter, page, fresh)
            let:properties
        >
            <PagedSettings properties noun="table" />
            <p class="text-sm text-base-content/70 max-w-prose my-2">"A catalog hands out the current properties alone: those of an earlier metadata file cannot be compared with them."</p>
        </Reading>
    }
}
