mod destination;
mod entities;
mod polaris;
mod tables;
mod world;

use std::{
    hash::Hash,
    sync::{Arc, Mutex, RwLock, atomic::AtomicU64},
    time::{Duration, Instant, SystemTime},
};

use iceberg_rest::{
    Client, Dialect, Error, Server, SnapshotsMode, TableIdent, types::LoadTableResult,
};
use moka::future::Cache;

use super::listing::{List, ListKind};
use world::Collection;

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
    world: Mutex<Option<Arc<Collection>>>,
    changes: AtomicU64,
    clients: Cache<Scope, (Client, SystemTime)>,
    tables: Cache<(Scope, TableIdent, SnapshotsMode), Read<LoadTableResult>>,
    raw_tables: Cache<(Scope, TableIdent), Read<String>>,
    lists: Cache<(Scope, ListKind), Arc<List>>,
    entities: entities::Entities,
}

/// A value and when it was read.
pub struct Read<T> {
    pub value: Arc<T>,
    pub at: SystemTime,
    etag: Option<String>,
    /// Length of the answer.
    bytes: usize,
}

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            at: self.at,
            etag: self.etag.clone(),
            bytes: self.bytes,
        }
    }
}

/// What the last look at a connection saw.
#[derive(Clone, Debug)]
pub struct Probe {
    pub at: SystemTime,
    pub latency: Duration,
    pub outcome: Result<Dialect, Error>,
    pub version: Option<String>,
    /// Names, where the server can tell them.
    pub warehouses: Vec<String>,
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
        let (server, connected) = (self.server.clone(), scope.clone());
        self.clients
            .try_get_with(scope, async move {
                let (warehouse, reference) = (connected.0.as_deref(), connected.1.as_deref());
                let client = server.connect(warehouse, reference).await?;
                Ok((client, SystemTime::now()))
            })
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

    /// The last look; `None` until the first has ended.
    pub fn probed(&self) -> Option<Probe> {
        self.probe.read().ok().and_then(|probe| probe.clone())
    }

    /// Looks whether the server answers, and as what; the home page shows the last look.
    pub async fn probe(&self) {
        let started = Instant::now();
        let outcome = self
            .server
            .connect(self.warehouse.as_deref(), None)
            .await
            .map(|client| client.dialect());
        let latency = started.elapsed();
        let warehouses = match &outcome {
            Ok(_) => self
                .server
                .list_warehouses()
                .await
                .map(|list| list.items.into_iter().map(|found| found.name).collect())
                .unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let probe = Probe {
            at: SystemTime::now(),
            latency,
            outcome,
            version: self.server.version().await,
            warehouses,
        };
        if let Ok(mut state) = self.probe.write() {
            *state = Some(probe);
        }
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
