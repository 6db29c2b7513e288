mod batches;
mod change;
mod destination;
mod entities;
mod probe;
mod tables;
mod world;

use std::{
    sync::{Arc, LazyLock, Mutex, RwLock, atomic::AtomicU64},
    time::{Duration, SystemTime},
};

use batches::Batches;
use iceberg_rest::{Auth, Client, Error, Http, Server, types::CatalogConfig};
use model::access::{grants::Outcomes, onboard::Report};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use world::Collection;

use crate::{
    Spec,
    cache::{CACHE, Grant, Question, Scope},
    listing::{self, ListKind, ListOf, Look},
    made::Made,
    once::Once,
    reads::{Read, Reads},
    renewals::Renewals,
    untold::Untold,
};

pub use probe::Probe;
pub use world::State;

/// How long metadata is kept to be asked for under its ETag.
const KEPT: Duration = Duration::from_secs(600);
const CONFIG_FRESH: Duration = Duration::from_secs(300);
/// How many lists and collections of grants a catalog reads at a time; others wait their turn.
const TURNS: usize = 8;

static CLIENTS: LazyLock<Reads<Opened, Client, Error>> = LazyLock::new(|| Reads::new(CONFIG_FRESH));

/// A connection's server, called as one identity: today always the connection's own. Nothing that is read
/// through one is ever shown through another.
pub struct Catalog {
    pub spec: Arc<Spec>,
    /// Whom calls are made as.
    pub identity: Auth,
    pub server: Server,
    grant: Grant,
    probe: RwLock<Option<Probe>>,
    /// For one look at a time.
    probing: Arc<Semaphore>,
    /// Its connection was removed or replaced.
    ended: CancellationToken,
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

/// What there is a client for.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Opened(Scope);

impl Question for Opened {
    type Answer = Read<Client>;
    const KEPT: Duration = CONFIG_FRESH;
}

impl Catalog {
    /// Calls nobody yet. `shared` is the way out where the connection wants none of its own.
    pub fn new(spec: Arc<Spec>, identity: Auth, shared: &Http) -> Result<Self, Error> {
        Ok(Self {
            server: spec.server(identity.clone(), shared)?,
            spec,
            identity,
            grant: Grant::next(),
            probe: RwLock::default(),
            probing: Arc::new(Semaphore::new(1)),
            ended: CancellationToken::new(),
            world: Mutex::default(),
            changes: AtomicU64::new(0),
            turns: Arc::new(Semaphore::new(TURNS)),
            asked: Asked::default(),
            batches: Batches::new(),
            renewals: Renewals::default(),
        })
    }

    /// Ends what nobody waits for, and drops what is kept: the connection is no more, or no more as it was.
    pub(super) fn end(&self) {
        self.ended.cancel();
        self.cancel_collection();
        CACHE.forget(self.grant);
    }

    #[cfg(test)]
    pub(super) fn keeps_something(&self) -> bool {
        CACHE.questions::<Opened>(self.grant).next().is_some()
    }

    /// Whom calls are made as, in a word: an id, or else the kind of credentials.
    pub fn acts_as(&self) -> &str {
        self.identity.id().unwrap_or(self.identity.name())
    }

    /// Under which answers are kept.
    pub(super) fn grant(&self) -> Grant {
        self.grant
    }

    fn scope(&self, warehouse: Option<&str>, reference: Option<&str>) -> Scope {
        let warehouse = warehouse.or(self.spec.warehouse.as_deref());
        Scope {
            warehouse: warehouse.map(str::to_owned),
            reference: reference.map(str::to_owned),
        }
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
            let (warehouse, reference) = (to.warehouse.as_deref(), to.reference.as_deref());
            let client = server.connect(warehouse, reference).await?;
            let bytes = size(client.config());
            Ok::<_, Error>(Read::new(Arc::new(client), None, bytes))
        };
        let read = CLIENTS
            .get(self.grant, Opened(scope), fresh, connect)
            .await?;
        Ok((Client::clone(&read.value), read.at))
    }

    /// The list of what a namespace holds, which may still be arriving.
    pub fn list(&self, client: &Client, kind: ListKind, fresh: bool) -> Look {
        let scope = self.scope(client.warehouse(), client.reference());
        listing::look(self.grant, ListOf(scope, kind), client, &self.turns, fresh)
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
