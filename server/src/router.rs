//! The whole HTTP surface, and what every request passes through.

use std::{
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, LazyLock, atomic::AtomicBool},
    time::Duration,
};

use app::{App, session::Session, shell};
use axum::{
    Router,
    extract::Request,
    http::{Method, StatusCode, request::Parts},
    middleware::{from_fn, from_fn_with_state, map_response},
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::{nonce::Nonce, prelude::*};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context,
};
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer,
    limit::RequestBodyLimitLayer, timeout::RequestBodyDeadlineLayer,
};

use crate::{
    access,
    config::Server,
    connections, destination, download, fault,
    host::{self, Hosts},
    metrics::Metrics,
    origin::{self, Trusted},
    polaris, security, site, telemetry,
};

/// Forms and arguments of server functions are small.
const BODY_BYTES: usize = 1024 * 1024;
const BODY_TIME: Duration = Duration::from_secs(30);

/// Once a process: a page that starts to load while Leptos walks the routes waits for ever.
static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// What answering takes.
pub struct State {
    /// Until there is sign-in, everyone's.
    pub session: Session,
    /// Cleared when the process is about to stop.
    pub ready: Arc<AtomicBool>,
    hosts: Hosts,
    trusted: Trusted,
    metrics: Metrics,
}

impl State {
    /// `listen` is the address that clients connect to.
    pub fn new(session: Session, server: &Server, listen: SocketAddr) -> Self {
        Self {
            session,
            ready: Arc::new(AtomicBool::new(true)),
            hosts: Hosts::new(server, listen),
            trusted: Trusted::new(server.public_url.as_ref()),
            metrics: Metrics::new(),
        }
    }
}

pub fn router(state: State) -> Router {
    let metrics = state.metrics;
    Router::new()
        .merge(pages(state.session.clone()))
        .merge(connections::routes(state.session.clone()))
        .merge(access::routes(state.session.clone()))
        .merge(polaris::routes(state.session.clone()))
        .route(
            "/c/{connection}/t/metadata.json",
            get(download::metadata).with_state(state.session.clone()),
        )
        .route("/pkg/{hash}/{name}", get(site::package))
        .route("/favicon.svg", get(site::favicon))
        .route("/healthz", get(telemetry::healthz))
        .route("/readyz", get(telemetry::readyz).with_state(state.ready))
        .route(
            "/metrics",
            get(telemetry::metrics).with_state(metrics.clone()),
        )
        // From the inside out.
        .layer(RequestBodyLimitLayer::new(BODY_BYTES))
        .merge(destination::routes(state.session))
        .layer(RequestBodyDeadlineLayer::new(BODY_TIME))
        .layer(map_response(fault::status_of_error))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(state.trusted, origin::same_origin))
        .layer(from_fn_with_state(state.hosts, host::allow_list))
        .layer(CatchPanicLayer::custom(fault::panicked))
        .layer(from_fn(security::headers))
        .layer(from_fn_with_state(metrics, telemetry::observe))
}

/// The application's pages and server functions. Any other address gets its page for that.
fn pages(session: Session) -> Router {
    let options = options();
    let router = Router::new().leptos_routes_with_context(
        &options,
        ROUTES.clone(),
        context(session.clone()),
        document,
    );
    let page = page(session, || ());
    router
        .fallback(move |request: Request| missing(page.clone(), request))
        .with_state(options)
}

/// Renders whatever page the request's address names, with more in its context.
pub fn page(
    session: Session,
    more: impl Fn() + Clone + Send + Sync + 'static,
) -> impl Fn(Request) -> Pin<Box<dyn Future<Output = Response> + Send>> + Clone + Send + Sync {
    let context = context(session);
    render_app_async_with_context(
        move || {
            context();
            more();
        },
        document,
    )
}

fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name("crowsnest").build()
}

fn document() -> impl IntoView {
    shell(site::assets(), options())
}

fn context(session: Session) -> impl Fn() + Clone + Send + Sync {
    move || {
        provide_context(session.clone());
        let parts = use_context::<Parts>();
        if let Some(nonce) = parts
            .as_ref()
            .and_then(|parts| parts.extensions.get::<Nonce>())
        {
            provide_context(nonce.clone());
        }
    }
}

async fn missing<P, F>(page: P, request: Request) -> Response
where
    P: Fn(Request) -> F,
    F: Future<Output = Response>,
{
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !read || request.uri().path().starts_with("/api/") {
        return (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response();
    }
    let mut response = page(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
