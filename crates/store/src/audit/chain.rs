//! The chain that rows of the record hang on.

use sqlx::{AnyConnection, Row as _};

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
        let Ends { first, last } = Ends::read(&mut reading).await?;
        let mut rows = 0;
        let mut end = first.link.clone();
        let mut broken_at = match first.is_sealed(&self.seals, self::first)? {
            true => {
                let count = |_: &Recorded| {
                    rows += 1;
                    true
                };
                self.walk(&mut reading, &mut end, last.link.seq, count)
                    .await?
            }
            false => Some(end.seq.saturating_add(1)),
        };
        if broken_at.is_none() && end.hash != last.link.hash {
            broken_at = Some(last.link.seq);
        }
        if broken_at.is_none() && !last.is_sealed(&self.seals, self::last)? {
            broken_at = Some(last.link.seq.saturating_add(1));
        }
        if broken_at.is_none() {
            let beside = sqlx::query(
                "SELECT MIN(a.seq) FROM audit a, chain c
                 WHERE c.id = 1 AND (a.seq <= c.first_seq OR a.seq > c.last_seq)",
            );
            broken_at = beside.fetch_one(&mut *reading).await?.try_get(0)?;
        }
        Ok(Checked { rows, broken_at })
    }

    /// Goes from `at` along the chain, to the row `to` at most, while it may go past a row. Gives the first that does not
    /// hang on the one before.
    async fn walk(
        &self,
        reading: &mut AnyConnection,
        at: &mut Link,
        to: i64,
        mut may_pass: impl FnMut(&Recorded) -> bool,
    ) -> Result<Option<i64>, Error> {
        while at.seq < to {
            let page = sqlx::query(
                "SELECT seq, at, change, event, person, connection, object, outcome, record, hash, sought
                 FROM audit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3",
            )
            .bind(at.seq)
            .bind(to)
            .bind(PAGE)
            .fetch_all(&mut *reading)
            .await?;
            if page.is_empty() {
                return Ok(Some(at.seq + 1));
            }
            for row in &page {
                let (hash, sought): (String, String) = (row.try_get(9)?, row.try_get(10)?);
                let row = Recorded::of(row)?;
                let is_next = row.seq == at.seq + 1 && sought == row.object.to_lowercase();
                if !is_next || self.linked(&at.hash, &row)? != hash {
                    return Ok(Some(at.seq + 1));
                }
                if !may_pass(&row) {
                    return Ok(None);
                }
                *at = Link { seq: row.seq, hash };
            }
        }
        Ok(None)
    }

    /// Lets go of rows from before `before`, in milliseconds since 1970; the chain then begins after them. Gives how
    /// many went. A row that was changed from outside, or what is left where one was taken out, is not let go, nor is
    /// anything after: it stays found.
    pub async fn retain(&self, before: i64) -> Result<u64, Error> {
        let mut reading = self.moment().await?;
        let Ends { first, last } = Ends::read(&mut reading).await?;
        let mut upto = first.link.clone();
        let broken_at = match first.is_sealed(&self.seals, self::first)? {
            // Whole from the beginning: the clock may have been set back between two rows.
            true => {
                let is_old = |row: &Recorded| row.at < before;
                self.walk(&mut reading, &mut upto, last.link.seq, is_old)
                    .await?
            }
            false => Some(upto.seq.saturating_add(1)),
        };
        reading.commit().await?;
        if let Some(row) = broken_at {
            tracing::error!(
                row,
                "the record was changed from outside: from there on nothing is let go (crowsnest check-store)"
            );
        }
        if upto.seq == first.link.seq {
            return Ok(0);
        }
        let mut writing = self.writing()?.begin().await?;
        // By what was read: what stands there now may be another row.
        let begins = sqlx::query(
            "UPDATE chain SET first_seq = $1, first_hash = $2, first_seal = $3
             WHERE id = 1 AND first_seq < $1",
        )
        .bind(upto.seq)
        .bind(&upto.hash)
        .bind(self::first(&self.seals, upto.seq, &upto.hash)?)
        .execute(&mut *writing)
        .await?;
        if begins.rows_affected() == 0 {
            return Ok(0);
        }
        let deleted = sqlx::query("DELETE FROM audit WHERE seq <= $1")
            .bind(upto.seq)
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
        Ok(deleted.rows_affected())
    }
}

/// A row of the chain.
#[derive(Clone)]
struct Link {
    seq: i64,
    hash: String,
}

/// One of its ends, as it is written.
struct End {
    link: Link,
    seal: String,
}

struct Ends {
    first: End,
    last: End,
}

impl Ends {
    async fn read(reading: &mut AnyConnection) -> Result<Self, Error> {
        let row = sqlx::query(
            "SELECT first_seq, first_hash, first_seal, last_seq, last_hash, last_seal
             FROM chain WHERE id = 1",
        )
        .fetch_one(reading)
        .await?;
        let end = |at: usize| {
            let link = Link {
                seq: row.try_get(at)?,
                hash: row.try_get(at + 1)?,
            };
            let seal = row.try_get(at + 2)?;
            Ok::<_, Error>(End { link, seal })
        };
        Ok(Self {
            first: end(0)?,
            last: end(3)?,
        })
    }
}

impl End {
    /// It is as it was written.
    fn is_sealed(&self, seals: &Seals, seal: Seal) -> Result<bool, Error> {
        Ok(self.seal == seal(seals, self.link.seq, &self.link.hash)?)
    }
}

/// [`first`] or [`last`].
type Seal = fn(&Seals, i64, &str) -> Result<String, Error>;

/// The seal of where the chain begins: after this row.
pub(super) fn first(seals: &Seals, seq: i64, hash: &str) -> Result<String, Error> {
    seals.link("first", &[&seq.to_string(), hash])
}

/// The seal of where it ends: with this row.
pub(super) fn last(seals: &Seals, seq: i64, hash: &str) -> Result<String, Error> {
    seals.link("last", &[&seq.to_string(), hash])
}
