//! What the record says, the newest first.

use sqlx::{Row as _, any::AnyRow};

use crate::{Error, Store};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Grows by one.
    pub seq: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// What intention and outcome have in common.
    pub change: String,
    /// As in [`super::Entry`], with those below.
    pub event: String,
    /// Id of the person.
    pub person: String,
    /// Name of the connection.
    pub connection: String,
    /// What it was done on.
    pub object: String,
    /// [`super::INTENDED`] where no outcome is on record.
    pub outcome: String,
    /// All else, as JSON.
    pub record: String,
}

/// What is looked for; what is empty asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Id of a person.
    pub person: String,
    /// Name of a connection.
    pub connection: String,
    /// A part of an object's name, in any case.
    pub object: String,
    /// A part of an event's name, in any case.
    pub event: String,
    /// An outcome.
    pub outcome: String,
    /// From this moment on, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this moment.
    pub until: Option<i64>,
    /// As it was when this was the last row: what came of something later is not known.
    pub as_of: Option<i64>,
}

impl Row {
    /// Of its nine columns, which come first.
    pub(super) fn of(row: &AnyRow) -> Result<Self, Error> {
        Ok(Self {
            seq: row.try_get(0)?,
            at: row.try_get(1)?,
            change: row.try_get(2)?,
            event: row.try_get(3)?,
            person: row.try_get(4)?,
            connection: row.try_get(5)?,
            object: row.try_get(6)?,
            outcome: row.try_get(7)?,
            record: row.try_get(8)?,
        })
    }
}

impl Store {
    /// The number of the last row; 0 where there is none yet.
    pub async fn last_row(&self) -> Result<i64, Error> {
        let last = sqlx::query("SELECT last_seq FROM chain WHERE id = 1")
            .fetch_one(self.reading()?)
            .await?;
        Ok(last.try_get(0)?)
    }

    /// At most `most` rows before the row `before`, the newest first: of what has an outcome, that row alone.
    pub async fn recorded(
        &self,
        filter: &Filter,
        before: Option<i64>,
        most: i64,
    ) -> Result<Vec<Row>, Error> {
        // By the number of the row: with a sign before it, the index of moments is not taken, after which all of it would
        // be sorted for each page.
        // REPLACE finds a part without a pattern: the same on both databases, of any length, and no letter is special.
        let rows = sqlx::query(
            "SELECT a.seq, a.at, a.change, a.event, a.person, a.connection, a.object, a.outcome, a.record
             FROM audit a
             WHERE a.seq < $1
               AND ($2 = '' OR a.person = $2)
               AND ($3 = '' OR a.connection = $3)
               AND ($4 = '' OR REPLACE(a.sought, $4, '') <> a.sought)
               AND ($5 = '' OR REPLACE(LOWER(a.event), $5, '') <> LOWER(a.event))
               AND ($6 = '' OR a.outcome = $6)
               AND +a.at >= $7 AND +a.at < $8
               AND (a.outcome <> 'intended' OR NOT EXISTS
                    (SELECT 1 FROM audit o WHERE o.change = a.change AND o.outcome <> 'intended' AND o.seq <= $10))
               AND a.seq <= $10
             ORDER BY a.seq DESC LIMIT $9",
        )
        .bind(before.unwrap_or(i64::MAX))
        .bind(crate::text(&filter.person))
        .bind(crate::text(&filter.connection))
        .bind(crate::text(&filter.object.to_lowercase()))
        .bind(crate::text(&filter.event.to_lowercase()))
        .bind(crate::text(&filter.outcome))
        .bind(filter.from.unwrap_or(0))
        .bind(filter.until.unwrap_or(i64::MAX))
        .bind(most)
        .bind(filter.as_of.unwrap_or(i64::MAX))
        .fetch_all(self.reading()?)
        .await?;
        rows.iter().map(Row::of).collect()
    }
}
