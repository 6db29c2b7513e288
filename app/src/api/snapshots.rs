use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::{
        Read,
        snapshots::{SnapshotDetail, SnapshotPage},
    },
    paths::Place,
};

#[cfg(feature = "ssr")]
use {
    super::reading::table,
    crate::error::Kind,
    iceberg_rest::{Id, SnapshotsMode::All},
};

/// Snapshots of one `operation`, or of all if it is empty.
#[server(prefix = "/api", endpoint = "snapshots", input = GetUrl)]
pub async fn load_snapshots(
    place: Place,
    operation: String,
    page: usize,
    fresh: bool,
) -> Result<Read<SnapshotPage>, AppError> {
    table(&place, All, fresh, move |table, dialect| {
        let single = dialect.profile().single_snapshot;
        SnapshotPage::new(&table.metadata, &operation, page, single)
    })
    .await
}

#[server(prefix = "/api", endpoint = "snapshot", input = GetUrl)]
pub async fn load_snapshot(
    place: Place,
    id: String,
    fresh: bool,
) -> Result<Read<SnapshotDetail>, AppError> {
    let asked = Id::from(id.as_str());
    let read = table(&place, All, fresh, move |table, _| {
        SnapshotDetail::new(&table.metadata, &asked)
    })
    .await?;
    let missing = || {
        AppError::new(
            Kind::NotFound,
            format!("{} has no snapshot {id}.", place.dotted()),
        )
        .hint("It may have expired. The list of snapshots shows those that are left.")
    };
    Ok(Read {
        data: read.data.ok_or_else(missing)?,
        at: read.at,
    })
}
