//! Snapshots of a table: a list of them, and each in full.

use iceberg_rest::{Id, SnapshotsMode::All};
use model::{
    Read,
    error::{AppError, Kind},
    paths::Place,
    snapshots::{SnapshotDetail, SnapshotPage},
};

use crate::{Session, reading::table};

/// Snapshots of one `operation`, or of all if it is empty.
pub async fn load_snapshots(
    session: &Session,
    place: Place,
    operation: String,
    page: usize,
    fresh: bool,
) -> Result<Read<SnapshotPage>, AppError> {
    table(session, &place, All, fresh, move |table, dialect| {
        let single = dialect.profile().single_snapshot;
        SnapshotPage::new(&table.metadata, &operation, page, single)
    })
    .await
}

/// One snapshot in full; `None` where the metadata has no such.
pub async fn load_snapshot(
    session: &Session,
    place: Place,
    id: String,
    fresh: bool,
) -> Result<Read<SnapshotDetail>, AppError> {
    let reveal = session.reveal().clone();
    let asked = Id::from(id.as_str());
    let read = table(session, &place, All, fresh, move |table, _| {
        SnapshotDetail::new(&table.metadata, &asked, &reveal)
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
