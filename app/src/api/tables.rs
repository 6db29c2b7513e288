use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    Read,
    codec::Json,
    error::AppError,
    partitions::{Layout, LayoutLines},
    paths::Place,
    properties::Properties,
    raw::RawPage,
    refs::{RefPage, RefRow},
    schema::{SchemaComparison, SchemaHistory, SchemaLines, SchemaPage},
    statistics::StatisticsPage,
    tables::{MetadataFile, Overview},
    template::Template,
    window::Window,
};

#[server(prefix = "/api", endpoint = "table", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_overview(place: Place, fresh: bool) -> Result<Read<Overview>, AppError> {
    backend::tables::load_overview(&crate::session()?, place, fresh).await
}

/// `schema` is an id; empty means the current one.
#[server(prefix = "/api", endpoint = "table_schema", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_schema(
    place: Place,
    schema: String,
    filter: String,
    page: usize,
    fresh: bool,
) -> Result<Read<Option<SchemaPage>>, AppError> {
    backend::tables::load_schema(&crate::session()?, place, schema, filter, page, fresh).await
}

/// The current schema, to be typed in.
#[server(prefix = "/api", endpoint = "table_schema_lines", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_schema_lines(place: Place) -> Result<Read<SchemaLines>, AppError> {
    backend::tables::load_schema_lines(&crate::session()?, place).await
}

#[server(prefix = "/api", endpoint = "table_schema_history", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_schema_history(
    place: Place,
    page: usize,
    fresh: bool,
) -> Result<Read<SchemaHistory>, AppError> {
    backend::tables::load_schema_history(&crate::session()?, place, page, fresh).await
}

#[server(prefix = "/api", endpoint = "table_schema_comparison", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_schema_comparison(
    place: Place,
    from: String,
    to: String,
    fresh: bool,
) -> Result<Read<SchemaComparison>, AppError> {
    backend::tables::load_schema_comparison(&crate::session()?, place, from, to, fresh).await
}

#[server(prefix = "/api", endpoint = "table_partitions", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_layout(
    place: Place,
    show: String,
    from: String,
    to: String,
    fresh: bool,
) -> Result<Read<Layout>, AppError> {
    backend::tables::load_layout(&crate::session()?, place, show, from, to, fresh).await
}

/// The partition spec and the sort order of writers, to be typed in.
#[server(prefix = "/api", endpoint = "table_layout_lines", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_layout_lines(place: Place) -> Result<Read<LayoutLines>, AppError> {
    backend::tables::load_layout_lines(&crate::session()?, place).await
}

#[server(prefix = "/api", endpoint = "table_refs", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_refs(place: Place, page: usize, fresh: bool) -> Result<Read<RefPage>, AppError> {
    backend::tables::load_refs(&crate::session()?, place, page, fresh).await
}

#[server(prefix = "/api", endpoint = "table_ref", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_ref(place: Place, name: String) -> Result<Read<RefRow>, AppError> {
    backend::tables::load_ref(&crate::session()?, place, name).await
}

#[server(prefix = "/api", endpoint = "table_properties", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_properties(
    place: Place,
    filter: String,
    page: usize,
    fresh: bool,
) -> Result<Read<Properties>, AppError> {
    backend::tables::load_properties(&crate::session()?, place, filter, page, fresh).await
}

#[server(prefix = "/api", endpoint = "table_metadata_log", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_metadata_log(
    place: Place,
    page: usize,
    fresh: bool,
) -> Result<Read<Window<MetadataFile>>, AppError> {
    backend::tables::load_metadata_log(&crate::session()?, place, page, fresh).await
}

#[server(prefix = "/api", endpoint = "table_statistics", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_statistics(
    place: Place,
    page: usize,
    fresh: bool,
) -> Result<Read<StatisticsPage>, AppError> {
    backend::tables::load_statistics(&crate::session()?, place, page, fresh).await
}

#[server(prefix = "/api", endpoint = "table_template", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_template(place: Place) -> Result<Read<Template>, AppError> {
    backend::tables::load_template(&crate::session()?, place).await
}

/// A window of the metadata as JSON, or of the lines that hold `search`.
#[server(prefix = "/api", endpoint = "table_raw", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_raw(
    place: Place,
    search: String,
    page: usize,
    fresh: bool,
) -> Result<Read<RawPage>, AppError> {
    backend::tables::load_raw(&crate::session()?, place, search, page, fresh).await
}
