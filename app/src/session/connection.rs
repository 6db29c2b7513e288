use std::{
    sync::{Arc, RwLock},
    time::{Duration, Instant, SystemTime},
};

use iceberg_rest::{
    Client, Dialect, Error, LoadTableResult, Loaded, Namespace, Server, SnapshotsMode, TableIdent,
};
use moka::future::Cache;

use super::listing::{List, ListKind};

/// How long what was read may be shown again without asking the catalog. Every page says when its
/// data was read, and its refresh goes around this.
const FRESH: Duration = Duration::from_secs(30);
const CONFIG_FRESH: Duration = Duration::from_secs(300);
/// What all tables held in memory may take together, by the size of their JSON.
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
    pub read_only: bool,
    pub server: Server,
    probe: RwLock<Option<Probe>>,
    clients: Cache<Scope, Client>,
    tables: Cache<(Scope, TableIdent, SnapshotsMode), Arc<Read<LoadTableResult>>>,
    lists: Cache<(Scope, ListKind), Arc<List>>,
}

/// A value and when it was read.
pub struct Read<T> {
    pub value: T,
    pub at: SystemTime,
    pub bytes: u64,
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
            read_only: false,
            server,
            probe: RwLock::default(),
            clients: Cache::builder()
                .max_capacity(256)
                .time_to_live(CONFIG_FRESH)
                .build(),
            tables: Cache::builder()
                .weigher(|_, table: &Arc<Read<LoadTableResult>>| {
                    u32::try_from(table.bytes).unwrap_or(u32::MAX)
                })
                .max_capacity(TABLES_BYTES)
                .time_to_live(FRESH)
                .build(),
            lists: Cache::builder()
                .max_capacity(64)
                .time_to_live(FRESH)
                .build(),
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
        let scope = self.scope(warehouse, reference);
        self.clients
            .try_get_with_by_ref(&scope, async {
                self.server
                    .connect(scope.0.as_deref(), scope.1.as_deref())
                    .await
            })
            .await
            .map_err(|error: Arc<Error>| (*error).clone())
    }

    /// A table's metadata, at most [`FRESH`] old unless `fresh` asks for now.
    pub async fn table(
        &self,
        client: &Client,
        table: &TableIdent,
        snapshots: SnapshotsMode,
        fresh: bool,
    ) -> Result<Arc<Read<LoadTableResult>>, Error> {
        let key = (
            self.scope(client.warehouse(), client.reference()),
            table.clone(),
            snapshots,
        );
        if fresh {
            self.tables.invalidate(&key).await;
        }
        self.tables
            .try_get_with_by_ref(&key, async {
                match client.load_table(table, snapshots, None).await? {
                    Loaded::Table { result, bytes, .. } => Ok(Arc::new(Read {
                        value: result,
                        at: SystemTime::now(),
                        bytes,
                    })),
                    Loaded::NotModified => Err(Error::malformed(
                        "the catalog answered “not modified” to an unconditional request",
                    )),
                }
            })
            .await
            .map_err(|error: Arc<Error>| (*error).clone())
    }

    /// The list of what a namespace holds, which may still be arriving.
    pub async fn list(&self, client: &Client, kind: ListKind, fresh: bool) -> Arc<List> {
        let key = (self.scope(client.warehouse(), client.reference()), kind);
        if fresh {
            self.lists.invalidate(&key).await;
        }
        let list = self
            .lists
            .get_with_by_ref(&key, async { List::start(client, &key.1) })
            .await;
        if list.failed() {
            self.lists.invalidate(&key).await;
        }
        list
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
