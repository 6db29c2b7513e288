//! Views: create and replace, by the `iceberg` crate's own metadata builder.

use std::collections::HashMap;

use iceberg::{
    Error, ViewUpdate,
    spec::{Schema, ViewFormatVersion, ViewMetadata, ViewMetadataBuilder, ViewVersion},
};
use serde::Deserialize;
use uuid::Uuid;

use super::document::{Document, first_metadata_location};
use crate::problem::Problem;

/// Body of `createView` (Iceberg REST spec, `CreateViewRequest`).
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct CreateView {
    pub name: String,
    pub location: Option<String>,
    pub schema: Schema,
    pub view_version: ViewVersion,
    #[serde(default)]
    pub properties: HashMap<String, String>,
}

/// Body of `replaceView` (Iceberg REST spec, `CommitViewRequest`).
#[derive(Deserialize)]
pub(crate) struct CommitView {
    #[serde(default)]
    requirements: Vec<ViewRequirement>,
    updates: Vec<ViewUpdate>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum ViewRequirement {
    #[serde(rename = "assert-view-uuid")]
    Uuid { uuid: Uuid },
}

/// Builds the first metadata of a view at `location`.
pub(crate) fn create(request: CreateView, location: String) -> Result<Document, Problem> {
    let builder = ViewMetadataBuilder::new(
        location.clone(),
        request.schema,
        request.view_version,
        ViewFormatVersion::V1,
        request.properties,
    )
    .map_err(invalid)?;
    finish(builder, first_metadata_location(&location))
}

/// Checks the requirements, applies the updates.
pub(crate) fn replace(current: &Document, request: CommitView) -> Result<Document, Problem> {
    let metadata: ViewMetadata = serde_json::from_str(&current.json).map_err(|error| {
        Problem::Unsupported(format!("This view can be read but not changed: {error}"))
    })?;
    for ViewRequirement::Uuid { uuid } in &request.requirements {
        if *uuid != metadata.uuid() {
            return Err(Problem::ViewConflict(format!(
                "Requirement failed: view UUID does not match: expected {} != {uuid}",
                metadata.uuid()
            )));
        }
    }
    let mut builder = metadata.into_builder();
    for update in request.updates {
        builder = apply(builder, update).map_err(invalid)?;
    }
    finish(builder, current.next_location())
}

fn apply(builder: ViewMetadataBuilder, update: ViewUpdate) -> Result<ViewMetadataBuilder, Error> {
    Ok(match update {
        ViewUpdate::AssignUuid { uuid } => builder.assign_uuid(uuid),
        ViewUpdate::UpgradeFormatVersion { format_version } => {
            builder.upgrade_format_version(format_version)?
        }
        ViewUpdate::AddSchema { schema, .. } => builder.add_schema(schema),
        ViewUpdate::SetLocation { location } => builder.set_location(location),
        ViewUpdate::SetProperties { updates } => builder.set_properties(updates)?,
        ViewUpdate::RemoveProperties { removals } => builder.remove_properties(&removals),
        ViewUpdate::AddViewVersion { view_version } => builder.add_version(view_version)?,
        ViewUpdate::SetCurrentViewVersion { view_version_id } => {
            builder.set_current_version_id(view_version_id)?
        }
    })
}

fn finish(builder: ViewMetadataBuilder, location: String) -> Result<Document, Problem> {
    let metadata = builder.build().map_err(invalid)?.metadata;
    Document::new(location, &metadata).map_err(|error| Problem::Invalid(error.to_string()))
}

fn invalid(error: Error) -> Problem {
    Problem::Invalid(error.message().into())
}
