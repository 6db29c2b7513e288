mod actions;
mod destination;
mod entities;
mod probe;
mod tables;
mod warehouses;
mod world;

use std::{
    borrow::Cow,
    sync::{Arc, LazyLock, Mutex, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use iceberg_rest::{
    Auth, Client, Dialect, Error, Http, Server, auth::AwsSource, types::CatalogConfig,
};
use model::{
    connection_form::Tested,
    error::{AppError, Kind},
    format::Moment,
    person::Role,
    section::Section,
};
use probe::Looks;
pub(crate) use probe::Probe;
use store::Store;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use vendors::polaris::Management;
use warehouses::Naming;
use world::Collection;

use crate::{
    Acts, Spec, Who,
    cache::{About, CACHE, Grant, Question, Scope},
    changes::Changes,
    check,
    listing::{self, ListKind, ListOf, Look},
    reads::{Read, Reads},
};

pub use tables::{KeptTable, table_now};
pub use warehouses::Named;
pub use world::{Age, State};

/// How long metadata is kept to be asked for under its ETag.
const KEPT: Duration = Duration::from_secs(600);
const CONFIG_FRESH: Duration = Duration::from_secs(300);
/// Whom a connection acts as whose configuration says `credentials = "ambient"`.
const AMBIENT: &str = "this server's own AWS identity";
/// How many lists and collections of grants a catalog reads at a time; others wait their turn.
const TURNS: usize = 8;
/// How many tables are read at a time for what lists say of them.
const ROWS: usize = 8;

static CLIENTS: LazyLock<Reads<Opened, Client, Error>> = LazyLock::new(|| Reads::new(CONFIG_FRESH));

/// A connection's server, called as one identity: today always the connection's own. Nothing that is read
/// through one is ever shown through another. Cheap to clone: clones are the same catalog, each on behalf of
/// somebody.
#[derive(Clone)]
pub struct Catalog {
    /// What is configured of its connection.
    pub spec: Arc<Spec>,
    /// Whom calls are made as.
    pub identity: Auth,
    /// The person that this is; `None`: the connection's own identity.
    person: Option<String>,
    /// Makes the calls.
    pub server: Server,
    /// On whose behalf. Nobody's until it is said, and nobody changes anything.
    pub(crate) by: Who,
    /// Where changes are recorded.
    pub(crate) records: Option<Store>,
    grant: Grant,
    looks: Arc<RwLock<Looks>>,
    /// What the last test found.
    tested: Arc<RwLock<Option<Tested>>>,
    /// For one look at a time.
    probing: Arc<Semaphore>,
    /// Of its connection, whoever calls.
    pub(crate) http: Http,
    /// Its connection was removed or replaced.
    ended: CancellationToken,
    naming: Arc<Mutex<Naming>>,
    world: Arc<Mutex<Option<Arc<Collection>>>>,
    turns: Arc<Semaphore>,
    pub(crate) rows: Arc<Semaphore>,
    /// Those of its connection, whoever makes them.
    pub(crate) changes: Arc<Changes>,
}

/// What there is a client for.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Opened(Scope);

impl Question for Opened {
    type Answer = Read<Client>;
    const KEPT: Duration = CONFIG_FRESH;
}

impl Catalog {
    /// Calls nobody yet; then by `http`, and by `shared` a provider of all connections.
    pub(crate) fn new(
        spec: Arc<Spec>,
        identity: Auth,
        person: Option<String>,
        http: Http,
        shared: &Http,
        changes: Arc<Changes>,
        records: Option<Store>,
    ) -> Result<Self, Error> {
        Ok(Self {
            server: spec.server(identity.clone(), person.clone(), http.clone(), shared)?,
            http,
            spec,
            identity,
            person,
            by: Who::nobody(),
            records,
            grant: Grant::next(),
            looks: Arc::default(),
            tested: Arc::default(),
            probing: Arc::new(Semaphore::new(1)),
            ended: CancellationToken::new(),
            naming: Arc::default(),
            world: Arc::default(),
            turns: Arc::new(Semaphore::new(TURNS)),
            rows: Arc::new(Semaphore::new(ROWS)),
            changes,
        })
    }

    /// Its server, with no token or keys at hand.
    pub(crate) fn anew(&self) -> Result<Server, Error> {
        let (identity, person) = (self.identity.clone(), self.person.clone());
        self.spec
            .server(identity, person, self.http.clone(), &self.http)
    }

    /// What its last test found.
    pub fn tested(&self) -> Option<Tested> {
        let tested = self.tested.read().unwrap_or_else(PoisonError::into_inner);
        tested.clone()
    }

    /// Tries it once more, stage by stage.
    pub async fn test(&self) {
        let stages = check::connection::check(self).await;
        let at = Moment::from(SystemTime::now());
        let mut tested = self.tested.write().unwrap_or_else(PoisonError::into_inner);
        *tested = Some(Tested { at, stages });
    }

    /// The same, on behalf of somebody.
    pub fn on_behalf(&self, who: &Who) -> Arc<Self> {
        Arc::new(Self {
            by: who.clone(),
            ..self.clone()
        })
    }

    /// Ends what nobody waits for, and drops what is kept: the connection is no more, or no more as it was.
    pub(super) fn end(&self) {
        self.ended.cancel();
        self.cancel_collection();
        CACHE.forget(|grant| grant.is_of(&self.grant));
    }

    /// How many answers are kept of it.
    #[cfg(test)]
    pub(super) fn kept(&self) -> usize {
        CACHE.count(|grant| grant.is_of(&self.grant))
    }

    /// Whom calls are made as, in a word: an id, or whom the provider vouches for, or else the kind of credentials.
    pub fn acts_as(&self) -> Cow<'_, str> {
        self.called_as()
            .unwrap_or(Cow::Borrowed(self.identity.name()))
    }

    /// The same with the kind of credentials, as pages have it.
    pub fn signs_in(&self) -> String {
        let kind = self.identity.name();
        match self.called_as() {
            Some(id) => format!("{id} ({kind})"),
            None => kind.to_owned(),
        }
    }

    fn called_as(&self) -> Option<Cow<'_, str>> {
        if let (Acts::PassedOn | Acts::Exchanged(_), Some(person)) = (&self.spec.acts, &self.person)
        {
            return Some(Cow::Borrowed(person));
        }
        if let Auth::SigV4 { credentials, .. } = &self.identity
            && let (AwsSource::Ambient { profile }, None) = (&credentials.source, &credentials.role)
        {
            return Some(match profile {
                None => Cow::Borrowed(AMBIENT),
                Some(profile) => Cow::Owned(format!("{AMBIENT}, profile {profile}")),
            });
        }
        self.identity.id().map(Cow::Borrowed)
    }

    /// Under which answers about this are kept, until a change touches it.
    pub(super) fn grant(&self, about: About) -> Grant {
        self.grant.after(about, self.changes.count(about))
    }

    /// As configured, as last seen, or as the address suggests; asks nobody.
    pub fn known_dialect(&self) -> Option<Dialect> {
        self.server.dialect_hint()
    }

    /// The management API of this connection's Polaris.
    pub fn management(&self) -> Result<Management, AppError> {
        let missing = |dialect| Section::Principals.missing(&self.spec.name, dialect);
        match self.known_dialect().and_then(missing) {
            None => Ok(Management::new(self.server.clone())),
            Some(reason) => {
                Err(AppError::new(Kind::Unsupported, reason).hint("Choose a Polaris connection."))
            }
        }
    }

    /// Why nothing may be changed here, where that is so: by anybody, or by who asks.
    pub fn locked(&self) -> Option<String> {
        let read_only = self.spec.read_only.then(|| {
            format!(
                "The connection {} is configured read-only: Crowsnest changes nothing there.",
                self.spec.name
            )
        });
        read_only.or_else(|| self.by.lacks(Role::Editor))
    }

    /// Why who asks may not change who may do what here, where that is so.
    pub fn managed(&self) -> Option<String> {
        self.by.lacks(Role::Admin)
    }

    pub(super) fn scope(&self, warehouse: Option<&str>, reference: Option<&str>) -> Scope {
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
            .get(self.grant(About::Config), Opened(scope), fresh, connect)
            .await?;
        Ok((Client::clone(&read.value), read.at))
    }

    /// What a warehouse was opened with a while ago at most, without asking.
    fn told(&self, warehouse: Option<&str>) -> Option<Client> {
        let opened = Opened(self.scope(warehouse, None));
        let read = CACHE.get(self.grant(About::Config), &opened)?;
        Some(Client::clone(&read.value))
    }

    /// The list of what a namespace holds, which may still be arriving.
    pub fn list(&self, client: &Client, kind: ListKind, fresh: bool) -> Look {
        let scope = self.scope(client.warehouse(), client.reference());
        let grant = self.grant(About::Content);
        listing::look(grant, ListOf(scope, kind), client, &self.turns, fresh)
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
