//! Connections that were made in a browser: their settings, and their secrets, sealed.

use secrecy::{ExposeSecret, SecretString};
use sqlx::{Row, any::AnyRow};

use crate::{Error, Store, text};

/// Of one store.
pub const MOST: i64 = 1_000;
/// What their secrets are sealed with besides the store's own key: a session has a secret of its own, these have none.
const WITH: &str = "connection";

/// A connection, as it is kept. Has no `Debug`: some of it is secret.
#[derive(Clone)]
pub struct Connection {
    /// What people call it, and addresses.
    pub name: String,
    /// Its settings but the secrets, as JSON.
    pub settings: String,
    /// The secrets, as JSON.
    pub secrets: SecretString,
    /// Nobody uses it.
    pub disabled: bool,
    /// Grows with each change.
    pub version: i64,
    /// When it was last changed, in milliseconds since 1970.
    pub changed: i64,
}

/// A row, or the name of one that is not as Crowsnest wrote it.
pub type Found = Result<Connection, String>;

impl Store {
    /// All of them, in their order. One that was changed from outside is told by its name alone: nothing of it is used.
    pub async fn connections(&self) -> Result<Vec<Found>, Error> {
        let rows = sqlx::query(
            "SELECT name, settings, sealed, disabled, version, changed, bound FROM connections
             ORDER BY place, name LIMIT $1",
        )
        .bind(MOST)
        .fetch_all(self.reading()?)
        .await?;
        let broken = |row: &AnyRow| row.try_get::<String, _>("name").unwrap_or_default();
        let found = rows
            .iter()
            .map(|row| self.connection_of(row).unwrap_or_else(|_| Err(broken(row))));
        Ok(found.collect())
    }

    /// Adds one at the end; [`Error::Taken`] where one of that name is, or as many as may be.
    pub async fn add_connection(&self, connection: &Connection, now: i64) -> Result<(), Error> {
        let kept = Kept::new(self, connection, 1)?;
        let added = sqlx::query(
            "INSERT INTO connections (name, place, settings, sealed, disabled, version, changed, bound)
             SELECT $1, (SELECT COALESCE(MAX(place), 0) + 1 FROM connections), $2, $3, $4, 1, $5, $6
             WHERE (SELECT COUNT(*) FROM connections) < $7",
        )
        .bind(&kept.name)
        .bind(&kept.settings)
        .bind(&kept.sealed)
        .bind(i64::from(connection.disabled))
        .bind(now)
        .bind(&kept.bound)
        .bind(MOST)
        .execute(self.writing()?)
        .await?;
        match added.rows_affected() {
            0 => Err(Error::Taken),
            _ => Ok(()),
        }
    }

    /// Whether there are as many as may be.
    pub async fn is_full(&self) -> Result<bool, Error> {
        let row = sqlx::query("SELECT COUNT(*) FROM connections")
            .fetch_one(self.reading()?)
            .await?;
        Ok(row.try_get::<i64, _>(0)? >= MOST)
    }

    /// Puts another one in the place of that of its name and version; `false` where that is not there any more. Its row
    /// may have been changed from outside: it is written anew.
    pub async fn change_connection(
        &self,
        connection: &Connection,
        now: i64,
    ) -> Result<bool, Error> {
        let next = connection.version.saturating_add(1);
        let kept = Kept::new(self, connection, next)?;
        let changed = sqlx::query(
            "UPDATE connections SET settings = $3, sealed = $4, disabled = $5, version = $6, changed = $7, bound = $8
             WHERE name = $1 AND version = $2",
        )
        .bind(&kept.name)
        .bind(connection.version)
        .bind(&kept.settings)
        .bind(&kept.sealed)
        .bind(i64::from(connection.disabled))
        .bind(next)
        .bind(now)
        .bind(&kept.bound)
        .execute(self.writing()?)
        .await?;
        Ok(changed.rows_affected() > 0)
    }

    /// Takes one out; `false` where there is none of that name.
    pub async fn remove_connection(&self, name: &str) -> Result<bool, Error> {
        let removed = sqlx::query("DELETE FROM connections WHERE name = $1")
            .bind(text(name))
            .execute(self.writing()?)
            .await?;
        Ok(removed.rows_affected() > 0)
    }

    /// Puts one before or behind its neighbour; nothing where there is none.
    pub async fn move_connection(&self, name: &str, up: bool) -> Result<(), Error> {
        let mut writing = self.writing()?.begin().await?;
        // A write first: of two at once one waits.
        sqlx::query("UPDATE connections SET place = place WHERE name = $1")
            .bind(text(name))
            .execute(&mut *writing)
            .await?;
        let rows = sqlx::query("SELECT name FROM connections ORDER BY place, name")
            .fetch_all(&mut *writing)
            .await?;
        let names = rows.iter().map(|row| row.try_get(0));
        let mut names: Vec<String> = names.collect::<Result<_, _>>()?;
        let Some(at) = names.iter().position(|other| other == name) else {
            return Ok(());
        };
        let to = if up {
            at.saturating_sub(1)
        } else {
            (at + 1).min(names.len() - 1)
        };
        names.swap(at, to);
        for (place, name) in (1_i64..).zip(&names) {
            sqlx::query("UPDATE connections SET place = $2 WHERE name = $1 AND place <> $2")
                .bind(name)
                .bind(place)
                .execute(&mut *writing)
                .await?;
        }
        Ok(writing.commit().await?)
    }

    fn connection_of(&self, row: &AnyRow) -> Result<Found, Error> {
        let (name, settings): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let (sealed, disabled): (String, i64) = (row.try_get(2)?, row.try_get(3)?);
        let (version, changed): (i64, i64) = (row.try_get(4)?, row.try_get(5)?);
        let parts = [&*name, &*settings, &*sealed];
        if row.try_get::<String, _>(6)? != bound(self, parts, disabled != 0, version)? {
            return Ok(Err(name));
        }
        let secrets = self.seals.open(&place(&name), WITH, &sealed)?;
        let secrets = String::from_utf8(secrets).map_err(|_| Error::Damaged)?;
        Ok(Ok(Connection {
            name,
            settings,
            secrets: secrets.into(),
            disabled: disabled != 0,
            version,
            changed,
        }))
    }
}

/// A connection, as its row is written.
struct Kept {
    name: String,
    settings: String,
    sealed: String,
    bound: String,
}

impl Kept {
    fn new(store: &Store, connection: &Connection, version: i64) -> Result<Self, Error> {
        let (name, settings) = (text(&connection.name), text(&connection.settings));
        let secrets = connection.secrets.expose_secret().as_bytes();
        let sealed = store.seals.seal(&place(&name), WITH, secrets)?;
        let parts = [&*name, &*settings, &*sealed];
        let bound = bound(store, parts, connection.disabled, version)?;
        Ok(Self {
            name,
            settings,
            sealed,
            bound,
        })
    }
}

/// What a row is bound with: its name, settings and sealed secrets.
fn bound(store: &Store, parts: [&str; 3], disabled: bool, version: i64) -> Result<String, Error> {
    let [name, settings, sealed] = parts;
    let disabled = if disabled { "1" } else { "0" };
    let parts = [name, settings, sealed, disabled, &version.to_string()];
    store.seals.link("connection", &parts)
}

fn place(name: &str) -> [&str; 3] {
    ["connections", "sealed", name]
}
