//! The tabs of a view.

mod compare;
mod overview;
mod properties;
mod schema;
mod sql;
mod versions;

use leptos::prelude::*;
use model::page::ViewTab;

use super::not_found::NoSuchTab;
use crate::parts::parts;

parts! {
    ViewTab or NoSuchTab;
    view_tabs {
        Overview => overview::OverviewPage,
        Schema => schema::SchemaTab,
        Properties => properties::PropertiesPage,
    }
    sql_tabs {
        Sql => sql::SqlPage,
        Versions => versions::VersionsPage,
    }
}
