//! Tables: create and commit, by the `iceberg` crate's own metadata builder.

use std::{collections::HashMap, sync::Arc};

use iceberg::{
    Error, ErrorKind, TableRequirement, TableUpdate,
    spec::{
        FormatVersion, Schema, SortOrder, TableMetadata, TableMetadataBuilder, UnboundPartitionSpec,
    },
};
use serde::Deserialize;

use super::document::{Document, first_metadata_location};
use crate::{ident::Ident, problem::Problem};

/// Builds a table of this name in the warehouse at this place.
pub(crate) type Build = Arc<dyn Fn(&str, &Ident) -> Document + Send + Sync>;

/// A table, built on demand while nobody has changed it.
#[derive(Clone)]
pub(crate) enum Table {
    Seeded(Build),
    Stored(Arc<Document>),
    /// Of another format than Iceberg.
    Other,
    /// Is listed, and does not load.
    Unreadable {
        status: u16,
        kind: &'static str,
        message: String,
    },
}

/// Body of `createTable` (Iceberg REST spec, `CreateTableRequest`).
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct CreateTable {
    pub name: String,
    pub location: Option<String>,
    pub schema: Schema,
    pub partition_spec: Option<UnboundPartitionSpec>,
    pub write_order: Option<SortOrder>,
    #[serde(default)]
    pub stage_create: bool,
    #[serde(default)]
    pub properties: Option<HashMap<String, String>>,
}

/// Body of `updateTable` (Iceberg REST spec, `CommitTableRequest`).
#[derive(Deserialize)]
pub(crate) struct CommitTable {
    #[serde(default)]
    pub requirements: Vec<TableRequirement>,
    #[serde(default)]
    pub updates: Vec<TableUpdate>,
}

impl CommitTable {
    /// Whether this is the commit of a staged create.
    pub fn creates(&self) -> bool {
        self.requirements.contains(&TableRequirement::NotExist)
    }
}

/// Builds the first metadata of a table at `location`.
pub(crate) fn create(request: CreateTable, location: String) -> Result<Document, Problem> {
    let mut properties = request.properties.unwrap_or_default();
    let version = match properties.remove("format-version").as_deref() {
        Some("1") => FormatVersion::V1,
        None | Some("2") => FormatVersion::V2,
        Some("3") => FormatVersion::V3,
        Some(other) => {
            return Err(Problem::Invalid(format!(
                "Unsupported format version: {other}"
            )));
        }
    };
    let builder = TableMetadataBuilder::new(
        request.schema,
        request.partition_spec.unwrap_or_default(),
        request
            .write_order
            .unwrap_or_else(SortOrder::unsorted_order),
        location.clone(),
        version,
        properties,
    )
    .map_err(invalid)?;
    finish(builder, first_metadata_location(&location))
}

/// Checks the requirements, applies the updates. `current` is `None` for a staged create;
/// `location` is where such a table goes when its updates do not say.
pub(crate) fn commit(
    current: Option<&Document>,
    request: CommitTable,
    location: String,
) -> Result<Document, Problem> {
    let metadata = current.map(parse).transpose()?;
    for requirement in &request.requirements {
        requirement.check(metadata.as_ref()).map_err(invalid)?;
    }
    let (mut builder, file) = match (metadata, current) {
        (Some(metadata), Some(current)) => (
            metadata.into_builder(Some(current.location.clone())),
            current.next_location(),
        ),
        _ => staged(&request.updates, location)?,
    };
    for update in request.updates {
        builder = update.apply(builder).map_err(invalid)?;
    }
    finish(builder, file)
}

/// The metadata that the updates of a staged create start from, and its file.
fn staged(
    updates: &[TableUpdate],
    mut location: String,
) -> Result<(TableMetadataBuilder, String), Problem> {
    let (mut schema, mut spec, mut order, mut version) = (None, None, None, FormatVersion::V2);
    for update in updates {
        match update {
            TableUpdate::AddSchema { schema: first } => schema = schema.or(Some(first.clone())),
            TableUpdate::AddSpec { spec: first } => spec = spec.or(Some(first.clone())),
            TableUpdate::AddSortOrder { sort_order: first } => {
                order = order.or(Some(first.clone()))
            }
            TableUpdate::UpgradeFormatVersion { format_version } => version = *format_version,
            TableUpdate::SetLocation { location: given } => location.clone_from(given),
            _ => {}
        }
    }
    let schema =
        schema.ok_or_else(|| Problem::Invalid("Cannot create a table without a schema".into()))?;
    let file = first_metadata_location(&location);
    let order = order.unwrap_or_else(SortOrder::unsorted_order);
    let builder = TableMetadataBuilder::new(
        schema,
        spec.unwrap_or_default(),
        order,
        location,
        version,
        HashMap::new(),
    );
    Ok((builder.map_err(invalid)?, file))
}

/// Metadata with types or transforms that the `iceberg` crate does not know can be read, not changed.
fn parse(document: &Document) -> Result<TableMetadata, Problem> {
    serde_json::from_str(&document.json).map_err(|error| {
        Problem::Unsupported(format!(
            "This table can be read but not changed: its metadata holds something that this server does not know ({error})"
        ))
    })
}

fn finish(builder: TableMetadataBuilder, location: String) -> Result<Document, Problem> {
    let metadata = builder.build().map_err(invalid)?.metadata;
    Document::new(location, &metadata).map_err(|error| Problem::Invalid(error.to_string()))
}

fn invalid(error: Error) -> Problem {
    match error.kind() {
        ErrorKind::CatalogCommitConflicts | ErrorKind::TableNotFound => {
            Problem::CommitConflict(error.message().into())
        }
        ErrorKind::FeatureUnsupported => Problem::Unsupported(error.message().into()),
        _ => Problem::Invalid(error.message().into()),
    }
}
