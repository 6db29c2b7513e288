//! The tabs of a view.

mod compare;
mod overview;
mod properties;
mod schema;
mod sql;
mod versions;

use leptos::prelude::*;
use model::page::ViewTab;

use crate::parts::parts;

parts! {
    ViewTab;
    view_tabs {
        Overview => overview::OverviewPage,
        Sql => sql::SqlPage,
        Schema => schema::SchemaTab,
        Versions => versions::VersionsPage,
        Properties => properties::PropertiesPage,
    }
}
