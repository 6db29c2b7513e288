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
use leptos_router::{
    MatchNestedRoutes,
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route},
    path,
};

use crate::layouts::table::TableLayout;

#[component(transparent)]
pub fn TableRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("t") view=TableLayout>
            <Route path=path!("overview") view=overview::OverviewPage />
            <Route path=path!("schema") view=schema::SchemaTab />
            <Route path=path!("partitions") view=partitions::PartitionsPage />
            <Route path=path!("snapshots") view=snapshots::SnapshotsPage />
            <Route path=path!("refs") view=refs::RefsPage />
            <Route path=path!("history") view=history::HistoryPage />
            <Route path=path!("properties") view=properties::PropertiesPage />
            <Route path=path!("metadata-log") view=metadata_log::MetadataLogPage />
            <Route path=path!("statistics") view=statistics::StatisticsTab />
            <Route path=path!("raw") view=raw::RawTab />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}
