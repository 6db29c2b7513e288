//! The answer that shows a table or a view.

use axum::{http::HeaderValue, response::Response};
use serde::Serialize;
use serde_json::value::RawValue;

use super::Job;
use crate::{
    problem::Problem,
    reply,
    store::{Document, Snapshots},
    vendor::Beside,
};

/// `LoadTableResult`, `CommitTableResponse` and `LoadViewResult` of the Iceberg REST spec.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Loaded<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata_location: Option<&'a str>,
    metadata: Box<RawValue>,
    #[serde(flatten)]
    beside: Beside,
}

/// A table that was only staged has no `metadata-location`.
pub(crate) fn loaded(
    job: &Job,
    document: &Document,
    snapshots: Snapshots,
    staged: bool,
    beside: Beside,
) -> Result<Response, Problem> {
    let unreadable = |error| {
        Problem::Invalid(format!(
            "The metadata at {} cannot be read: {error}",
            document.location
        ))
    };
    let mut metadata = document.select(snapshots).map_err(unreadable)?;
    if job.vendor.leaves_out_empty() {
        metadata = Document::without_empty(&metadata).map_err(unreadable)?;
    }
    let told = job.vendor.tells(job.warehouse);
    if !told.is_empty() {
        metadata = Document::with_properties(&metadata, told).map_err(unreadable)?;
    }
    let metadata_location = (!staged).then_some(document.location.as_str());
    Ok(reply::json(
        200,
        &Loaded {
            metadata_location,
            metadata,
            beside,
        },
    ))
}

pub(crate) fn tagged(mut response: Response, etag: Option<String>) -> Response {
    if let Some(value) = etag.and_then(|etag| HeaderValue::from_str(&etag).ok()) {
        response.headers_mut().insert("etag", value);
    }
    response
}
