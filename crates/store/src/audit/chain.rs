//! The chain that rows of the record hang on.

use sqlx::Row as _;

use super::Recorded;
use crate::{Error, Store, seal::Seals};

/// Rows that are looked at in one go.
const PAGE: i64 = 1000;

/// What a look at the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Rows that hang on the one before.
    pub rows: u64,
    /// The first that does not: it was changed, or one is missing or was put before it. `None` where all is whole.
    pub broken_at: Option<i64>,
}

impl Store {
    /// The hash of a row that comes after the one with the hash `before`.
    pub(crate) fn linked(&self, before: &str, row: &Recorded) -> Result<String, Error> {
        let parts = [
            &row.seq.to_string(),
            &row.at.to_string(),
            &row.change,
            &row.event,
            &row.person,
            &row.connection,
            &row.object,
            &row.outcome,
            &row.record,
        ];
        self.seals.link(before, &parts.map(String::as_str))
    }

    /// Goes through the whole chain, from what is kept first to its end.
    pub async fn check_chain(&self) -> Result<Checked, Error> {
        // Of one moment, whatever is appended or let go of meanwhile.
        let mut reading = self.moment().await?;
        let ends = sqlx::query(
            "SELECT first_seq, first_hash, first_seal, last_seq, last_hash, last_seal
             FROM chain WHERE id = 1",
        )
        .fetch_one(&mut *reading)
        .await?;
        let (mut seq, mut hash): (i64, String) = (ends.try_get(0)?, ends.try_get(1)?);
        let (last, last_hash): (i64, String) = (ends.try_get(3)?, ends.try_get(4)?);
        let mut rows = 0;
        let broken = |rows, at| {
            Ok(Checked {
                rows,
                broken_at: Some(at),
            })
        };
        if ends.try_get::<String, _>(2)? != first(&self.seals, seq, &hash)? {
            return broken(rows, seq + 1);
        }
        while seq < last {
            let page = sqlx::query(
                "SELECT seq, at, change, event, person, connection, object, outcome, record, hash, sought
                 FROM audit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3",
            )
            .bind(seq)
            .bind(last)
            .bind(PAGE)
            .fetch_all(&mut *reading)
            .await?;
            if page.is_empty() {
                return broken(rows, seq + 1);
            }
            for row in &page {
                let (own, sought): (String, String) = (row.try_get(9)?, row.try_get(10)?);
                let row = Recorded::of(row)?;
                let is_next = row.seq == seq + 1 && sought == row.object.to_lowercase();
                if !is_next || self.linked(&hash, &row)? != own {
                    return broken(rows, seq + 1);
                }
                (seq, hash, rows) = (row.seq, own, rows + 1);
            }
        }
        if hash != last_hash {
            return broken(rows, last);
        }
        if ends.try_get::<String, _>(5)? != self::last(&self.seals, last, &hash)? {
            return broken(rows, last + 1);
        }
        let beside = sqlx::query(
            "SELECT MIN(a.seq) FROM audit a, chain c
             WHERE c.id = 1 AND (a.seq <= c.first_seq OR a.seq > c.last_seq)",
        )
        .fetch_one(&mut *reading)
        .await?;
        Ok(Checked {
            rows,
            broken_at: beside.try_get(0)?,
        })
    }

    /// Lets go of rows from before `before`, in milliseconds since 1970; the chain then begins after them. Gives how
    /// many went.
    pub async fn retain(&self, before: i64) -> Result<u64, Error> {
        let mut writing = self.writing()?.begin().await?;
        // A write first, as where one is appended.
        sqlx::query("UPDATE chain SET id = 1 WHERE id = 1")
            .execute(&mut *writing)
            .await?;
        // Whole from the beginning: the clock may have been set back between two rows.
        let keep = sqlx::query("SELECT MIN(seq) FROM audit WHERE at >= $1")
            .bind(before)
            .fetch_one(&mut *writing)
            .await?;
        let upto = match keep.try_get::<Option<i64>, _>(0)? {
            Some(first) => first - 1,
            None => i64::MAX,
        };
        let gone =
            sqlx::query("SELECT seq, hash FROM audit WHERE seq <= $1 ORDER BY seq DESC LIMIT 1")
                .bind(upto)
                .fetch_optional(&mut *writing)
                .await?;
        let Some(gone) = gone else { return Ok(0) };
        let (seq, hash): (i64, String) = (gone.try_get(0)?, gone.try_get(1)?);
        let seal = first(&self.seals, seq, &hash)?;
        sqlx::query(
            "UPDATE chain SET first_seq = $1, first_hash = $2, first_seal = $3 WHERE id = 1",
        )
        .bind(seq)
        .bind(hash)
        .bind(seal)
        .execute(&mut *writing)
        .await?;
        let deleted = sqlx::query("DELETE FROM audit WHERE seq <= $1")
            .bind(seq)
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
        Ok(deleted.rows_affected())
    }
}

/// The seal of where the chain begins: after this row.
pub(super) fn first(seals: &Seals, seq: i64, hash: &str) -> Result<String, Error> {
    seals.link("first", &[&seq.to_string(), hash])
}

/// The seal of where it ends: with this row.
pub(super) fn last(seals: &Seals, seq: i64, hash: &str) -> Result<String, Error> {
    seals.link("last", &[&seq.to_string(), hash])
}
