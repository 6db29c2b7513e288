//! The whole HTTP surface, and what every request passes through.

use std::{
    net::SocketAddr,
    sync::{Arc, LazyLock, atomic::AtomicBool},
    time::Duration,
};

use app::App;
use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::{from_fn, from_fn_with_state, map_request, map_response},
    response::Response,
    routing::get,
};
use backend::Registry;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use tokio::runtime::Handle;
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer,
    limit::RequestBodyLimitLayer, timeout::RequestBodyDeadlineLayer,
};

use crate::{
    access, audit,
    bounds::{self, BODY_BYTES},
    catalog_comparison, changes,
    config::{Config, Error},
    connections, destination, download, fault,
    host::{self, Hosts},
    metrics::Metrics,
    origin::{self, Trusted},
    page::{document, head, options, page},
    polaris, security,
    sign_in::{self, Door},
    site, telemetry,
    workers::{self, Workers},
};

const BODY_TIME: Duration = Duration::from_secs(30);

/// Once a process: a page that starts to load while Leptos walks the routes waits for ever.
static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// What answering takes.
pub struct State {
    pub registry: Registry,
    door: Door,
    /// Cleared when the process is about to stop.
    pub ready: Arc<AtomicBool>,
    hosts: Hosts,
    trusted: Trusted,
    metrics: Metrics,
    workers: Workers,
}

impl State {
    /// `listen` is the address that clients connect to. Answers are made on the runtime that this is
    /// called on, whichever serves them. Fails where nobody could come in.
    pub fn new(registry: &Registry, config: &Config, listen: SocketAddr) -> Result<Self, Error> {
        let server = &config.server;
        Ok(Self {
            registry: registry.clone(),
            door: Door::new(registry, config, listen)?,
            ready: Arc::new(AtomicBool::new(true)),
            hosts: Hosts::new(server, listen),
            trusted: Trusted::new(server.public_url.as_ref()),
            metrics: Metrics::new(registry.store()),
            workers: Workers::new(Handle::current()),
        })
    }
}

/// The patterns of all pages' addresses.
pub fn page_paths() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().map(AxumRouteListing::path)
}

/// The public port.
pub fn router(state: &State) -> Router {
    let work = Router::new()
        .merge(pages())
        .route(&download::route(), get(download::metadata))
        .route(&download::tables_route(), get(download::tables))
        .route("/pkg/{hash}/{name}", get(site::package))
        .route("/favicon.svg", get(site::favicon))
        // From the inside out.
        .layer(map_response(fault::status_of_error))
        .layer(map_request(in_short))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES))
        // Each reads no more than a form of its kind may have.
        .merge(sign_in::routes(&state.door))
        .merge(audit::routes())
        .merge(catalog_comparison::routes())
        .merge(connections::routes())
        .merge(access::routes())
        .merge(changes::routes())
        .merge(polaris::routes())
        .merge(destination::routes())
        .method_not_allowed_fallback(not_taken)
        .layer(RequestBodyDeadlineLayer::new(BODY_TIME))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(state.door.clone(), sign_in::session))
        .layer(from_fn_with_state(state.workers.clone(), workers::work));
    counted(health(state).merge(work), state)
}

/// The public port while there are too many connections: whether the process is well, and no more.
pub fn crowded(state: &State) -> Router {
    counted(health(state).fallback(async || workers::busy()), state)
}

/// The port of those who run Crowsnest. What they ask every few seconds is not counted.
pub fn operations(state: &State) -> Router {
    let metrics = get(telemetry::metrics).with_state(state.metrics.clone());
    let router = health(state).route("/metrics", metrics);
    guarded(router, state, state.hosts.or_any_address())
}

fn health(state: &State) -> Router {
    let asked = (state.ready.clone(), state.registry.store().cloned());
    let ready = get(telemetry::readyz).with_state(asked);
    Router::new()
        .route("/healthz", get(telemetry::healthz))
        .route("/readyz", ready)
}

fn counted(router: Router, state: &State) -> Router {
    let metrics = state.metrics.clone();
    guarded(router, state, state.hosts.clone())
        .layer(from_fn_with_state(metrics, telemetry::observe))
}

/// What every request passes through, from the inside out.
fn guarded(router: Router, state: &State, hosts: Hosts) -> Router {
    let trusted = state.trusted.clone();
    router
        .layer(from_fn(bounds::address))
        .layer(from_fn_with_state(trusted, origin::same_origin))
        .layer(from_fn_with_state(hosts, host::allow_list))
        .layer(CatchPanicLayer::custom(fault::panicked))
        .layer(from_fn(security::headers))
}

/// The application's pages and server functions. Any other address gets its page for that.
fn pages() -> Router {
    let options = options();
    let router = Router::new().leptos_routes_with_context(&options, ROUTES.clone(), head, document);
    let page = page(|| ());
    router
        .fallback(move |request: Request| missing(page.clone(), request))
        .with_state(options)
}

/// Programs are answered as such: Leptos would lead who asks for HTML to wherever the request says that it
/// comes from.
async fn in_short(mut request: Request) -> Request {
    if fault::is_for_programs(request.uri().path()) {
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::ACCEPT, json);
    }
    request
}

/// A form that is sent to what takes none.
async fn not_taken(uri: Uri) -> Response {
    let text = "This address takes no such request. Nothing was asked or changed.";
    let status = StatusCode::METHOD_NOT_ALLOWED;
    fault::refused(uri.path(), status, "Not taken here", text)
}

async fn missing<P, F>(page: P, request: Request) -> Response
where
    P: Fn(Request) -> F,
    F: Future<Output = Response>,
{
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !read || fault::is_for_programs(request.uri().path()) {
        let text = "Nothing was asked or changed.";
        let path = request.uri().path();
        return fault::refused(path, StatusCode::NOT_FOUND, "There is nothing here", text);
    }
    let mut response = page(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
