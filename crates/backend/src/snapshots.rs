//! Snapshots of a table: a list of them, and each in full.

use iceberg_rest::{
    Id,
    SnapshotsMode::{All, Refs},
};
use model::{
    Read,
    error::{AppError, Kind},
    paths::Place,
    snapshots::{SnapshotDetail, SnapshotPage},
};

use crate::{Session, reading::table};

/// Snapshots of one `operation`, or of all if it is empty. Of a table that is too large with all of them, those
/// at its branches and tags.
pub async fn load_snapshots(
    session: &Session,
    place: Place,
    operation: String,
    page: usize,
    fresh: bool,
) -> Result<Read<SnapshotPage>, AppError> {
    let read = async |snapshots, too_large: Option<String>| {
        let operation = operation.clone();
        table(session, &place, snapshots, fresh, move |table, dialect| {
            let single = dialect.profile().single_snapshot;
            let shown = SnapshotPage::new(&table.metadata, &operation, page, single);
            let partial = too_large.map(|error| {
                format!("{error} These are the snapshots that branches and tags point at.")
            });
            SnapshotPage { partial, ..shown }
        })
        .await
    };
    match read(All, None).await {
        Err(error) if error.kind == Kind::TooLarge => {
            let some = read(Refs, Some(error.message.clone())).await;
            some.map_err(|_| error)
        }
        all => all,
    }
}

/// One snapshot in full.
pub async fn load_snapshot(
    session: &Session,
    place: Place,
    id: String,
    fresh: bool,
) -> Result<Read<SnapshotDetail>, AppError> {
    let reveal = session.reveal().clone();
    let asked = Id::from(id.as_str());
    let read = async |snapshots| {
        let (asked, reveal) = (asked.clone(), reveal.clone());
        table(session, &place, snapshots, fresh, move |table, _| {
            let detail = SnapshotDetail::new(&table.metadata, &asked, &reveal)?;
            let partial = snapshots == Refs;
            Some(SnapshotDetail { partial, ..detail })
        })
        .await
    };
    let (read, missing) = match read(All).await {
        // It may be one that is kept in the part that can be read.
        Err(error) if error.kind == Kind::TooLarge => {
            (read(Refs).await.map_err(|_| error.clone())?, error)
        }
        read => {
            let message = format!("{} has no snapshot {id}.", place.dotted());
            let missing = AppError::new(Kind::NotFound, message);
            let hint = "It may have expired. The list of snapshots shows those that are left.";
            (read?, missing.hint(hint))
        }
    };
    Ok(Read {
        data: read.data.ok_or(missing)?,
        at: read.at,
        notes: read.notes,
    })
}
