use std::{sync::Arc, time::Duration};

use axum::{Extension, Router, response::Redirect, routing::post};
use backend::{Catalog, Session};
use destination::keys;
use iceberg_rest::{Auth, Http, HttpOptions, Server, Settings, http_client};
use model::paths::{HOME, PROBE};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval, timeout},
};
use tracing::Instrument;

use crate::config::{self, Error};

/// How often each connection is looked at for the home page.
const EVERY: Duration = Duration::from_secs(60);
/// How long a new look that somebody asks for is waited for: most servers have answered by then.
const PATIENCE: Duration = Duration::from_millis(300);

/// Clients for the configured connections. Calls nobody yet.
pub fn connect(configured: &[config::Connection]) -> Result<Vec<Arc<Catalog>>, Error> {
    let shared = http(None).map_err(Error::new)?;
    configured
        .iter()
        .map(|connection| {
            open(connection, &shared).map(Arc::new).map_err(|error| {
                Error::new(format_args!("connection “{}”: {error}", connection.name))
            })
        })
        .collect()
}

fn open(configured: &config::Connection, shared: &Http) -> Result<Catalog, iceberg_rest::Error> {
    let own = configured.ca_pem.is_some()
        || configured.proxy.is_some()
        || configured.connect_timeout.is_some();
    let http = match own {
        true => http(Some(configured))?,
        false => shared.clone(),
    };
    let settings = Settings {
        url: configured.url.clone(),
        dialect: configured.kind,
        headers: configured.headers.clone(),
        auth: configured.auth.clone(),
        masked: Vec::new(),
        limits: configured.limits,
    };
    let server = Server::new(http, settings)?;
    let mut connection = Catalog::new(configured.name.clone(), configured.url.clone(), server);
    connection.kind = configured.kind;
    connection.warehouse = configured.warehouse.clone();
    connection.auth = configured.auth_type;
    connection.identity = match &configured.auth {
        Auth::OAuth2 { client_id, .. } => Some(client_id.clone()),
        Auth::SigV4 { access_key_id, .. } => Some(access_key_id.clone()),
        Auth::None | Auth::Bearer(_) => None,
    };
    connection.sign_in = sign_in(&configured.auth);
    connection.read_only = configured.read_only;
    Ok(connection)
}

/// What a destination for this connection starts with.
fn sign_in(auth: &Auth) -> Vec<(&'static str, String)> {
    match auth {
        Auth::OAuth2 {
            token_url, scope, ..
        } => {
            let scope = scope.clone().unwrap_or_default();
            vec![(keys::OAUTH_URL, token_url.clone()), (keys::SCOPE, scope)]
        }
        Auth::SigV4 {
            region,
            signing_name,
            ..
        } => vec![
            (keys::SIGNING_NAME, signing_name.clone()),
            (keys::SIGNING_REGION, region.clone()),
            (keys::REGION, region.clone()),
        ],
        Auth::None | Auth::Bearer(_) => Vec::new(),
    }
}

/// A client as the connection wants it, or as most do.
fn http(configured: Option<&config::Connection>) -> Result<Http, iceberg_rest::Error> {
    let mut options = HttpOptions {
        guard: true,
        user_agent: concat!("crowsnest/", env!("CARGO_PKG_VERSION")),
        ..HttpOptions::default()
    };
    if let Some(configured) = configured {
        options.ca_pem = configured.ca_pem.clone();
        options.proxy = configured.proxy.clone();
        options.connect_timeout = configured
            .connect_timeout
            .unwrap_or(options.connect_timeout);
    }
    http_client(options)
}

/// Looks at every connection now and then, each on its own, until the set is dropped.
pub fn probe(connections: &[Arc<Catalog>]) -> JoinSet<()> {
    connections.iter().cloned().map(watch).collect()
}

async fn watch(connection: Arc<Catalog>) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        look(connection.clone()).await;
    }
}

async fn look(connection: Arc<Catalog>) {
    let span = tracing::info_span!("probe", connection = connection.name);
    connection.probe().instrument(span).await;
}

/// The form of the home page.
pub fn routes() -> Router {
    Router::new().route(PROBE, post(probe_now))
}

/// Looks at every connection now. The home page asks again for those that take longer.
async fn probe_now(Extension(session): Extension<Session>) -> Redirect {
    let connections = session.connections().iter().cloned();
    let mut looks: JoinSet<()> = connections.map(look).collect();
    // Whether all have ended or time is up, the page shows what there is.
    let _ = timeout(PATIENCE, async {
        while looks.join_next().await.is_some() {}
    })
    .await;
    looks.detach_all();
    Redirect::to(HOME)
}
