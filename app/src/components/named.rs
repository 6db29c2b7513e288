use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    page::{Page, PolarisPage},
    paths::{Place, Query},
};

use super::anew::anew;

/// The place and the `name=` of the page `page`. Keeps its value while the address already names
/// another page, and this one is about to go.
pub fn use_named(page: PolarisPage) -> Memo<(Place, String)> {
    let location = use_location();
    Memo::new(move |before: Option<&(Place, String)>| {
        let path = location.pathname.read();
        match before {
            Some(before) if Page::parse(&path) != Some(page.into()) => before.clone(),
            _ => {
                let search = location.search.read();
                (
                    Place::read(&path, &search).unwrap_or_default(),
                    Query::parse(&search).text("name"),
                )
            }
        }
    })
}

/// The page `page`, made anew for each object that the address comes to name.
pub fn each_named<V: IntoView + 'static>(
    page: PolarisPage,
    view: impl Fn(Place, String) -> V + Send + 'static,
) -> impl IntoView {
    anew(use_named(page), move |(place, name)| {
        view(place, name).into_any()
    })
}
