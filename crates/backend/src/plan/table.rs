//! A table as it is this moment, and one commit of it.

use std::sync::Arc;

use iceberg_rest::{
    Client, Error, SnapshotsMode, TableIdent,
    client::RawTable,
    types::{LoadTableResult, Requirement, Update, metadata::TableMetadata},
};
use model::{error::AppError, open::Noun};

use super::{Asked, Beside, Plan, objects::change, wanted::Wanted};
use crate::{
    catalog::table_now,
    reading::{named, table_ident},
};

pub struct Table {
    ident: TableIdent,
    read: Arc<LoadTableResult>,
}

/// What of a commit is not the same for all of them.
pub struct Commit {
    pub updates: Vec<Update>,
    pub says: Vec<String>,
    /// What of the table it goes by that no requirement holds.
    pub read: String,
    pub confirm: Option<String>,
    pub off: Option<String>,
    /// How the table is once it is made.
    pub holds: Holds,
    /// Those that are read to tell.
    pub snapshots: SnapshotsMode,
    pub to: (String, &'static str),
}

/// Whether a table is as it was to be.
pub type Holds = Box<dyn Fn(&TableMetadata) -> bool + Send + Sync>;

impl Table {
    pub async fn read(asked: &Asked<'_>, snapshots: SnapshotsMode) -> Result<Self, AppError> {
        let Asked { client, place, .. } = asked;
        let ident = table_ident(place)?;
        let read = table_now(client, &ident, snapshots).await;
        Ok(Self {
            read: read.map_err(|error| named(error, client, place, "table"))?,
            ident,
        })
    }

    pub fn metadata(&self) -> &TableMetadata {
        &self.read.metadata
    }

    pub fn result(&self) -> Arc<LoadTableResult> {
        self.read.clone()
    }

    pub fn commit(self, asked: Asked<'_>, commit: Commit) -> Result<Plan, AppError> {
        let Asked {
            connection,
            client,
            place,
            ..
        } = asked;
        let metadata = self.metadata();
        let requirements = Requirement::of_table(&commit.updates, metadata);
        let unsure = unheld(&requirements, Noun::Table);
        Ok(Plan {
            says: commit.says.into_iter().chain(unsure).collect(),
            beside: Beside::default(),
            read: format!("{:?} {}", metadata.table_uuid, commit.read),
            confirm: commit.confirm,
            off: commit.off,
            to: commit.to,
            change: change("updateTable", &client, &connection, place, Noun::Table),
            write: client.commit_table(&self.ident, &commit.updates, &requirements)?,
            wanted: Wanted::Holding(self.ident, commit.snapshots, commit.holds),
            client,
            connection,
        })
    }
}

/// That a commit without requirements may change another one of its name; a sentence.
pub fn unheld(requirements: &[Requirement], noun: Noun) -> Option<String> {
    requirements.is_empty().then(|| {
        format!(
            "The {} has no UUID, so nothing holds this commit to it: another one of this name would be changed.",
            noun.word()
        )
    })
}

/// A table's metadata as it is written this moment.
pub async fn raw(asked: &Asked<'_>) -> Result<(TableIdent, RawTable), AppError> {
    let Asked { client, place, .. } = asked;
    let table = table_ident(place)?;
    let raw = client.load_table_raw(&table, SnapshotsMode::Refs).await;
    let raw = raw.map_err(|error| named(error, client, place, "table"))?;
    Ok((table, raw))
}

impl Wanted {
    /// Whether a table is as it was to be.
    pub async fn holds(
        client: &Client,
        table: &TableIdent,
        snapshots: SnapshotsMode,
        holds: &Holds,
    ) -> Result<bool, Error> {
        let read = table_now(client, table, snapshots).await?;
        Ok(holds(&read.metadata))
    }
}
