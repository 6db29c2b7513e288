//! Tokens that scripts come in with: of a person, with at most their role, for a time.

use secrecy::{ExposeSecret, SecretString};
use sqlx::{Row, any::AnyRow};

use crate::{
    Error, Store, bound, by_the_way,
    people::{Person, may_come_in},
    random, text,
};

/// Of one person at once.
pub const MOST: i64 = 50;
/// What every token begins with, so that scanners of code find one that was left somewhere.
pub const PREFIX: &str = "crowsnest_";
/// Between two notes of when one was last used, in milliseconds.
const TOUCH: i64 = 60_000;
/// How long people are shown one that ended, in milliseconds.
const MONTH: i64 = 30 * 86_400_000;

/// A token, as people see it: nothing here opens anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Names it.
    pub handle: String,
    /// For people.
    pub name: String,
    /// The most that it may.
    pub role: String,
    /// Milliseconds since 1970, as the others.
    pub made: i64,
    /// When it was last used; 0 for never.
    pub seen: i64,
    /// When it ends.
    pub ends: i64,
}

impl Store {
    /// Makes a token and gives it, this once; [`Error::Taken`] where the person has one of that name, or as many as they
    /// may. For somebody who may not come in none is made, and what is given opens nothing.
    pub async fn make_token(
        &self,
        person: &str,
        name: &str,
        role: &str,
        ends: i64,
        now: i64,
    ) -> Result<SecretString, Error> {
        let secret = SecretString::from(format!("{PREFIX}{}", random::secret()?.expose_secret()));
        let (id, role) = (random::hash(secret.expose_secret()), text(role));
        let mut writing = self.writing()?.begin().await?;
        if !may_come_in(&mut writing, person).await? {
            return Ok(secret);
        }
        let made = sqlx::query(
            "INSERT INTO tokens (id, handle, person, name, role, made, seen, ends, bound)
             SELECT $1, $2, $3, $4, $5, $6, 0, $7, $9
             WHERE (SELECT COUNT(*) FROM tokens WHERE person = $3 AND ends > $6) < $8
               AND NOT EXISTS (SELECT 1 FROM tokens WHERE person = $3 AND name = $4 AND ends > $6)",
        )
        .bind(&id)
        .bind(random::handle()?)
        .bind(person)
        .bind(text(name))
        .bind(&role)
        .bind(now)
        .bind(ends)
        .bind(MOST)
        .bind(bound::token(&self.seals, (&id, person), &role, ends)?)
        .execute(&mut *writing)
        .await?;
        if made.rows_affected() == 0 {
            return Err(Error::Taken);
        }
        // Those that nobody is shown any more.
        sqlx::query("DELETE FROM tokens WHERE person = $1 AND ends <= $2")
            .bind(person)
            .bind(now.saturating_sub(MONTH))
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
        Ok(secret)
    }

    /// The token that this is and whose; `None` where it is none, has ended, or its person may not come in.
    pub async fn token(
        &self,
        secret: &SecretString,
        now: i64,
    ) -> Result<Option<(Token, Person)>, Error> {
        let id = random::hash(secret.expose_secret());
        let row = sqlx::query(
            "SELECT p.id, p.issuer, p.subject, p.name, p.role, p.disabled, p.made, p.seen,
                    p.password, p.bound, t.bound, t.handle, t.name, t.role, t.made, t.seen, t.ends
             FROM tokens t JOIN people p ON p.id = t.person WHERE t.id = $1",
        )
        .bind(&id)
        .fetch_optional(self.reading()?)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (person, token) = (self.person_of(&row)?, token(&row, 11)?);
        let bound: String = row.try_get(10)?;
        if bound != bound::token(&self.seals, (&id, &person.id), &token.role, token.ends)? {
            let (token, person) = (&token.handle, &person.id);
            tracing::error!(
                token,
                person,
                "a token was changed from outside: it opens nothing (crowsnest check-store)"
            );
            return Ok(None);
        }
        if token.ends <= now || person.disabled {
            return Ok(None);
        }
        if now.saturating_sub(token.seen) >= TOUCH {
            let touched = sqlx::query("UPDATE tokens SET seen = $2 WHERE id = $1 AND seen <= $3")
                .bind(&id)
                .bind(now)
                .bind(now.saturating_sub(TOUCH))
                .execute(self.writing()?);
            by_the_way(touched).await?;
        }
        Ok(Some((token, person)))
    }

    /// A person's tokens, the newest first; also those that ended in the last month.
    pub async fn tokens_of(&self, person: &str, now: i64) -> Result<Vec<Token>, Error> {
        let rows = sqlx::query(
            "SELECT handle, name, role, made, seen, ends FROM tokens
             WHERE person = $1 AND ends > $2 ORDER BY made DESC, handle",
        )
        .bind(text(person))
        .bind(now.saturating_sub(MONTH))
        .fetch_all(self.reading()?)
        .await?;
        rows.iter().map(|row| token(row, 0)).collect()
    }

    /// Takes one of a person's tokens back; `false` where they have none of that handle.
    pub async fn revoke(&self, person: &str, handle: &str) -> Result<bool, Error> {
        let revoked = sqlx::query("DELETE FROM tokens WHERE person = $1 AND handle = $2")
            .bind(text(person))
            .bind(text(handle))
            .execute(self.writing()?)
            .await?;
        Ok(revoked.rows_affected() > 0)
    }

    /// Takes all tokens of a person back.
    pub async fn revoke_all(&self, person: &str) -> Result<(), Error> {
        sqlx::query("DELETE FROM tokens WHERE person = $1")
            .bind(text(person))
            .execute(self.writing()?)
            .await?;
        Ok(())
    }
}

fn token(row: &AnyRow, at: usize) -> Result<Token, Error> {
    Ok(Token {
        handle: row.try_get(at)?,
        name: row.try_get(at + 1)?,
        role: row.try_get(at + 2)?,
        made: row.try_get(at + 3)?,
        seen: row.try_get(at + 4)?,
        ends: row.try_get(at + 5)?,
    })
}
