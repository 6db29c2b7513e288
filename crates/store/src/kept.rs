//! What a session keeps that changes while it lasts: tokens, and what somebody signs in to catalogs with. Two who
//! change it at once do not undo each other, and one at a time renews it, wherever they run.

use secrecy::{ExposeSecret, SecretString};
use sqlx::Row;

use crate::{Error, Store, random, sessions::place};

/// What is kept, and which version of it.
pub struct Kept {
    /// As it was sealed.
    pub text: SecretString,
    /// Grows with each change.
    pub version: i64,
}

impl Store {
    /// What is sealed with a session; `None` where there is no such session.
    pub async fn kept_now(&self, session: &SecretString) -> Result<Option<Kept>, Error> {
        let id = random::hash(session.expose_secret());
        let row = sqlx::query("SELECT sealed, version FROM sessions WHERE id = $1")
            .bind(&id)
            .fetch_optional(self.reading()?)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let sealed: String = row.try_get(0)?;
        let text = self
            .seals
            .open(&place(&id), session.expose_secret(), &sealed)?;
        let text = String::from_utf8(text).map_err(|_| Error::Damaged)?;
        Ok(Some(Kept {
            text: text.into(),
            version: row.try_get(1)?,
        }))
    }

    /// [`Store::kept_now`], by who does not change it.
    pub async fn kept(&self, session: &SecretString) -> Result<Option<SecretString>, Error> {
        Ok(self.kept_now(session).await?.map(|kept| kept.text))
    }

    /// Puts something else in its place; `false` where that is not the version any more, or the session has ended.
    pub async fn keep(
        &self,
        session: &SecretString,
        version: i64,
        kept: &SecretString,
    ) -> Result<bool, Error> {
        let id = random::hash(session.expose_secret());
        let plain = kept.expose_secret().as_bytes();
        let sealed = self
            .seals
            .seal(&place(&id), session.expose_secret(), plain)?;
        let changed = sqlx::query(
            "UPDATE sessions SET sealed = $3, version = version + 1 WHERE id = $1 AND version = $2",
        )
        .bind(&id)
        .bind(version)
        .bind(sealed)
        .execute(self.writing()?)
        .await?;
        Ok(changed.rows_affected() > 0)
    }

    /// Takes the turn to renew what a session keeps, until `until`, in milliseconds since 1970; `false` where somebody
    /// has it.
    pub async fn lease(&self, session: &SecretString, until: i64, now: i64) -> Result<bool, Error> {
        let taken = sqlx::query("UPDATE sessions SET lease = $2 WHERE id = $1 AND lease <= $3")
            .bind(random::hash(session.expose_secret()))
            .bind(until)
            .bind(now)
            .execute(self.writing()?)
            .await?;
        Ok(taken.rows_affected() > 0)
    }

    /// Gives the turn that was taken until `until` back. One that ended before is somebody else's by now, and stays theirs.
    pub async fn release(&self, session: &SecretString, until: i64) -> Result<(), Error> {
        sqlx::query("UPDATE sessions SET lease = 0 WHERE id = $1 AND lease = $2")
            .bind(random::hash(session.expose_secret()))
            .bind(until)
            .execute(self.writing()?)
            .await?;
        Ok(())
    }
}
