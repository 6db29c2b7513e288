//! Rows that say who may do what, bound by a keyed hash to what Crowsnest wrote there: who has the database alone gives
//! nobody a role, a password, a token or somebody else's session. What stood in the same row before can be put back.

use sqlx::{Row, any::AnyRow};

use crate::{Error, Store, people::Person, random, seal::Seals, text};

/// A row of people, whole.
pub(crate) struct Kept {
    pub person: Person,
    /// Hash of their password.
    pub password: Option<String>,
    /// It is as Crowsnest wrote it.
    pub is_whole: bool,
}

impl Kept {
    /// Somebody who was not there before.
    pub fn new(
        (issuer, subject): (&str, &str),
        name: &str,
        role: &str,
        password: Option<String>,
        now: i64,
    ) -> Result<Self, Error> {
        Ok(Self {
            person: Person {
                id: random::handle()?,
                issuer: text(issuer),
                subject: text(subject),
                name: text(name),
                role: text(role),
                disabled: false,
                made: now,
                seen: now,
            },
            password,
            is_whole: true,
        })
    }

    /// Of its ten columns, which come first.
    pub fn of(seals: &Seals, row: &AnyRow) -> Result<Self, Error> {
        let bound: String = row.try_get(9)?;
        let mut kept = Self {
            person: Person {
                id: row.try_get(0)?,
                issuer: row.try_get(1)?,
                subject: row.try_get(2)?,
                name: row.try_get(3)?,
                role: row.try_get(4)?,
                disabled: row.try_get::<i64, _>(5)? != 0,
                made: row.try_get(6)?,
                seen: row.try_get(7)?,
            },
            password: row.try_get(8)?,
            is_whole: true,
        };
        kept.is_whole = kept.bound(seals)? == bound;
        Ok(kept)
    }

    /// What their row is bound with: all of it.
    pub fn bound(&self, seals: &Seals) -> Result<String, Error> {
        let it = &self.person;
        let flag = |is: bool| if is { "1" } else { "0" };
        let parts = [
            &it.id,
            &it.issuer,
            &it.subject,
            &it.name,
            &it.role,
            flag(it.disabled),
            &it.made.to_string(),
            &it.seen.to_string(),
            flag(self.password.is_some()),
            self.password.as_deref().unwrap_or_default(),
        ];
        seals.link("person", &parts)
    }

    /// The person; nobody who may anything, where the row is not as it was written.
    pub fn person(self) -> Person {
        match self.is_whole {
            true => self.person,
            false => {
                let person = &self.person.id;
                tracing::error!(
                    person,
                    "what is stored of a person was changed from outside: they are let in no more (crowsnest check-store)"
                );
                Person {
                    role: String::new(),
                    disabled: true,
                    ..self.person
                }
            }
        }
    }
}

/// What a token is bound with.
pub(crate) fn token(
    seals: &Seals,
    (id, person): (&str, &str),
    role: &str,
    ends: i64,
) -> Result<String, Error> {
    seals.link("token", &[id, person, role, &ends.to_string()])
}

/// What a session is bound with.
pub(crate) fn session(
    seals: &Seals,
    (id, person): (&str, &str),
    made: i64,
) -> Result<String, Error> {
    seals.link("session", &[id, person, &made.to_string()])
}

impl Store {
    /// Names of people, of tokens and of connections, whose rows are not as Crowsnest wrote them.
    pub async fn check_bound(&self) -> Result<Vec<String>, Error> {
        let mut changed = Vec::new();
        let mut reading = self.moment().await?;
        let people = sqlx::query(
            "SELECT id, issuer, subject, name, role, disabled, made, seen, password, bound
             FROM people ORDER BY name, id",
        );
        for row in people.fetch_all(&mut *reading).await? {
            let kept = Kept::of(&self.seals, &row)?;
            if !kept.is_whole {
                changed.push(kept.person.name);
            }
        }
        let tokens =
            sqlx::query("SELECT id, person, role, ends, bound, name FROM tokens ORDER BY name, id");
        for row in tokens.fetch_all(&mut *reading).await? {
            let (id, person): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let (role, ends): (String, i64) = (row.try_get(2)?, row.try_get(3)?);
            let (bound, name): (String, String) = (row.try_get(4)?, row.try_get(5)?);
            if token(&self.seals, (&id, &person), &role, ends)? != bound {
                changed.push(format!("token {name}"));
            }
        }
        // They are few: read once more, in their own way.
        drop(reading);
        let connections = self.connections().await?;
        let broken = connections.into_iter().filter_map(Result::err);
        changed.extend(broken.map(|name| format!("connection {name}")));
        Ok(changed)
    }
}
