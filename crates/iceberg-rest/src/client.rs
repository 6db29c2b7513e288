//! Calls to catalogs: a [`Server`] is one address and one identity on it, a [`Client`] is one of its warehouses.

mod address;
mod bulkhead;
mod connect;
mod headers;
mod masked;
mod namespaces;
mod paging;
mod pieces;
mod read;
mod received;
mod refusals;
mod retry;
mod send;
mod settings;
mod tables;
mod unity;
mod views;
mod write;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use reqwest::header::HeaderMap;
use url::Url;

use crate::{
    auth::{Authenticator, TokenCalls},
    capability::Capabilities,
    dialect::{self, Dialect},
    error::{Error, ErrorKind, SignIn},
    ident::Separator,
    mask::{self, Hidden, Mask},
    operation::Route,
    outbound::Http,
    types::CatalogConfig,
};

pub(crate) use address::Base;
use bulkhead::Bulkhead;
use refusals::Refusals;

pub use bulkhead::in_background;
pub use connect::{Ignored, IgnoredOverride};
pub use headers::RefusedHeader;
pub use namespaces::NamespaceDrop;
pub use paging::Pager;
pub use pieces::Pieces;
pub use received::{Received, aside};
pub use send::Body;
pub use settings::{Limits, Settings};
pub use tables::{Loaded, NewTable, RawTable, SnapshotsMode};
pub use write::Write;

/// One configured server and one identity on it. Cheap to clone; clones share the token.
#[derive(Clone)]
pub struct Server(Arc<Shared>);

struct Shared {
    http: Http,
    base: Base,
    auth: Authenticator,
    person: Option<String>,
    headers: HeaderMap,
    mask: Arc<Mask>,
    limits: Limits,
    bulkhead: Bulkhead,
    configured_dialect: Option<Dialect>,
    seen_dialect: Mutex<Option<Dialect>>,
    /// As many as the program has.
    worked: Mutex<HashSet<Route>>,
}

impl Server {
    /// Checks the settings; nothing is sent.
    pub fn new(http: Http, settings: Settings) -> Result<Self, Error> {
        let base = Base::parse(&settings.url)?;
        http.permit(base.url())?;
        let headers = settings.header_map()?;
        let secrets = settings.auth.hidden().into_iter();
        let secrets = secrets.chain(settings.masked.iter().map(Hidden::new));
        let secrets = secrets.chain(mask::of_headers(&headers));
        let mask = Arc::new(Mask::new(secrets.chain(http.secrets.iter().cloned())));
        let tokens = TokenCalls {
            http: settings.tokens.as_ref().unwrap_or(&http),
            catalog: base.url(),
            headers: &headers,
            mask: &mask,
            time: settings.limits.token_time,
        };
        let auth = Authenticator::new(settings.auth, &tokens)?;
        Ok(Self(Arc::new(Shared {
            http,
            base,
            auth,
            person: settings.person,
            headers,
            mask,
            limits: settings.limits,
            bulkhead: Bulkhead::default(),
            configured_dialect: settings.dialect,
            seen_dialect: Mutex::default(),
            worked: Mutex::default(),
        })))
    }

    /// What the server is: configured, learnt from an earlier answer, or guessed from the address.
    pub fn dialect_hint(&self) -> Option<Dialect> {
        self.0
            .configured_dialect
            .or_else(|| *self.seen_dialect())
            .or_else(|| dialect::from_url(self.0.base.as_str()))
    }

    /// The catalog's address, without a slash at the end.
    pub fn address(&self) -> &str {
        self.0.base.as_str()
    }

    /// An address in an API of the server's own, which stands beside the Iceberg API: `end` of the catalog's address
    /// (`/iceberg`, `/api/catalog`) gives way to `path`.
    ///
    /// `path` starts with a slash and is encoded already, its query included. Fails with
    /// [`ErrorKind::Unsupported`] where the catalog's address does not end so, and with [`ErrorKind::Invalid`]
    /// where a parser would read another address than what was written.
    pub fn beside(&self, route: Route, end: &str, path: &str) -> Result<Url, Error> {
        let base = self.0.base.sibling(end, "").ok_or_else(|| {
            Error::new(
                ErrorKind::Unsupported,
                route,
                format!(
                    "The server's own API is not found: the connection's address does not end in {end}."
                ),
            )
        })?;
        base.join(path)
    }

    fn seen_dialect(&self) -> MutexGuard<'_, Option<Dialect>> {
        let seen = self.0.seen_dialect.lock();
        seen.unwrap_or_else(PoisonError::into_inner)
    }
}

/// One warehouse of a server (Polaris, Unity: a catalog; Nessie: a reference too). Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Catalog>);

struct Catalog {
    server: Server,
    base: Base,
    dialect: Dialect,
    warehouse: Option<String>,
    reference: Option<String>,
    config: CatalogConfig,
    /// As it stands in a path: legal there, without slashes around it; may be empty.
    prefix: String,
    separator: Separator,
    ignored: Vec<IgnoredOverride>,
    refused: Refusals,
}

impl Client {
    /// The server that it is a warehouse of.
    pub fn server(&self) -> &Server {
        &self.0.server
    }

    /// Whose reading of the specification it follows: configured, or found out on connecting.
    pub fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    /// Whether its server may leave out, or call missing, what this identity may not see.
    pub fn hides(&self) -> bool {
        let signs_in = self.server().0.auth.sign_in() != SignIn::None;
        self.dialect().profile().hides.from(signs_in)
    }

    /// As the server sent it. May hold secrets: see [`crate::secret`].
    pub fn config(&self) -> &CatalogConfig {
        &self.0.config
    }

    /// As it stands in paths; empty when the server has none.
    pub fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// Settings that the server sent and that were not followed.
    pub fn ignored_overrides(&self) -> &[IgnoredOverride] {
        &self.0.ignored
    }

    /// As it was asked for; `None`: the server's own choice.
    pub fn warehouse(&self) -> Option<&str> {
        self.0.warehouse.as_deref()
    }

    /// Nessie: the branch or tag that is shown.
    pub fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// What this warehouse can do, as far as is known now: a refusal is remembered for five minutes.
    pub fn capabilities(&self) -> Capabilities {
        let refused = self.0.refused.at(Instant::now());
        Capabilities::new(self.0.dialect, self.0.config.endpoints.as_deref()).with_observed(refused)
    }

    /// Takes no refusal for the last word: somebody asks anew.
    pub fn forget_refusals(&self) {
        self.0.refused.forget();
    }
}
