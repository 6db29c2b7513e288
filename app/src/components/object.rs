use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use model::paths::Place;

use crate::location::{use_place, use_query};

/// The table or view that the page is in. Pages are made anew for each, so that none shows what
/// belongs to another.
#[derive(Clone)]
struct Object(Place);

/// The object of the layout around this page.
pub fn use_object() -> Place {
    expect_context::<Object>().0
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

/// The tab that the address names. Keeps its value while the address already names a page of
/// another kind, and this one is about to go.
pub fn use_tab() -> Memo<String> {
    let path = use_location().pathname;
    let kind = path.with_untracked(|path| kind_and_tab(path).0.to_owned());
    Memo::new(move |before: Option<&String>| {
        path.with(|path| match (kind_and_tab(path), before) {
            ((now, _), Some(before)) if now != kind => before.clone(),
            ((_, tab), _) => tab.to_owned(),
        })
    })
}

/// `t` and `schema` of `/c/prod/t/schema`.
fn kind_and_tab(path: &str) -> (&str, &str) {
    let (rest, tab) = path.rsplit_once('/').unwrap_or(("", path));
    (rest.rsplit('/').next().unwrap_or_default(), tab)
}

/// Renders the page once for each object.
#[component]
pub fn PerObject(place: Memo<Place>) -> impl IntoView {
    move || {
        provide_context(Object(place.get()));
        view! { <Outlet /> }
    }
}
