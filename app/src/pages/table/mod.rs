//! The tabs of a table.

mod history;
mod metadata_log;
mod overview;
mod partitions;
mod properties;
mod raw;
mod refs;
mod schema;
mod snapshot;
mod snapshots;
mod statistics;
mod timeline;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::{components::object::use_tab, pages::not_found::NoSuchTab};

/// The page of the tab that the address names. The browser fetches the code of all tabs when the
/// first is opened.
pub struct TableTab;

#[lazy_route]
impl LazyRoute for TableTab {
    fn data() -> Self {
        Self
    }

    fn view(TableTab: Self) -> AnyView {
        let tab = use_tab();
        let page = move || match tab.read().as_str() {
            "overview" => overview::OverviewPage().into_any(),
            "schema" => schema::SchemaTab().into_any(),
            "partitions" => partitions::PartitionsPage().into_any(),
            "snapshots" => snapshots::SnapshotsPage().into_any(),
            "refs" => refs::RefsPage().into_any(),
            "history" => history::HistoryPage().into_any(),
            "properties" => properties::PropertiesPage().into_any(),
            "metadata-log" => metadata_log::MetadataLogPage().into_any(),
            "statistics" => statistics::StatisticsTab().into_any(),
            "raw" => raw::RawTab().into_any(),
            _ => NoSuchTab().into_any(),
        };
        page.into_any()
    }
}
