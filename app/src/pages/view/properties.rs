use leptos::prelude::*;

use crate::{
    api::views::load_view_properties,
    components::{object::use_object, paged_settings::PagedSettings, reading::Reading},
    location::use_query,
};

/// The view's properties; `q=` filters them.
#[component]
pub fn PropertiesPage() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    view! {
        <Reading
            ask=move || (query.read().text("q"), query.read().page())
            load=move |(filter, page), _| load_view_properties(place.clone(), filter, page)
            let:properties
        >
            <PagedSettings properties noun="view" />
        </Reading>
    }
}
