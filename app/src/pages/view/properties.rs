use leptos::prelude::*;

use crate::{
    api::views::load_view_properties,
    components::{
        loaded::Loaded, object::use_object, paged_settings::PagedSettings, read_at::ReadAt,
    },
    location::use_query,
};

/// The view's properties; `q=` filters them.
#[component]
pub fn PropertiesPage() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    let refresh = RwSignal::new(0);
    let properties = Resource::new(
        move || (query.read().text("q"), query.read().page(), refresh.get()),
        move |(filter, page, _)| load_view_properties(place.clone(), filter, page),
    );
    view! {
        <Loaded resource=properties let:read>
            <ReadAt moment=read.at refresh />
            <PagedSettings properties=read.data noun="view" />
        </Loaded>
    }
}
