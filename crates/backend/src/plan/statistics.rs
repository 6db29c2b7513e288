//! Statistics of a snapshot that leave a table's metadata.

use iceberg_rest::{
    Id,
    SnapshotsMode::Refs,
    types::{Update, metadata::TableMetadata},
};
use model::{
    error::AppError,
    form::{SNAPSHOT, TYPE, operation::DELETE},
    page::TableTab,
    shown::plain,
    statistics::PARTITIONS,
};

use super::{
    Asked, Plan,
    table::{Commit, Table},
};
use crate::forms::refused;

pub async fn remove(asked: Asked<'_>) -> Result<Plan, AppError> {
    let typed = asked.fields.text(SNAPSHOT.name);
    let id = Id::from(typed.trim());
    let snapshot_id = id
        .exact()
        .ok_or_else(|| refused(format!("“{id}” is no id of a snapshot.")).at(&SNAPSHOT))?;
    let of_partitions = asked.fields.text(TYPE.name) == PARTITIONS;
    let table = Table::read(&asked, Refs).await?;
    let file = file(table.metadata(), &id, of_partitions).map(str::to_owned);
    let kind = if of_partitions {
        "partition statistics"
    } else {
        "statistics"
    };
    let says = match &file {
        None => vec!["Nothing: it cannot be done.".to_owned()],
        Some(file) => vec![
            format!(
                "The {kind} of snapshot {id} leave the metadata: the file {}.",
                plain(file)
            ),
            "Engines that plan by them plan without them, until they are made anew.".to_owned(),
            "The file itself stays in the storage.".to_owned(),
        ],
    };
    let off = file
        .is_none()
        .then(|| format!("The metadata names no {kind} of snapshot {id} any more."));
    let update = match of_partitions {
        true => Update::RemovePartitionStatistics { snapshot_id },
        false => Update::RemoveStatistics { snapshot_id },
    };
    let commit = Commit {
        updates: vec![update],
        says,
        read: file.unwrap_or_default(),
        confirm: None,
        off,
        holds: Box::new(move |now| self::file(now, &id, of_partitions).is_none()),
        snapshots: Refs,
        to: (asked.place.table_path(TableTab::Statistics), DELETE),
    };
    table.commit(asked, commit)
}

/// Where they are.
fn file<'a>(metadata: &'a TableMetadata, id: &Id, of_partitions: bool) -> Option<&'a str> {
    match of_partitions {
        true => {
            let mut all = metadata.partition_statistics.iter();
            let found = all.find(|one| one.snapshot_id == *id)?;
            Some(&found.statistics_path)
        }
        false => {
            let mut all = metadata.statistics.iter();
            let found = all.find(|one| one.snapshot_id == *id)?;
            Some(&found.statistics_path)
        }
    }
}
