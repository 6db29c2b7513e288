//! The format version of a table, which only goes up.

use iceberg_rest::{SnapshotsMode::Refs, types::Update};
use model::{
    error::AppError,
    form::{FORMAT_VERSION, operation::SAVE},
    page::TableTab,
};

use super::{
    Asked, Plan,
    table::{Commit, Table},
};
use crate::forms::refused;

/// The newest that the specification has.
const NEWEST: i32 = 3;

pub async fn upgrade(asked: Asked<'_>) -> Result<Plan, AppError> {
    let typed = asked.fields.text(FORMAT_VERSION.name);
    let typed = typed.trim();
    let version = typed.parse::<i32>().ok();
    let version = version.filter(|version| (1..=NEWEST).contains(version));
    let version = version.ok_or_else(|| {
        let why = format!("“{typed}” is no format version: there are 1 to {NEWEST}.");
        refused(why).at(&FORMAT_VERSION)
    })?;
    let table = Table::read(&asked, Refs).await?;
    // What says nothing is of the first one.
    let now = table.metadata().format_version.unwrap_or(1);
    let up = i64::from(version) > now;
    let off = (!up).then(|| format!("The table has format version {now}, and it only goes up."));
    let says = match up {
        false => vec!["Nothing: it cannot be done.".to_owned()],
        true => {
            let first = format!("The table will have format version {version}; now it has {now}.");
            let brings = (now + 1..=i64::from(version)).filter_map(brings);
            let ends = [
                format!(
                    "Engines and tools that do not know format version {version} can neither read nor write the table from then on: look at all that use it first."
                ),
                "There is no way back. Files that are there stay as they are.".to_owned(),
            ];
            let brings = brings.map(str::to_owned);
            [first].into_iter().chain(brings).chain(ends).collect()
        }
    };
    let commit = Commit {
        updates: vec![Update::UpgradeFormatVersion {
            format_version: version,
        }],
        says,
        read: now.to_string(),
        confirm: asked.place.object.clone(),
        off,
        holds: Box::new(move |now| now.format_version == Some(i64::from(version))),
        snapshots: Refs,
        to: (asked.place.table_path(TableTab::Overview), SAVE),
    };
    table.commit(asked, commit)
}

/// What a version has that the one before has not.
fn brings(version: i64) -> Option<&'static str> {
    match version {
        2 => Some(
            "Version 2: single rows can be deleted and changed without writing their data files anew (row-level deletes).",
        ),
        3 => Some(
            "Version 3: row-level deletes are deletion vectors, rows keep an id (row lineage), columns can have defaults, and there are the types variant, geometry, geography, unknown and timestamps of nanoseconds.",
        ),
        _ => None,
    }
}
