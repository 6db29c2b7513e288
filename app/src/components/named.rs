use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    page::{Page, PolarisPage},
    paths::{Place, Query},
};

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

/// The page `page`, once for each object that the address comes to name: what was opened or typed for
/// one does not become another's.
pub fn each_named<V>(
    page: PolarisPage,
    view: impl Fn(Place, String) -> V + Clone + Send + 'static,
) -> impl IntoView
where
    V: IntoView + 'static,
{
    let named = use_named(page);
    view! {
        <For
            each=move || [named.get()]
            key=|(place, name)| (place.to_string(), name.clone())
            children=move |(place, name)| view(place, name)
        />
    }
}
