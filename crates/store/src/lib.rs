//! What Crowsnest keeps: people, sessions, and the record of changes. A file of SQLite, or PostgreSQL where
//! several of Crowsnest share one; each query is written once for both.
//!
//! Who reads the database alone learns no secret from it: what opens something is kept as a hash, what has to
//! be read again is sealed with a key that is not in the database.

#![warn(missing_docs)]

pub mod attempts;
pub mod audit;
mod bound;
mod connect;
pub mod connections;
pub mod copies;
mod error;
mod file;
pub mod kept;
mod key;
pub mod people;
mod random;
mod seal;
pub mod sessions;
pub mod tokens;
pub mod upkeep;

use std::{
    path::PathBuf,
    sync::{Arc, atomic::AtomicI64},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use secrecy::SecretString;
use sqlx::{
    Any, AnyPool, SqlSafeStr, Transaction,
    migrate::{Migration, MigrationType, Migrator},
};

use connect::Pools;
use copies::Copies;
pub use error::Error;
use file::Opened;
pub use key::Key;
pub use random::secret;
use seal::Seals;
use tokio::time::timeout;

/// How long one waits for what is written by the way.
const BY_THE_WAY: Duration = Duration::from_millis(300);

/// Where the store is.
#[derive(Clone, Debug)]
pub enum Place {
    /// Nowhere: it ends with the process.
    Memory,
    /// A file of SQLite.
    File(PathBuf),
    /// `postgres://…`, which may hold a password.
    Postgres(SecretString),
}

/// The database, and the keys for what is sealed in it. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    /// Apart, so that who reads waits for no writer, also where all of them wait for one.
    writes: AnyPool,
    seals: Seals,
    /// How the database is told to look at one moment.
    moment: &'static str,
    copies: Option<Arc<Copies>>,
    /// Of SQLite.
    file: Option<Arc<Opened>>,
    /// The last row of the record that this process wrote.
    written: Arc<AtomicI64>,
}

impl Store {
    /// Opens the store at `place`, makes it or brings it up to date first, and unseals its keys with `key`.
    ///
    /// Fails where the database cannot be used, says that it is newer than this program, or is sealed with
    /// another key.
    pub async fn open(place: &Place, key: &Key) -> Result<Self, Error> {
        let Pools { reads, writes } = connect::connect(place).await?;
        let file = match place {
            Place::File(path) => Some(Arc::new(Opened::at(path)?)),
            _ => None,
        };
        let (mut making, moment) = match place {
            Place::Postgres(_) => {
                // Under a lock of its own.
                migrations().run(&writes).await?;
                let moment = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                (writes.begin().await?, moment)
            }
            // Of two processes that start at once one waits here: SQLite's migrations know no lock.
            _ => {
                let mut making = writes.begin_with("BEGIN IMMEDIATE").await?;
                // `run` with a connection that is lent cannot be sent to another thread; this is what it calls.
                migrations().run_direct(None, &mut *making, false).await?;
                (making, "BEGIN")
            }
        };
        // In one go: a store has its keys and the beginning of its record, or is none yet.
        let seals = key::unsealed(&mut making, key).await?;
        making.commit().await?;
        Ok(Self {
            pool: reads,
            writes,
            seals,
            moment,
            copies: None,
            file,
            written: Arc::default(),
        })
    }

    /// One that ends with the process, for tests and for a look around.
    pub async fn memory() -> Result<Self, Error> {
        Self::open(&Place::Memory, &Key::random()?).await
    }

    /// The same, which also copies whatever it writes to its record from now on.
    pub fn copying(self, copies: Copies) -> Self {
        let copies = Some(Arc::new(copies));
        Self { copies, ..self }
    }

    /// Where its record is copied to.
    pub fn copies(&self) -> Option<&Copies> {
        self.copies.as_deref()
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        sqlx::query("SELECT 1").execute(self.reading()?).await?;
        Ok(())
    }

    fn reading(&self) -> Result<&AnyPool, Error> {
        self.is_there().map(|()| &self.pool)
    }

    fn writing(&self) -> Result<&AnyPool, Error> {
        self.is_there().map(|()| &self.writes)
    }

    /// What is written to a file that was moved away is lost, and what lies in its place is another store.
    fn is_there(&self) -> Result<(), Error> {
        self.file.as_deref().map_or(Ok(()), Opened::is_there)
    }

    /// To read several times as of one moment, whatever is written meanwhile.
    async fn moment(&self) -> Result<Transaction<'static, Any>, Error> {
        Ok(self.reading()?.begin_with(self.moment).await?)
    }
}

/// What is written by the way, of which nobody waits for the outcome: who may read is let in while nothing can be
/// written, and while that takes long.
async fn by_the_way<T>(writing: impl Future<Output = Result<T, sqlx::Error>>) -> Result<(), Error> {
    match timeout(BY_THE_WAY, writing).await {
        Ok(Err(error)) => match Error::from(error) {
            error if error.passes() => Ok(()),
            error => Err(error),
        },
        _ => Ok(()),
    }
}

fn migrations() -> Migrator {
    let all = [
        ("begin", include_str!("../migrations/1_begin.sql")),
        ("bound", include_str!("../migrations/2_bound.sql")),
        (
            "connections",
            include_str!("../migrations/3_connections.sql"),
        ),
    ];
    let made = (1..).zip(all).map(|(number, (name, sql))| {
        let sql = sql.into_sql_str();
        Migration::new(number, name.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(made.collect())
}

/// Milliseconds since 1970, UTC.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// What a database takes as text: PostgreSQL takes no NUL.
fn text(value: &str) -> String {
    value.replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests;
