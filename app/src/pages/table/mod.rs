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
use model::page::TableTab;

use crate::{components::object::use_tab, pages::not_found::NoSuchTab};

/// The page of the tab that the address names. The browser fetches the code of all tabs when the
/// first is opened.
pub struct TableRoute;

#[lazy_route]
impl LazyRoute for TableRoute {
    fn data() -> Self {
        Self
    }

    fn view(TableRoute: Self) -> AnyView {
        let tab = use_tab();
        let page = move || match TableTab::parse(&tab.read()) {
            Some(TableTab::Overview) => overview::OverviewPage().into_any(),
            Some(TableTab::Schema) => schema::SchemaTab().into_any(),
            Some(TableTab::Partitions) => partitions::PartitionsPage().into_any(),
            Some(TableTab::Snapshots) => snapshots::SnapshotsPage().into_any(),
            Some(TableTab::Refs) => refs::RefsPage().into_any(),
            Some(TableTab::History) => history::HistoryPage().into_any(),
            Some(TableTab::Properties) => properties::PropertiesPage().into_any(),
            Some(TableTab::MetadataLog) => metadata_log::MetadataLogPage().into_any(),
            Some(TableTab::Statistics) => statistics::StatisticsTab().into_any(),
            Some(TableTab::Raw) => raw::RawTab().into_any(),
            None => NoSuchTab().into_any(),
        };
        page.into_any()
    }
}
