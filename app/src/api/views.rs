use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::{
        Read,
        properties::Properties,
        schema::SchemaPage,
        views::{VersionRow, ViewOverview, ViewSql},
        window::Window,
    },
    paths::Place,
};

#[cfg(feature = "ssr")]
use super::reading::view;

#[server(prefix = "/api", endpoint = "view", input = GetUrl)]
pub async fn load_view(place: Place) -> Result<Read<ViewOverview>, AppError> {
    view("view", place, (), |view, ()| view.into()).await
}

/// The texts of a version; the current one stands for an unknown one.
#[server(prefix = "/api", endpoint = "view_sql", input = GetUrl)]
pub async fn load_sql(place: Place, version: String) -> Result<Read<Option<ViewSql>>, AppError> {
    view("view sql", place, version, |view, version| {
        ViewSql::new(&view.metadata, version)
    })
    .await
}

/// `schema` is an id; that of the current version stands for an unknown one.
#[server(prefix = "/api", endpoint = "view_schema", input = GetUrl)]
pub async fn load_view_schema(
    place: Place,
    schema: String,
    filter: String,
    page: usize,
) -> Result<Read<Option<SchemaPage>>, AppError> {
    view(
        "view schema",
        place,
        (schema, filter, page),
        |view, asked| {
            let (schema, filter, page) = asked;
            let metadata = &view.metadata;
            let current = metadata
                .current_version()
                .and_then(|version| metadata.schema_of(version));
            SchemaPage::new(&metadata.schemas, current, schema, filter, *page)
        },
    )
    .await
}

#[server(prefix = "/api", endpoint = "view_versions", input = GetUrl)]
pub async fn load_versions(
    place: Place,
    page: usize,
) -> Result<Read<Window<VersionRow>>, AppError> {
    view("view versions", place, page, |view, page| {
        crate::model::views::versions(&view.metadata, *page)
    })
    .await
}

#[server(prefix = "/api", endpoint = "view_properties", input = GetUrl)]
pub async fn load_view_properties(
    place: Place,
    filter: String,
    page: usize,
) -> Result<Read<Properties>, AppError> {
    view(
        "view properties",
        place,
        (filter, page),
        |view, (filter, page)| Properties::new(&view.metadata.properties, filter, *page),
    )
    .await
}
