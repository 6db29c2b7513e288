use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use crate::paths::{Place, use_place, use_query};

/// The table or view that the page is in. Pages are made anew for each, so that none shows what
/// belongs to another.
#[derive(Clone)]
struct Object(Place);

/// The object of the layout around this page.
pub fn use_object() -> Place {
    use_context::<Object>()
        .map(|object| object.0)
        .unwrap_or_default()
}

/// What the address names under `key` (`t` or `v`). Keeps its value while the address already
/// names something else, and the page is about to go.
pub fn use_object_of(key: &'static str) -> Memo<Place> {
    let (place, query) = (use_place(), use_query());
    Memo::new(move |before: Option<&Place>| {
        let named = query.with(|query| query.get(key).is_some());
        match before {
            Some(before) if !named => before.clone(),
            _ => place.get(),
        }
    })
}

/// The tab that the address names.
pub fn use_tab() -> Memo<String> {
    let path = use_location().pathname;
    Memo::new(move |_| path.with(|path| path.rsplit('/').next().unwrap_or_default().to_owned()))
}

/// Renders the page once for each object.
#[component]
pub fn PerObject(place: Memo<Place>) -> impl IntoView {
    move || {
        provide_context(Object(place.get()));
        view! { <Outlet /> }
    }
}
