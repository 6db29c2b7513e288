mod batches;
mod change;
mod destination;
mod entities;
mod probe;
mod tables;
mod world;

use std::{
    sync::{
        Arc, LazyLock, Mutex, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use batches::Batches;
use iceberg_rest::{Client, Dialect, Error, Server, types::CatalogConfig};
use model::access::{grants::Outcomes, onboard::Report};
use tokio::sync::Semaphore;
use world::Collection;

use crate::{
    listing::{self, ListKind, Look},
    made::Made,
    once::Once,
    reads::{Id, Read, Reads, Scope},
    renewals::Renewals,
    untold::Untold,
};

pub use probe::Probe;
pub use world::State;

/// How long metadata is kept to be asked for under its ETag.
const KEPT: Duration = Duration::from_secs(600);
const CONFIG_FRESH: Duration = Duration::from_secs(300);
/// How many lists and collections of grants a connection reads at a time; others wait their turn.
const TURNS: usize = 8;

static CLIENTS: LazyLock<Reads<Scope, Client, Error>> =
    LazyLock::new(|| Reads::new(CONFIG_FRESH, CONFIG_FRESH, 16 * 1024 * 1024));

/// One configured catalog server and the identity it is called with.
pub struct Catalog {
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
    id: Id,
    probe: RwLock<Option<Probe>>,
    /// For one look at a time.
    probing: Arc<Semaphore>,
    world: Mutex<Option<Arc<Collection>>>,
    changes: AtomicU64,
    turns: Arc<Semaphore>,
    pub asked: Asked,
    pub batches: Batches,
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

impl Catalog {
    pub fn new(name: String, url: String, server: Server) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
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
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            probe: RwLock::default(),
            probing: Arc::new(Semaphore::new(1)),
            world: Mutex::default(),
            changes: AtomicU64::new(0),
            turns: Arc::new(Semaphore::new(TURNS)),
            asked: Asked::default(),
            batches: Batches::new(),
            renewals: Renewals::default(),
        }
    }

    fn scope(&self, warehouse: Option<&str>, reference: Option<&str>) -> Scope {
        let warehouse = warehouse.or(self.warehouse.as_deref());
        let (warehouse, reference) = (warehouse.map(str::to_owned), reference.map(str::to_owned));
        (self.id, warehouse, reference)
    }

    /// A client for one warehouse, connected once for all who ask meanwhile.
    pub async fn client(
        &self,
        warehouse: Option<&str>,
        reference: Option<&str>,
    ) -> Result<Client, Error> {
        Ok(self.connect(warehouse, reference, false).await?.0)
    }

    /// [`Catalog::client`] and when it connected; `fresh` connects anew.
    pub async fn connect(
        &self,
        warehouse: Option<&str>,
        reference: Option<&str>,
        fresh: bool,
    ) -> Result<(Client, SystemTime), Error> {
        let scope = self.scope(warehouse, reference);
        let (server, to) = (self.server.clone(), scope.clone());
        let connect = |_| async move {
            let client = server.connect(to.1.as_deref(), to.2.as_deref()).await?;
            let bytes = size(client.config());
            Ok::<_, Error>(Read::new(Arc::new(client), None, bytes))
        };
        let read = CLIENTS.get(scope, fresh, connect).await?;
        Ok((Client::clone(&read.value), read.at))
    }

    /// The list of what a namespace holds, which may still be arriving.
    pub async fn list(&self, client: &Client, kind: ListKind, fresh: bool) -> Look {
        let key = (self.scope(client.warehouse(), client.reference()), kind);
        listing::look(key, client, &self.turns, fresh).await
    }
}

/// What a client takes in memory, about.
fn size(config: &CatalogConfig) -> usize {
    let settings = config.defaults.iter().chain(&config.overrides);
    let settings: usize = settings
        .map(|(key, value)| key.len() + value.len() + 64)
        .sum();
    let endpoints = config.endpoints.iter().flatten();
    let endpoints: usize = endpoints.map(|endpoint| endpoint.len() + 64).sum();
    4096 + settings + endpoints
}
