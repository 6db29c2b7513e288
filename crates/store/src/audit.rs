//! The record of what people did: it grows and is not changed. Each row is linked to the one before by a keyed
//! hash, so a row that is changed, left out or put between is found, also by who has the database alone.

mod chain;
mod read;

use std::sync::atomic::Ordering;

use sqlx::{AnyConnection, Row};

use crate::{Error, Store, random, seal::Seals, text};

pub use chain::Checked;
pub use read::{Filter, Row as Recorded};

/// What a row says while nobody knows what came of it.
pub const INTENDED: &str = "intended";
/// The hash before the first.
const START: &str = "";
/// What a row hangs on that comes after an end which is not the one that was written: on no row, so that where it was cut
/// stays found.
const CUT: &str = "cut";

/// What is recorded. Holds no secret.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// What happened, by the words of OWASP's logging vocabulary where it has one.
    pub event: String,
    /// Id of the person.
    pub person: String,
    /// Name of the connection; empty where none.
    pub connection: String,
    /// What it was done on, for people and to look for.
    pub object: String,
    /// What came of it.
    pub outcome: String,
    /// All else, as JSON.
    pub record: String,
}

/// Longest text of a column, in letters: rows are never let go of before their time, whoever has them written.
const LONGEST: usize = 2_000;

/// What is longer is cut, and says so.
fn bounded(value: &str) -> String {
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => text(&format!("{}…", &value[..end])),
        None => text(value),
    }
}

/// The one row that says where the chain is. Both of its ends are sealed, or who has the database alone could cut a
/// part off and move the end.
pub(crate) async fn begin(store: &mut AnyConnection, seals: &Seals) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO chain (id, first_seq, first_hash, first_seal, last_seq, last_hash, last_seal)
         VALUES (1, 0, $1, $2, 0, $1, $3)",
    )
    .bind(START)
    .bind(chain::first(seals, 0, START)?)
    .bind(chain::last(seals, 0, START)?)
    .execute(store)
    .await?;
    Ok(())
}

impl Store {
    /// Records that something is about to be done: it is not done unless this was written. Gives the name under
    /// which [`Store::conclude`] says what came of it.
    pub async fn intend(&self, entry: &Entry, now: i64) -> Result<String, Error> {
        let change = random::handle()?;
        self.append(&change, entry, INTENDED, now).await?;
        Ok(change)
    }

    /// Records what came of what was [`intended`](Store::intend).
    pub async fn conclude(&self, change: &str, entry: &Entry, now: i64) -> Result<(), Error> {
        self.append(change, entry, &entry.outcome, now).await
    }

    /// Records what has happened.
    pub async fn note(&self, entry: &Entry, now: i64) -> Result<(), Error> {
        self.append(&random::handle()?, entry, &entry.outcome, now)
            .await
    }

    async fn append(
        &self,
        change: &str,
        entry: &Entry,
        outcome: &str,
        now: i64,
    ) -> Result<(), Error> {
        let mut writing = self.writing()?.begin().await?;
        // A write first: of two at once one waits, and none goes by an end that is no more.
        let end = sqlx::query(
            "UPDATE chain SET last_seq = last_seq + 1 WHERE id = 1 RETURNING last_seq, last_hash, last_seal",
        )
        .fetch_one(&mut *writing)
        .await?;
        let (seq, mut before): (i64, String) = (end.try_get(0)?, end.try_get(1)?);
        let seal = chain::last(&self.seals, seq.saturating_sub(1), &before)?;
        let is_sealed = end.try_get::<String, _>(2)? == seal;
        // Or an end that was right once was put back.
        if !is_sealed || seq <= self.written.load(Ordering::Acquire) {
            tracing::error!(
                seq,
                "the end of the record was changed from outside: what is written from here on hangs on nothing before (crowsnest check-store)"
            );
            before = CUT.to_owned();
        }
        let row = Recorded {
            seq,
            at: now,
            change: change.to_owned(),
            event: bounded(&entry.event),
            person: bounded(&entry.person),
            connection: bounded(&entry.connection),
            object: bounded(&entry.object),
            outcome: bounded(outcome),
            record: text(&entry.record),
        };
        let hash = self.linked(&before, &row)?;
        let sought = row.object.to_lowercase();
        sqlx::query(
            "INSERT INTO audit
             (seq, at, change, event, person, connection, object, outcome, record, hash, sought)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(row.seq)
        .bind(row.at)
        .bind(&row.change)
        .bind(&row.event)
        .bind(&row.person)
        .bind(&row.connection)
        .bind(&row.object)
        .bind(&row.outcome)
        .bind(&row.record)
        .bind(&hash)
        .bind(sought)
        .execute(&mut *writing)
        .await
        .map_err(|error| match error.into() {
            // Its end was moved to before a row that is there.
            Error::Taken => Error::Damaged,
            error => error,
        })?;
        sqlx::query("UPDATE chain SET last_hash = $1, last_seal = $2 WHERE id = 1")
            .bind(&hash)
            .bind(chain::last(&self.seals, seq, &hash)?)
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
        self.written.fetch_max(seq, Ordering::AcqRel);
        if let Some(copies) = &self.copies {
            copies.copy(&row);
        }
        Ok(())
    }
}
