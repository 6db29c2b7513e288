//! What is done to a store from the command line.

use std::{fs, io, path::Path};

use sqlx::Row;

use crate::{Error, Key, Place, Store, audit::Checked, connect::connect, file, key, seal};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the database says of its own file; `None` where nothing is wrong.
    pub database: Option<String>,
    /// The record.
    pub chain: Checked,
    /// Names of people, tokens and connections that were changed from outside: nothing of them is used.
    pub changed: Vec<String>,
}

impl Report {
    /// Nothing is wrong.
    pub fn is_well(&self) -> bool {
        self.database.is_none() && self.chain.broken_at.is_none() && self.changed.is_empty()
    }
}

impl Store {
    /// Looks at the whole store.
    pub async fn check(&self, place: &Place) -> Result<Report, Error> {
        let mut database = None;
        if !matches!(place, Place::Postgres(_)) {
            let said = sqlx::query("PRAGMA integrity_check(1)")
                .fetch_one(self.reading()?)
                .await?;
            let said: String = said.try_get(0)?;
            database = (said != "ok").then_some(said);
        }
        Ok(Report {
            database,
            chain: self.check_chain().await?,
            changed: self.check_bound().await?,
        })
    }

    /// Writes a copy of a store of SQLite to `to`, where nothing may be: whole, as of one moment, while it is in use.
    pub async fn backup(&self, to: &Path) -> Result<(), Error> {
        let failed = |error| Error::File(to.to_owned(), error);
        file::fresh(to).map_err(failed)?;
        // From the root on: what begins with `file:` is an address to SQLite, and no path.
        let whole = to.canonicalize().map_err(failed)?;
        let path = whole.to_str().ok_or(Error::Name)?;
        let copied = sqlx::query("VACUUM INTO $1")
            .bind(path)
            .execute(self.reading()?)
            .await;
        if let Err(error) = copied {
            // Half a copy would be taken for one. What went wrong is said, not that this did.
            drop(fs::remove_file(to));
            return Err(error.into());
        }
        Ok(())
    }
}

/// Seals the keys of the store at `place` with `new` instead of `old`. All of them or none.
pub async fn rekey(place: &Place, old: &Key, new: &Key) -> Result<(), Error> {
    if let Place::File(path) = place
        && !path.exists()
    {
        let nothing = io::ErrorKind::NotFound.into();
        return Err(Error::File(path.to_owned(), nothing));
    }
    let mut writing = connect(place).await?.writes.begin().await?;
    // A write first: of two at once one waits, and finds what the other made.
    sqlx::query("UPDATE keys SET id = id")
        .execute(&mut *writing)
        .await?;
    let rows = sqlx::query("SELECT id, sealed FROM keys")
        .fetch_all(&mut *writing)
        .await?;
    if rows.is_empty() {
        return Err(Error::Damaged);
    }
    for row in rows {
        let (id, sealed): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let plain =
            seal::open(old.bytes(), &key::place(&id), &sealed).map_err(|_| Error::OtherKey)?;
        let sealed = seal::seal(new.bytes(), &key::place(&id), &plain)?;
        sqlx::query("UPDATE keys SET sealed = $2 WHERE id = $1")
            .bind(id)
            .bind(sealed)
            .execute(&mut *writing)
            .await?;
    }
    writing.commit().await?;
    Ok(())
}
