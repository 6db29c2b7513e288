//! Sign-ins that were begun at a provider and have not come back.

use secrecy::{ExposeSecret, SecretString};
use sqlx::Row;

use crate::{Error, Store, by_the_way, random, text};

/// How long one may take, in milliseconds.
pub const LASTS: i64 = 600_000;
/// Kept at once, of everybody. Beginning one costs nobody anything, so it is bounded: the oldest goes.
pub(crate) const MOST: i64 = 10_000;

impl Store {
    /// Notes that somebody went to `provider`, with what is needed when they come back. Gives what their browser
    /// keeps meanwhile.
    pub async fn begin_attempt(
        &self,
        provider: &str,
        needed: &SecretString,
        now: i64,
    ) -> Result<SecretString, Error> {
        let secret = random::secret()?;
        let id = random::hash(secret.expose_secret());
        let needed = needed.expose_secret().as_bytes();
        let sealed = self
            .seals
            .seal(&place(&id), secret.expose_secret(), needed)?;
        sqlx::query("INSERT INTO attempts (id, provider, made, sealed) VALUES ($1, $2, $3, $4)")
            .bind(&id)
            .bind(text(provider))
            .bind(now)
            .bind(sealed)
            .execute(self.writing()?)
            .await?;
        // By their time, which has an index: this runs for whoever asks.
        let swept = sqlx::query(
            "DELETE FROM attempts WHERE id <> $3 AND (made <= $1 OR made <
             (SELECT made FROM attempts ORDER BY made DESC LIMIT 1 OFFSET $2))",
        )
        .bind(now.saturating_sub(LASTS))
        .bind(MOST - 1)
        .bind(&id)
        .execute(self.writing()?);
        by_the_way(swept).await?;
        Ok(secret)
    }

    /// Takes an attempt out before anything of it is compared: it serves once. `None` where there is none at this
    /// provider, or no more.
    pub async fn take_attempt(
        &self,
        provider: &str,
        secret: &SecretString,
        now: i64,
    ) -> Result<Option<SecretString>, Error> {
        let id = random::hash(secret.expose_secret());
        // In a transaction, whose end says whether it is gone: one that stays on a full disk would serve twice.
        let mut writing = self.writing()?.begin().await?;
        let row =
            sqlx::query("DELETE FROM attempts WHERE id = $1 RETURNING provider, made, sealed")
                .bind(&id)
                .fetch_optional(&mut *writing)
                .await?;
        writing.commit().await?;
        let Some(row) = row else { return Ok(None) };
        let (of, made): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
        if of != text(provider) || now.saturating_sub(made) >= LASTS {
            return Ok(None);
        }
        let sealed: String = row.try_get(2)?;
        let needed = self
            .seals
            .open(&place(&id), secret.expose_secret(), &sealed)?;
        let needed = String::from_utf8(needed).map_err(|_| Error::Damaged)?;
        Ok(Some(needed.into()))
    }
}

fn place(id: &str) -> [&str; 3] {
    ["attempts", "sealed", id]
}
