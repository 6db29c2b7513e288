//! Those who sign in. Whose word it is that somebody is who they are stands in `issuer`: a provider's address, or
//! one of ours. A person is known by issuer and subject together, never by a name, which another may have too.

use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::{Error, Store, random, text};

/// Somebody who signed in once, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Ours; stands in addresses and records.
    pub id: String,
    /// Whose word it is.
    pub issuer: String,
    /// As the issuer knows them.
    pub subject: String,
    /// For people.
    pub name: String,
    /// As it was last given.
    pub role: String,
    /// May not come in.
    pub disabled: bool,
    /// Milliseconds since 1970.
    pub made: i64,
    /// When they last signed in, in milliseconds since 1970; 0 for never.
    pub seen: i64,
}

/// Whose word it is where Crowsnest keeps the password.
pub const LOCAL: &str = "local";

impl Store {
    /// The person that an issuer speaks of, made where it is the first time, with the name and role that it now gives.
    /// Another role than before ends their sessions.
    pub async fn arrive(
        &self,
        issuer: &str,
        subject: &str,
        name: &str,
        role: &str,
        now: i64,
    ) -> Result<Person, Error> {
        let mut writing = self.writes.begin().await?;
        let another = sqlx::query(
            "UPDATE people SET role = $3 WHERE issuer = $1 AND subject = $2 AND role <> $3 RETURNING id",
        )
        .bind(text(issuer))
        .bind(text(subject))
        .bind(text(role))
        .fetch_optional(&mut *writing)
        .await?;
        if let Some(row) = another {
            end_sessions(&mut writing, &row.try_get::<String, _>(0)?).await?;
        }
        let row = sqlx::query(
            "INSERT INTO people (id, issuer, subject, name, role, password, disabled, made, seen)
             VALUES ($1, $2, $3, $4, $5, NULL, 0, $6, $6)
             ON CONFLICT (issuer, subject) DO UPDATE SET name = $4, role = $5, seen = $6
             RETURNING id, issuer, subject, name, role, disabled, made, seen",
        )
        .bind(random::handle()?)
        .bind(text(issuer))
        .bind(text(subject))
        .bind(text(name))
        .bind(text(role))
        .bind(now)
        .fetch_one(&mut *writing)
        .await?;
        writing.commit().await?;
        person(&row)
    }

    /// Adds somebody with a password, of which the hash is given; [`Error::Taken`] where the name is.
    pub async fn add(
        &self,
        name: &str,
        role: &str,
        password: &str,
        now: i64,
    ) -> Result<Person, Error> {
        let mut writing = self.writes.begin().await?;
        let row = sqlx::query(
            "INSERT INTO people (id, issuer, subject, name, role, password, disabled, made, seen)
             VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 0)
             RETURNING id, issuer, subject, name, role, disabled, made, seen",
        )
        .bind(random::handle()?)
        .bind(LOCAL)
        .bind(subject(name))
        .bind(text(name))
        .bind(text(role))
        .bind(text(password))
        .bind(now)
        .fetch_one(&mut *writing)
        .await?;
        writing.commit().await?;
        person(&row)
    }

    /// Somebody with a password, and its hash.
    pub async fn by_name(&self, name: &str) -> Result<Option<(Person, String)>, Error> {
        let row = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen, password FROM people
             WHERE issuer = $1 AND subject = $2 AND password IS NOT NULL",
        )
        .bind(LOCAL)
        .bind(subject(name))
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| Ok((person(&row)?, row.try_get(8)?)))
            .transpose()
    }

    /// Takes everything from somebody of whom their issuer says that they have no role any more: sessions, tokens and the
    /// role that they had. Gives who it was, where they are known.
    pub async fn forfeit(&self, issuer: &str, subject: &str) -> Result<Option<Person>, Error> {
        let Some(person) = self.by_subject(issuer, subject).await? else {
            return Ok(None);
        };
        let mut writing = self.writes.begin().await?;
        sqlx::query("UPDATE people SET role = '' WHERE id = $1")
            .bind(&person.id)
            .execute(&mut *writing)
            .await?;
        sqlx::query("DELETE FROM tokens WHERE person = $1")
            .bind(&person.id)
            .execute(&mut *writing)
            .await?;
        end_sessions(&mut writing, &person.id).await?;
        writing.commit().await?;
        Ok(Some(person))
    }

    /// Gives somebody another password, of which this is the hash, and ends their sessions and tokens.
    pub async fn set_password(&self, id: &str, password: &str) -> Result<(), Error> {
        let mut writing = self.writes.begin().await?;
        sqlx::query("UPDATE people SET password = $2 WHERE id = $1")
            .bind(text(id))
            .bind(text(password))
            .execute(&mut *writing)
            .await?;
        sqlx::query("DELETE FROM tokens WHERE person = $1")
            .bind(text(id))
            .execute(&mut *writing)
            .await?;
        end_sessions(&mut writing, id).await?;
        Ok(writing.commit().await?)
    }

    /// Gives somebody another role, and ends their sessions: none goes on with the one before.
    pub async fn set_role(&self, id: &str, role: &str) -> Result<(), Error> {
        let mut writing = self.writes.begin().await?;
        sqlx::query("UPDATE people SET role = $2 WHERE id = $1")
            .bind(text(id))
            .bind(text(role))
            .execute(&mut *writing)
            .await?;
        end_sessions(&mut writing, id).await?;
        Ok(writing.commit().await?)
    }

    /// Lets somebody in no more, or again. Sessions end and tokens are taken back, all or nothing: none comes to life
    /// when they are let in again.
    pub async fn disable(&self, id: &str, disabled: bool) -> Result<(), Error> {
        let mut writing = self.writes.begin().await?;
        sqlx::query("UPDATE people SET disabled = $2 WHERE id = $1")
            .bind(text(id))
            .bind(i64::from(disabled))
            .execute(&mut *writing)
            .await?;
        if disabled {
            end_sessions(&mut writing, id).await?;
            sqlx::query("DELETE FROM tokens WHERE person = $1")
                .bind(text(id))
                .execute(&mut *writing)
                .await?;
        }
        Ok(writing.commit().await?)
    }

    /// That somebody signed in now.
    pub async fn signed_in(&self, id: &str, now: i64) -> Result<(), Error> {
        sqlx::query("UPDATE people SET seen = $2 WHERE id = $1")
            .bind(text(id))
            .bind(now)
            .execute(&self.writes)
            .await?;
        Ok(())
    }

    /// Somebody as their issuer knows them.
    pub async fn by_subject(&self, issuer: &str, subject: &str) -> Result<Option<Person>, Error> {
        let row = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen FROM people
             WHERE issuer = $1 AND subject = $2",
        )
        .bind(text(issuer))
        .bind(text(subject))
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| person(&row)).transpose()
    }

    /// The one of that id.
    pub async fn person(&self, id: &str) -> Result<Option<Person>, Error> {
        let row = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen FROM people WHERE id = $1",
        )
        .bind(text(id))
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| person(&row)).transpose()
    }

    /// Everybody, by name; at most `most`.
    pub async fn people(&self, most: i64) -> Result<Vec<Person>, Error> {
        let rows = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen FROM people
             ORDER BY LOWER(name), id LIMIT $1",
        )
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(person).collect()
    }
}

/// Of its eight columns, which come first.
pub(crate) fn person(row: &AnyRow) -> Result<Person, Error> {
    Ok(Person {
        id: row.try_get(0)?,
        issuer: row.try_get(1)?,
        subject: row.try_get(2)?,
        name: row.try_get(3)?,
        role: row.try_get(4)?,
        disabled: row.try_get::<i64, _>(5)? != 0,
        made: row.try_get(6)?,
        seen: row.try_get(7)?,
    })
}

/// Whether somebody may. Who asks holds their row until the end of the transaction: of two sign-ins at once one waits,
/// and counts what the other began; and nobody is disabled meanwhile.
pub(crate) async fn may_come_in(writing: &mut AnyConnection, id: &str) -> Result<bool, Error> {
    let held = sqlx::query("UPDATE people SET seen = seen WHERE id = $1 AND disabled = 0")
        .bind(text(id))
        .execute(writing)
        .await?;
    Ok(held.rows_affected() > 0)
}

async fn end_sessions(writing: &mut AnyConnection, id: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE person = $1")
        .bind(text(id))
        .execute(writing)
        .await?;
    Ok(())
}

/// Names that differ in case alone are one person's.
fn subject(name: &str) -> String {
    text(&name.to_lowercase())
}
