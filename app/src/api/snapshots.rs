use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    Read,
    codec::Json,
    error::AppError,
    paths::Place,
    snapshots::{Comparison, SnapshotDetail, SnapshotPage, expire::ExpiryPage},
};

/// Snapshots of one `operation`, or of all if it is empty, made `within` a span of time if that is one.
#[server(prefix = "/api", endpoint = "snapshots", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_snapshots(
    place: Place,
    operation: String,
    within: String,
    page: usize,
    fresh: bool,
) -> Result<Read<SnapshotPage>, AppError> {
    let session = crate::session()?;
    backend::snapshots::load_snapshots(&session, place, operation, within, page, fresh).await
}

#[server(prefix = "/api", endpoint = "snapshot", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_snapshot(
    place: Place,
    id: String,
    fresh: bool,
) -> Result<Read<SnapshotDetail>, AppError> {
    backend::snapshots::load_snapshot(&crate::session()?, place, id, fresh).await
}

/// Two snapshots beside each other.
#[server(prefix = "/api", endpoint = "snapshots_compared", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_comparison(
    place: Place,
    from: String,
    to: String,
    fresh: bool,
) -> Result<Read<Comparison>, AppError> {
    backend::snapshots::load_comparison(&crate::session()?, place, from, to, fresh).await
}

/// What expires by what was typed so far, field by field: see `model::form`.
#[server(prefix = "/api", endpoint = "table_expiry", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_expiry(
    place: Place,
    by: String,
    older_than: String,
    retain_last: String,
    as_of: String,
) -> Result<Read<ExpiryPage>, AppError> {
    let session = crate::session()?;
    backend::plan::load_expiry(&session, place, [by, older_than, retain_last, as_of]).await
}
