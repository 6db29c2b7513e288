use leptos::prelude::*;

use crate::{
    api::tables::load_properties,
    components::{
        loaded::Loaded,
        object::use_object,
        paged_settings::PagedSettings,
        read_at::{ReadAt, new_asks},
    },
    location::use_query,
};

/// The table's properties; `q=` filters them.
#[component]
pub fn PropertiesPage() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    let refresh = RwSignal::new(0);
    let is_new = new_asks();
    let properties = Resource::new(
        move || (query.read().text("q"), query.read().page(), refresh.get()),
        move |(filter, page, asks)| load_properties(place.clone(), filter, page, is_new(asks)),
    );
    view! {
        <Loaded resource=properties let:read>
            <ReadAt moment=read.at refresh />
            <PagedSettings properties=read.data noun="table" />
        </Loaded>
    }
}
