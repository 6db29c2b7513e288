use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::{
        Read,
        partitions::Layout,
        properties::Properties,
        raw::RawPage,
        refs::RefPage,
        schema::SchemaPage,
        statistics::StatisticsPage,
        tables::{Frame, MetadataFile, Overview},
        window::Window,
    },
    paths::Place,
};

#[cfg(feature = "ssr")]
use {
    super::reading::{catalog, raw_table, table},
    crate::{
        model,
        session::{blocking, load},
    },
    iceberg_rest::SnapshotsMode::Refs,
};

/// What the tabs depend on; reads no table.
#[server(prefix = "/api", endpoint = "table_frame", input = GetUrl)]
pub async fn load_frame(place: Place) -> Result<Frame, AppError> {
    load(async {
        let (_, client) = catalog(&place).await?;
        let has_commits = client.dialect().profile().single_snapshot;
        Ok(Frame { has_commits })
    })
    .await
}

#[server(prefix = "/api", endpoint = "table", input = GetUrl)]
pub async fn load_overview(place: Place, fresh: bool) -> Result<Read<Overview>, AppError> {
    table(&place, Refs, fresh, move |table, dialect| {
        let overview = Overview::from(table);
        Overview {
            snapshots_partial: overview.snapshots_partial && !dialect.profile().single_snapshot,
            ..overview
        }
    })
    .await
}

/// `schema` is an id; the current schema stands for an unknown one.
#[server(prefix = "/api", endpoint = "table_schema", input = GetUrl)]
pub async fn load_schema(
    place: Place,
    schema: String,
    filter: String,
    page: usize,
    fresh: bool,
) -> Result<Read<Option<SchemaPage>>, AppError> {
    table(&place, Refs, fresh, move |table, _| {
        let current = table.metadata.current_schema();
        SchemaPage::new(&table.metadata.schemas, current, &schema, &filter, page)
    })
    .await
}

#[server(prefix = "/api", endpoint = "table_partitions", input = GetUrl)]
pub async fn load_layout(place: Place, fresh: bool) -> Result<Read<Layout>, AppError> {
    table(&place, Refs, fresh, move |table, _| {
        (&table.metadata).into()
    })
    .await
}

#[server(prefix = "/api", endpoint = "table_refs", input = GetUrl)]
pub async fn load_refs(place: Place, page: usize, fresh: bool) -> Result<Read<RefPage>, AppError> {
    table(&place, Refs, fresh, move |table, _| {
        RefPage::new(&table.metadata, page)
    })
    .await
}

#[server(prefix = "/api", endpoint = "table_properties", input = GetUrl)]
pub async fn load_properties(
    place: Place,
    filter: String,
    page: usize,
    fresh: bool,
) -> Result<Read<Properties>, AppError> {
    table(&place, Refs, fresh, move |table, _| {
        Properties::new(&table.metadata.properties, &filter, page)
    })
    .await
}

#[server(prefix = "/api", endpoint = "table_metadata_log", input = GetUrl)]
pub async fn load_metadata_log(
    place: Place,
    page: usize,
    fresh: bool,
) -> Result<Read<Window<MetadataFile>>, AppError> {
    table(&place, Refs, fresh, move |table, _| {
        model::tables::metadata_files(table, page)
    })
    .await
}

#[server(prefix = "/api", endpoint = "table_statistics", input = GetUrl)]
pub async fn load_statistics(
    place: Place,
    page: usize,
    fresh: bool,
) -> Result<Read<StatisticsPage>, AppError> {
    table(&place, Refs, fresh, move |table, _| {
        StatisticsPage::new(&table.metadata, page)
    })
    .await
}

/// A window of the metadata as JSON, or of the lines that hold `search`.
#[server(prefix = "/api", endpoint = "table_raw", input = GetUrl)]
pub async fn load_raw(
    place: Place,
    search: String,
    page: usize,
    fresh: bool,
) -> Result<Read<RawPage>, AppError> {
    load(async {
        let raw = raw_table(&place, fresh).await?;
        let at = raw.at.into();
        let reveal = crate::shown::Reveal::here();
        let data = blocking(move || RawPage::masked(&raw.value, &search, page, &reveal)).await?;
        Ok(Read { data, at })
    })
    .await
}
