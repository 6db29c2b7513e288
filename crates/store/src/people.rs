//! Those who sign in. Whose word it is that somebody is who they are stands in `issuer`: a provider's address, or
//! one of ours. A person is known by issuer and subject together, never by a name, which another may have too.

mod change;

use sqlx::{AnyConnection, any::AnyRow};

use crate::{Error, Store, bound::Kept, text};
use change::Ends;

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
    /// Another role than before ends their sessions. Whose row was changed from outside stays nobody.
    pub async fn arrive(
        &self,
        issuer: &str,
        subject: &str,
        name: &str,
        role: &str,
        now: i64,
    ) -> Result<Person, Error> {
        let new = Kept::new((issuer, subject), name, role, None, now)?;
        let mut writing = self.writing()?.begin().await?;
        self.insert(&mut writing, &new).await?;
        let row = sqlx::query(
            "UPDATE people SET seen = seen WHERE issuer = $1 AND subject = $2
             RETURNING id, issuer, subject, name, role, disabled, made, seen, password, bound",
        )
        .bind(&new.person.issuer)
        .bind(&new.person.subject)
        .fetch_one(&mut *writing)
        .await?;
        let mut kept = Kept::of(&self.seals, &row)?;
        if kept.is_whole {
            let ends = match kept.person.role == new.person.role {
                true => Ends::Nothing,
                false => Ends::Sessions,
            };
            let Person { name, role, .. } = new.person;
            kept.person = Person {
                name,
                role,
                seen: now,
                ..kept.person
            };
            self.write(&mut writing, &kept, ends).await?;
        }
        writing.commit().await?;
        Ok(kept.person())
    }

    /// Adds somebody with a password, of which the hash is given; [`Error::Taken`] where the name is.
    pub async fn add(
        &self,
        name: &str,
        role: &str,
        password: &str,
        now: i64,
    ) -> Result<Person, Error> {
        let subject = subject(name);
        let mut new = Kept::new((LOCAL, &subject), name, role, Some(text(password)), now)?;
        new.person.seen = 0;
        let mut writing = self.writing()?.begin().await?;
        if !self.insert(&mut writing, &new).await? {
            return Err(Error::Taken);
        }
        writing.commit().await?;
        Ok(new.person())
    }

    /// `false` where somebody of that issuer and subject is there.
    async fn insert(&self, writing: &mut AnyConnection, new: &Kept) -> Result<bool, Error> {
        let Kept {
            person, password, ..
        } = new;
        let made = sqlx::query(
            "INSERT INTO people (id, issuer, subject, name, role, password, disabled, made, seen, bound)
             VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9) ON CONFLICT (issuer, subject) DO NOTHING",
        )
        .bind(&person.id)
        .bind(&person.issuer)
        .bind(&person.subject)
        .bind(&person.name)
        .bind(&person.role)
        .bind(password)
        .bind(person.made)
        .bind(person.seen)
        .bind(new.bound(&self.seals)?)
        .execute(writing)
        .await?;
        Ok(made.rows_affected() > 0)
    }

    /// Somebody with a password, and its hash.
    pub async fn by_name(&self, name: &str) -> Result<Option<(Person, String)>, Error> {
        let row = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen, password, bound FROM people
             WHERE issuer = $1 AND subject = $2 AND password IS NOT NULL",
        )
        .bind(LOCAL)
        .bind(subject(name))
        .fetch_optional(self.reading()?)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let mut kept = Kept::of(&self.seals, &row)?;
        let password = kept.password.take().filter(|_| kept.is_whole);
        Ok(Some((kept.person(), password.unwrap_or_default())))
    }

    /// Those who are called so, or have this id, whoever speaks for them.
    pub async fn called(&self, name: &str) -> Result<Vec<Person>, Error> {
        let rows = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen, password, bound FROM people
             WHERE id = $1 OR name = $1 OR (issuer = $2 AND subject = $3) ORDER BY id LIMIT 10",
        )
        .bind(text(name))
        .bind(LOCAL)
        .bind(subject(name))
        .fetch_all(self.reading()?)
        .await?;
        rows.iter().map(|row| self.person_of(row)).collect()
    }

    /// Somebody as their issuer knows them.
    pub async fn by_subject(&self, issuer: &str, subject: &str) -> Result<Option<Person>, Error> {
        let row = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen, password, bound FROM people
             WHERE issuer = $1 AND subject = $2",
        )
        .bind(text(issuer))
        .bind(text(subject))
        .fetch_optional(self.reading()?)
        .await?;
        row.map(|row| self.person_of(&row)).transpose()
    }

    /// The one of that id.
    pub async fn person(&self, id: &str) -> Result<Option<Person>, Error> {
        let row = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen, password, bound FROM people WHERE id = $1",
        )
        .bind(text(id))
        .fetch_optional(self.reading()?)
        .await?;
        row.map(|row| self.person_of(&row)).transpose()
    }

    /// Everybody, by name; at most `most`.
    pub async fn people(&self, most: i64) -> Result<Vec<Person>, Error> {
        let rows = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen, password, bound FROM people
             ORDER BY LOWER(name), id LIMIT $1",
        )
        .bind(most)
        .fetch_all(self.reading()?)
        .await?;
        rows.iter().map(|row| self.person_of(row)).collect()
    }

    /// Of its ten columns, which come first.
    pub(crate) fn person_of(&self, row: &AnyRow) -> Result<Person, Error> {
        Ok(Kept::of(&self.seals, row)?.person())
    }
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

/// Names that differ in case alone are one person's.
fn subject(name: &str) -> String {
    text(&name.to_lowercase())
}
