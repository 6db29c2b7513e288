mod destination;
mod entities;
mod polaris;
mod probe;
mod tables;
mod world;

use std::{
    hash::Hash,
    panic,
    sync::{
        Arc, Mutex, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use iceberg_rest::{
    Client, Dialect, Error, Server, SnapshotsMode, TableIdent, types::LoadTableResult,
};
use moka::future::Cache;
use tokio::sync::Semaphore;
use tracing::Instrument;

use super::{
    listing::{List, ListKind},
    once::Once,
    renewals::Renewals,
};
use world::Collection;

use crate::{
    forms::Made,
    model::access::{grants::Outcomes, onboard::Report},
    posted::Untold,
};

pub use probe::Probe;
pub use world::State;

/// How long what was read may be shown again without asking the catalog. Every page says when its
/// data was read, and its refresh goes around this.
const FRESH: Duration = Duration::from_secs(30);
/// How long metadata is kept to be asked for under its ETag.
const KEPT: Duration = Duration::from_secs(600);
const CONFIG_FRESH: Duration = Duration::from_secs(300);
/// What all tables held in memory may take together, by the size of their JSON; as much again
/// for those held as text.
const TABLES_BYTES: u64 = 48 * 1024 * 1024;

type Scope = (Option<String>, Option<String>);

/// One configured catalog server and the identity it is called with.
pub struct Connection {
    pub name: String,
    pub url: String,
    /// As configured; `None` is detected.
    pub kind: Option<Dialect>,
    /// The warehouse that an address without `w=` means.
    pub warehouse: Option<String>,
    /// How calls are authenticated, in a word.
    pub auth: &'static str,
    /// Who calls are made as, where the configuration says: a client or access key id.
    pub identity: Option<String>,
    /// What else is configured of the authentication and no secret, by the keys of a destination.
    pub sign_in: Vec<(&'static str, String)>,
    pub read_only: bool,
    pub server: Server,
    probe: RwLock<Option<Probe>>,
    /// For one look at a time.
    probing: Semaphore,
    world: Mutex<Option<Arc<Collection>>>,
    changes: AtomicU64,
    clients: Cache<Scope, (Client, SystemTime)>,
    tables: Cache<(Scope, TableIdent, SnapshotsMode), Read<LoadTableResult>>,
    raw_tables: Cache<(Scope, TableIdent), Read<String>>,
    lists: Cache<(Scope, ListKind), Arc<List>>,
    entities: entities::Entities,
    /// How many calls are made, by the principal that is being onboarded.
    pub onboarding: Cache<String, usize>,
    pub asked: Asked,
    pub renewals: Renewals,
}

/// The changes that forms have asked for lately, by what comes of them.
#[derive(Default)]
pub struct Asked {
    pub actions: Once<()>,
    pub forms: Once<Made>,
    pub grants: Once<Outcomes>,
    pub onboarding: Once<(Report, Untold)>,
}

/// A value and when it was read.
pub struct Read<T> {
    pub value: Arc<T>,
    pub at: SystemTime,
    etag: Option<String>,
    /// Length of the answer.
    bytes: usize,
    /// Whether anybody was still there to receive it.
    received: Arc<AtomicBool>,
}

impl<T> Read<T> {
    fn new(value: Arc<T>, etag: Option<String>, bytes: usize) -> Self {
        Self {
            value,
            at: SystemTime::now(),
            etag,
            bytes,
            received: Arc::default(),
        }
    }

    fn is_fresh(&self) -> bool {
        self.at.elapsed().is_ok_and(|age| age < FRESH)
    }

    /// Whether it answers an ask for now: it ended after everyone who asked for it had given up.
    fn is_news(&self) -> bool {
        self.is_fresh() && !self.received.load(Ordering::Acquire)
    }

    fn receive(self) -> Self {
        self.received.store(true, Ordering::Release);
        self
    }
}

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            at: self.at,
            etag: self.etag.clone(),
            bytes: self.bytes,
            received: self.received.clone(),
        }
    }
}

impl Connection {
    pub fn new(name: String, url: String, server: Server) -> Self {
        Self {
            name,
            url,
            kind: None,
            warehouse: None,
            auth: "none",
            identity: None,
            sign_in: Vec::new(),
            read_only: false,
            server,
            probe: RwLock::default(),
            probing: Semaphore::new(1),
            world: Mutex::default(),
            changes: AtomicU64::new(0),
            clients: Cache::builder()
                .max_capacity(256)
                .time_to_live(CONFIG_FRESH)
                .build(),
            tables: by_size(KEPT),
            raw_tables: by_size(FRESH),
            lists: Cache::builder()
                .max_capacity(64)
                .time_to_live(FRESH)
                .build(),
            entities: entities::cache(),
            onboarding: Cache::builder().time_to_live(KEPT).build(),
            asked: Asked::default(),
            renewals: Renewals::default(),
        }
    }

    fn scope(&self, warehouse: Option<&str>, reference: Option<&str>) -> Scope {
        let warehouse = warehouse.or(self.warehouse.as_deref());
        (warehouse.map(str::to_owned), reference.map(str::to_owned))
    }

    /// A client for one warehouse, connected once for all who ask meanwhile.
    pub async fn client(
        &self,
        warehouse: Option<&str>,
        reference: Option<&str>,
    ) -> Result<Client, Error> {
        Ok(self.connect(warehouse, reference, false).await?.0)
    }

    /// [`Connection::client`] and when it connected; `fresh` connects anew.
    pub async fn connect(
        &self,
        warehouse: Option<&str>,
        reference: Option<&str>,
        fresh: bool,
    ) -> Result<(Client, SystemTime), Error> {
        let scope = self.scope(warehouse, reference);
        if fresh {
            self.clients.invalidate(&scope).await;
        }
        let (clients, server) = (self.clients.clone(), self.server.clone());
        let connected = seen_through(async move {
            let connecting = async {
                let (warehouse, reference) = (scope.0.as_deref(), scope.1.as_deref());
                let client = server.connect(warehouse, reference).await?;
                Ok((client, SystemTime::now()))
            };
            clients.try_get_with_by_ref(&scope, connecting).await
        });
        connected
            .await
            .map_err(|error: Arc<Error>| (*error).clone())
    }

    /// The list of what a namespace holds, which may still be arriving. One that failed is not kept.
    pub async fn list(&self, client: &Client, kind: ListKind, fresh: bool) -> Arc<List> {
        let key = (self.scope(client.warehouse(), client.reference()), kind);
        let start = async { List::start(client, &key.1) };
        self.lists
            .entry_by_ref(&key)
            .or_insert_with_if(start, |kept| fresh || kept.failed())
            .await
            .into_value()
    }
}

/// Goes on with what is read even where a page gives up waiting for it: whoever asks again joins it,
/// or finds what it brought.
async fn seen_through<T: Send + 'static>(reading: impl Future<Output = T> + Send + 'static) -> T {
    match tokio::spawn(reading.in_current_span()).await {
        Ok(read) => read,
        // Nothing cancels it, so it panicked: so does who waits for it.
        Err(error) => panic::resume_unwind(error.into_panic()),
    }
}

/// Keeps no more than fits.
fn by_size<K, T>(kept: Duration) -> Cache<K, Read<T>>
where
    K: Hash + Eq + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    Cache::builder()
        .weigher(|_, read: &Read<T>| u32::try_from(read.bytes).unwrap_or(u32::MAX))
        .max_capacity(TABLES_BYTES)
        .time_to_live(kept)
        .build()
}
