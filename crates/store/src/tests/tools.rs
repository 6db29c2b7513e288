//! Stores to try, each of which is gone with its test.

use std::{
    env, fs,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
    task::Poll,
};

use secrecy::SecretString;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, pool::PoolConnection};

use super::postgres;
use crate::{Key, Place, Store, audit::Entry, people::Person, sessions::Lasts};

pub const NOW: i64 = 1_800_000_000_000;
pub const LASTS: Lasts = Lasts {
    idle: 1_800_000,
    whole: 43_200_000,
};

/// Each of these tests on each database.
macro_rules! everywhere {
    ($($name:ident)+) => {
        mod in_memory {
            $(#[tokio::test] async fn $name() { super::$name(&super::super::At::memory().await).await })+
        }
        mod in_a_file {
            $(#[tokio::test] async fn $name() { super::$name(&super::super::At::file().await).await })+
        }
        mod in_postgres {
            $(#[tokio::test] async fn $name() { super::$name(&super::super::At::postgres().await).await })+
        }
    };
}
pub(super) use everywhere;

/// A folder that goes with its test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("crowsnest-store-{}-{number}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A store, where it is, and its key.
pub struct At {
    pub store: Store,
    pub place: Place,
    pub key: Key,
    pub folder: Folder,
}

impl At {
    pub async fn memory() -> Self {
        Self::new(|_| Place::Memory).await
    }

    pub async fn file() -> Self {
        Self::new(|folder| Place::File(folder.0.join("store.db"))).await
    }

    pub async fn postgres() -> Self {
        let place = Place::Postgres(postgres::schema().await);
        Self::new(|_| place).await
    }

    async fn new(place: impl FnOnce(&Folder) -> Place) -> Self {
        let folder = Folder::new();
        let (place, key) = (place(&folder), Key::random().unwrap());
        let store = Store::open(&place, &key).await.unwrap();
        Self {
            store,
            place,
            key,
            folder,
        }
    }

    /// Another on the same database, as a second process has it.
    pub async fn again(&self) -> Store {
        Store::open(&self.place, &self.key).await.unwrap()
    }

    pub fn path(&self) -> PathBuf {
        self.folder.0.join("store.db")
    }

    /// As who has the database alone.
    pub async fn run(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        sqlx::raw_sql(sql).execute(&self.store.pool).await.unwrap();
    }

    /// On all connections of the store, of which each has its own settings.
    pub async fn settle(&self, sql: &str) {
        for pool in [&self.store.pool, &self.store.writes] {
            let mut all: Vec<PoolConnection<sqlx::Any>> = Vec::new();
            for _ in 0..pool.options().get_max_connections() {
                let mut one = pool.acquire().await.unwrap();
                let sql = AssertSqlSafe(sql.to_owned());
                sqlx::raw_sql(sql).execute(&mut *one).await.unwrap();
                all.push(one);
            }
        }
    }

    /// A connection of somebody else to the same file.
    pub async fn beside(&self) -> AnyConnection {
        let address = format!("sqlite://{}", self.path().display());
        AnyConnection::connect(&address).await.unwrap()
    }
}

pub async fn somebody(store: &Store, subject: &str) -> Person {
    let arrived = store.arrive("https://idp", subject, subject, "viewer", NOW);
    arrived.await.unwrap()
}

/// What opens a session of theirs that was begun now.
pub async fn session_of(store: &Store, person: &Person) -> SecretString {
    let begun = store.begin_session(&person.id, ("", ""), "", LASTS, NOW);
    begun.await.unwrap()
}

pub fn entry(object: &str, outcome: &str) -> Entry {
    Entry {
        event: "table_drop".into(),
        person: "somebody".into(),
        connection: "prod".into(),
        object: object.into(),
        outcome: outcome.into(),
        record: "{}".into(),
    }
}

/// What this comes to where it does within so many looks at it; else it is given up.
pub async fn polled<T>(most: u32, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut looks) = (std::pin::pin!(work), 0);
    std::future::poll_fn(|context| {
        if looks == most {
            return Poll::Ready(None);
        }
        looks += 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}
