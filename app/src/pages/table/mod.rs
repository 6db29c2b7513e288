//! The tabs of a table.

mod compare;
mod growth;
mod health;
mod history;
mod metadata_log;
mod overview;
mod partitions;
mod properties;
mod raw;
mod refs;
mod schema;
mod schema_history;
mod snapshot;
mod snapshots;
mod statistics;
mod timeline;

use leptos::prelude::*;
use model::page::TableTab;

use super::not_found::NoSuchTab;
use crate::parts::parts;

parts! {
    TableTab or NoSuchTab;
    overview_tab { Overview => overview::OverviewPage, }
    schema_tabs {
        Schema => schema::SchemaTab,
        Partitions => partitions::PartitionsPage,
    }
    snapshots_tab { Snapshots => snapshots::SnapshotsPage, }
    refs_tab { Refs => refs::RefsPage, }
    history_tabs {
        History => history::HistoryPage,
        MetadataLog => metadata_log::MetadataLogPage,
    }
    other_tabs {
        Properties => properties::PropertiesPage,
        Statistics => statistics::StatisticsTab,
        Raw => raw::RawTab,
    }
}
