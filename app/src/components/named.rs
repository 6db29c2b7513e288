use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    page::{Page, PolarisPage},
    paths::{Place, Query},
};

use super::anew::anew;

/// What `read` makes of the address of the page `page`. Keeps its value while the address already names another page, and
/// this one is about to go.
pub fn while_on<T: Clone + PartialEq + Send + Sync + 'static>(
    page: PolarisPage,
    read: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    let path = use_location().pathname;
    Memo::new(move |before: Option<&T>| {
        let here = Page::parse(&path.read()) == Some(page.into());
        before.filter(|_| !here).cloned().unwrap_or_else(&read)
    })
}

/// The place and the `name=` of the page `page`, [`while_on`] it.
pub fn use_named(page: PolarisPage) -> Memo<(Place, String)> {
    let location = use_location();
    while_on(page, move || {
        let search = location.search.read();
        (
            Place::read(&location.pathname.read(), &search).unwrap_or_default(),
            Query::parse(&search).text("name"),
        )
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
