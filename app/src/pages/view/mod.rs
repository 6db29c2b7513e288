//! The tabs of a view.

mod overview;
mod properties;
mod schema;
mod sql;
mod versions;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::{components::object::use_tab, pages::not_found::NoSuchTab};

/// The page of the tab that the address names, fetched like a table's.
pub struct ViewTab;

#[lazy_route]
impl LazyRoute for ViewTab {
    fn data() -> Self {
        Self
    }

    fn view(ViewTab: Self) -> AnyView {
        let tab = use_tab();
        let page = move || match tab.read().as_str() {
            "overview" => overview::OverviewPage().into_any(),
            "sql" => sql::SqlPage().into_any(),
            "schema" => schema::SchemaTab().into_any(),
            "versions" => versions::VersionsPage().into_any(),
            "properties" => properties::PropertiesPage().into_any(),
            _ => NoSuchTab().into_any(),
        };
        page.into_any()
    }
}
