//! Snapshots of a table: a list of them, and each in full.

use iceberg_rest::{Id, SnapshotsMode::Refs};
use model::{
    Read,
    error::{AppError, Kind},
    paths::Place,
    snapshots::{Comparison, SnapshotDetail, SnapshotPage},
};

use crate::{
    Session,
    reading::{all_or_refs, table},
};

/// Snapshots of one `operation`, or of all if it is empty, made `within` a span of time if that is one. Of a table that is too large with all of them, those
/// at its branches and tags.
pub async fn load_snapshots(
    session: &Session,
    place: Place,
    operation: String,
    within: String,
    page: usize,
    fresh: bool,
) -> Result<Read<SnapshotPage>, AppError> {
    let read = |snapshots| {
        let (operation, within) = (operation.clone(), within.clone());
        table(session, &place, snapshots, fresh, move |table, dialect| {
            let single = dialect.profile().single_snapshot;
            SnapshotPage::new(&table.metadata, &operation, &within, page, single)
        })
    };
    let (mut read, too_large) = all_or_refs(read).await?;
    read.data.partial = too_large.map(|error| {
        format!(
            "{} These are the snapshots that branches and tags point at.",
            error.message
        )
    });
    Ok(read)
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
    let read = |snapshots| {
        let (asked, reveal) = (asked.clone(), reveal.clone());
        table(session, &place, snapshots, fresh, move |table, _| {
            let detail = SnapshotDetail::new(&table.metadata, &asked, &reveal)?;
            let partial = snapshots == Refs;
            Some(SnapshotDetail { partial, ..detail })
        })
    };
    // It may be one that is kept in the part that can be read.
    let (read, too_large) = all_or_refs(read).await?;
    let missing = || too_large.unwrap_or_else(|| missing(&place, &id));
    read.try_map(|detail| detail.ok_or_else(missing))
}

/// Two snapshots beside each other.
pub async fn load_comparison(
    session: &Session,
    place: Place,
    from: String,
    to: String,
    fresh: bool,
) -> Result<Read<Comparison>, AppError> {
    if from.is_empty() || to.is_empty() {
        let message = "This address names one snapshot, and two are compared.";
        let hint = "Choose two in the list of snapshots.";
        return Err(AppError::new(Kind::NotFound, message).hint(hint));
    }
    let read = |snapshots| {
        let (from, to) = (Id::from(from.as_str()), Id::from(to.as_str()));
        table(session, &place, snapshots, fresh, move |table, _| {
            Comparison::new(&table.metadata, &from, &to, snapshots == Refs)
        })
    };
    let (read, too_large) = all_or_refs(read).await?;
    let missing = |id: Id| too_large.unwrap_or_else(|| missing(&place, &id.to_string()));
    read.try_map(|both| both.map_err(missing))
}

fn missing(place: &Place, id: &str) -> AppError {
    let message = format!("{} has no snapshot {id}.", place.dotted());
    let hint = "It may have expired. The list of snapshots shows those that are left.";
    AppError::new(Kind::NotFound, message).hint(hint)
}
