mod catalog;
mod edit;
mod groups;
mod new;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::use_page;
use crate::{
    components::{
        page_header::PageHeader,
        polaris::{EntityList, trail},
    },
    model::polaris::lists::Listing,
    paths::use_place,
};

/// Where tables go whose creator says nothing else; every catalog has one.
const BASE: &str = "default-base-location";

/// The pages' code is fetched when one of them is opened.
pub struct CatalogsRoute;

#[lazy_route]
impl LazyRoute for CatalogsRoute {
    fn data() -> Self {
        Self
    }

    fn view(CatalogsRoute: Self) -> AnyView {
        match use_page().as_str() {
            "catalog" => catalog::CatalogPage().into_any(),
            "catalog-new" => new::NewCatalog().into_any(),
            "catalog-edit" => edit::EditCatalogPage().into_any(),
            _ => Catalogs().into_any(),
        }
    }
}

/// The catalogs of the server.
#[component]
fn Catalogs() -> impl IntoView {
    let place = use_place().get_untracked();
    view! {
        <PageHeader title="Catalogs" noun="List" crumbs=Signal::stored(trail(&place, &[])) />
        <EntityList listing=Listing::Catalogs place />
    }
}
