use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    Read,
    codec::Json,
    error::AppError,
    paths::Place,
    properties::Properties,
    schema::SchemaPage,
    views::{VersionComparison, VersionRow, ViewOverview, ViewSql, ViewText},
    window::Window,
};

#[server(prefix = "/api", endpoint = "view", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_view(place: Place) -> Result<Read<ViewOverview>, AppError> {
    backend::views::load_view(&crate::session()?, place).await
}

/// The texts of a version; without one, of the current version, or why there is none.
#[server(prefix = "/api", endpoint = "view_sql", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_sql(
    place: Place,
    version: String,
) -> Result<Read<Result<ViewSql, String>>, AppError> {
    backend::views::load_sql(&crate::session()?, place, version).await
}

/// `schema` is an id; empty means that of the current version.
#[server(prefix = "/api", endpoint = "view_schema", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_view_schema(
    place: Place,
    schema: String,
    filter: String,
    page: usize,
) -> Result<Read<Option<SchemaPage>>, AppError> {
    backend::views::load_view_schema(&crate::session()?, place, schema, filter, page).await
}

#[server(prefix = "/api", endpoint = "view_versions", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_versions(
    place: Place,
    page: usize,
) -> Result<Read<Window<VersionRow>>, AppError> {
    backend::views::load_versions(&crate::session()?, place, page).await
}

/// What the form that writes it anew starts with.
#[server(prefix = "/api", endpoint = "view_text", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_view_text(place: Place) -> Result<Read<ViewText>, AppError> {
    backend::views::load_view_text(&crate::session()?, place).await
}

#[server(prefix = "/api", endpoint = "view_comparison", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_version_comparison(
    place: Place,
    from: String,
    to: String,
) -> Result<Read<VersionComparison>, AppError> {
    backend::views::load_version_comparison(&crate::session()?, place, from, to).await
}

#[server(prefix = "/api", endpoint = "view_properties", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_view_properties(
    place: Place,
    filter: String,
    page: usize,
) -> Result<Read<Properties>, AppError> {
    backend::views::load_view_properties(&crate::session()?, place, filter, page).await
}
