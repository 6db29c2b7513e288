//! The tabs of a view.

mod overview;
mod properties;
mod schema;
mod sql;
mod versions;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use model::page::ViewTab;

use crate::{components::object::use_tab, pages::not_found::NoSuchTab};

/// The page of the tab that the address names, fetched like a table's.
pub struct ViewRoute;

#[lazy_route]
impl LazyRoute for ViewRoute {
    fn data() -> Self {
        Self
    }

    fn view(ViewRoute: Self) -> AnyView {
        let tab = use_tab();
        let page = move || match ViewTab::parse(&tab.read()) {
            Some(ViewTab::Overview) => overview::OverviewPage().into_any(),
            Some(ViewTab::Sql) => sql::SqlPage().into_any(),
            Some(ViewTab::Schema) => schema::SchemaTab().into_any(),
            Some(ViewTab::Versions) => versions::VersionsPage().into_any(),
            Some(ViewTab::Properties) => properties::PropertiesPage().into_any(),
            None => NoSuchTab().into_any(),
        };
        page.into_any()
    }
}
