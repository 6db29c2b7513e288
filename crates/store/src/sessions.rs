//! Who is signed in where. The browser holds a secret, the store its hash and what is sealed with it.

use secrecy::{ExposeSecret, SecretString};
use sqlx::{Row, any::AnyRow};

use crate::{
    Error, Store, bound, by_the_way,
    people::{Person, may_come_in},
    random, text,
};

/// The longest between two notes of when a session was last used.
const TOUCH: i64 = 60_000;
/// Of one person at once. The oldest ends.
pub const MOST: i64 = 10;
/// Of what a browser says that it is.
const AGENT: usize = 200;

/// How long sessions last, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Lasts {
    /// Without a request.
    pub idle: i64,
    /// Altogether.
    pub whole: i64,
}

impl Lasts {
    /// Between two notes of when a session was last used, in milliseconds.
    pub fn touch(self) -> i64 {
        TOUCH.min(self.idle / 4)
    }
}

/// A session, as people see it: nothing here opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Names it without opening it.
    pub handle: String,
    /// Milliseconds since 1970, as the others.
    pub made: i64,
    /// When it was last used, give or take a minute.
    pub seen: i64,
    /// When it ends whatever happens.
    pub ends: i64,
    /// What the browser said that it is.
    pub agent: String,
    /// Where it began.
    pub address: String,
}

impl Store {
    /// Begins a session and gives what the browser keeps of it. `kept` is sealed with that. For somebody who may not
    /// come in none begins, and what is given opens nothing.
    pub async fn begin_session(
        &self,
        person: &str,
        (agent, address): (&str, &str),
        kept: &str,
        lasts: Lasts,
        now: i64,
    ) -> Result<SecretString, Error> {
        let secret = random::secret()?;
        let id = random::hash(secret.expose_secret());
        let sealed = self
            .seals
            .seal(&place(&id), secret.expose_secret(), kept.as_bytes())?;
        let agent: String = text(agent).chars().take(AGENT).collect();
        let mut writing = self.writing()?.begin().await?;
        if !may_come_in(&mut writing, person).await? {
            return Ok(secret);
        }
        sqlx::query(
            "INSERT INTO sessions (id, handle, person, made, seen, ends, agent, address, sealed, bound)
             VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&id)
        .bind(random::handle()?)
        .bind(person)
        .bind(now)
        .bind(now.saturating_add(lasts.whole))
        .bind(agent)
        .bind(text(address))
        .bind(sealed)
        .bind(bound::session(&self.seals, (&id, person), now)?)
        .execute(&mut *writing)
        .await?;
        // Never this one, also where the clock was set back since the others.
        sqlx::query(
            "DELETE FROM sessions WHERE person = $1 AND id <> $2 AND id NOT IN
             (SELECT id FROM sessions WHERE person = $1 AND id <> $2 ORDER BY made DESC, id LIMIT $3)",
        )
        .bind(person)
        .bind(&id)
        .bind(MOST - 1)
        .execute(&mut *writing)
        .await?;
        writing.commit().await?;
        let swept = sqlx::query("DELETE FROM sessions WHERE ends <= $1")
            .bind(now)
            .execute(self.writing()?);
        by_the_way(swept).await?;
        Ok(secret)
    }

    /// The session that this opens and whose it is; `None` where it opens none, has ended, or its person may not
    /// come in.
    pub async fn session(
        &self,
        secret: &SecretString,
        lasts: Lasts,
        now: i64,
    ) -> Result<Option<(Session, Person)>, Error> {
        let id = random::hash(secret.expose_secret());
        let row = sqlx::query(
            "SELECT p.id, p.issuer, p.subject, p.name, p.role, p.disabled, p.made, p.seen,
                    p.password, p.bound, s.bound, s.handle, s.made, s.seen, s.ends, s.agent, s.address
             FROM sessions s JOIN people p ON p.id = s.person WHERE s.id = $1",
        )
        .bind(&id)
        .fetch_optional(self.reading()?)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (person, session) = (self.person_of(&row)?, session(&row, 11)?);
        let bound: String = row.try_get(10)?;
        let forged = bound != bound::session(&self.seals, (&id, &person.id), session.made)?;
        let idle = now.saturating_sub(session.seen) >= lasts.idle;
        let over = session.ends <= now || now.saturating_sub(session.made) >= lasts.whole;
        if idle || over || forged || person.disabled {
            let ended = sqlx::query("DELETE FROM sessions WHERE id = $1")
                .bind(&id)
                .execute(self.writing()?);
            by_the_way(ended).await?;
            return Ok(None);
        }
        let touch = lasts.touch();
        if now.saturating_sub(session.seen) >= touch {
            // Of many requests at once the first alone finds it untouched.
            let touched = sqlx::query("UPDATE sessions SET seen = $2 WHERE id = $1 AND seen <= $3")
                .bind(&id)
                .bind(now)
                .bind(now.saturating_sub(touch))
                .execute(self.writing()?);
            by_the_way(touched).await?;
        }
        Ok(Some((session, person)))
    }

    /// Ends the session that this opens.
    pub async fn end_session(&self, secret: &SecretString) -> Result<(), Error> {
        sqlx::query("DELETE FROM sessions WHERE id = $1")
            .bind(random::hash(secret.expose_secret()))
            .execute(self.writing()?)
            .await?;
        Ok(())
    }

    /// Ends one of a person's sessions; `false` where they have none of that handle.
    pub async fn end_one(&self, person: &str, handle: &str) -> Result<bool, Error> {
        let ended = sqlx::query("DELETE FROM sessions WHERE person = $1 AND handle = $2")
            .bind(text(person))
            .bind(text(handle))
            .execute(self.writing()?)
            .await?;
        Ok(ended.rows_affected() > 0)
    }

    /// Ends all sessions of a person.
    pub async fn end_all(&self, person: &str) -> Result<(), Error> {
        sqlx::query("DELETE FROM sessions WHERE person = $1")
            .bind(text(person))
            .execute(self.writing()?)
            .await?;
        Ok(())
    }

    /// A person's sessions that have not ended, the last used first.
    pub async fn sessions_of(
        &self,
        person: &str,
        lasts: Lasts,
        now: i64,
    ) -> Result<Vec<Session>, Error> {
        let rows = sqlx::query(
            "SELECT handle, made, seen, ends, agent, address FROM sessions
             WHERE person = $1 AND ends > $2 AND seen > $3 AND made > $4 ORDER BY seen DESC, handle",
        )
        .bind(text(person))
        .bind(now)
        .bind(now.saturating_sub(lasts.idle))
        .bind(now.saturating_sub(lasts.whole))
        .fetch_all(self.reading()?)
        .await?;
        rows.iter().map(|row| session(row, 0)).collect()
    }
}

fn session(row: &AnyRow, at: usize) -> Result<Session, Error> {
    Ok(Session {
        handle: row.try_get(at)?,
        made: row.try_get(at + 1)?,
        seen: row.try_get(at + 2)?,
        ends: row.try_get(at + 3)?,
        agent: row.try_get(at + 4)?,
        address: row.try_get(at + 5)?,
    })
}

pub(crate) fn place(id: &str) -> [&str; 3] {
    ["sessions", "sealed", id]
}
