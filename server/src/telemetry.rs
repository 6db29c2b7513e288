//! What operators see: one log line a request, metrics, and whether the process is up and ready.

use std::{
    panic::{self, PanicHookInfo},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use store::Store;
use tracing::Instrument;
use tracing_subscriber::{EnvFilter, filter::LevelFilter};
use uuid::Uuid;

use crate::{config::LogFormat, metrics::Metrics};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Libraries that log headers or bodies when asked for more than this.
const TALKATIVE: [&str; 12] = [
    "aws_config",
    "aws_runtime",
    "aws_sdk_sts",
    "aws_sigv4",
    "aws_smithy_http",
    "aws_smithy_runtime",
    "h2",
    "hyper",
    "hyper_util",
    "oauth2",
    "reqwest",
    "rustls",
];

/// Lines on standard error; standard output is for people. `log` is a filter of `tracing_subscriber`.
pub fn start(log: &str, format: LogFormat) {
    let mut filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::INFO.into())
        .parse_lossy(log);
    for name in TALKATIVE {
        if let Ok(directive) = format!("{name}=warn").parse() {
            filter = filter.add_directive(directive);
        }
    }
    let lines = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(filter);
    // A second start in one process, as tests do, keeps the first.
    let _ = match format {
        LogFormat::Text => lines.compact().try_init(),
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true).with_span_list(false);
            lines.try_init()
        }
    };
    panic::set_hook(Box::new(panicked));
}

/// A message that was put together may hold what a catalog or a person sent; one that stands in the
/// code holds nothing of theirs.
fn panicked(panic: &PanicHookInfo) {
    let at = panic.location().map(ToString::to_string);
    let why = panic.payload().downcast_ref::<&'static str>();
    tracing::error!(at, why, "panicked");
}

/// The id of a request, among its extensions.
#[derive(Clone)]
pub struct RequestId(pub String);

/// Gives the request an id, which its answer and every log line about it carry, and counts it. The
/// query is left out: it may name what is nobody's business.
pub async fn observe(State(metrics): State<Metrics>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = Uuid::new_v4().to_string();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("other", MatchedPath::as_str)
        .to_owned();
    let header = HeaderValue::from_str(&id).ok();
    request.headers_mut().remove(REQUEST_ID);
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", request_id = %id);
    let mut response = next.run(request).instrument(span).await;
    if let Some(header) = header {
        response.headers_mut().insert(REQUEST_ID, header);
    }
    let status = response.status().as_u16();
    let took = started.elapsed();
    metrics.count(&method, &route, status, took);
    tracing::info!(
        request_id = %id,
        %method,
        path,
        status,
        ms = took.as_secs_f64() * 1000.0,
        "request"
    );
    response
}

/// `GET /healthz`: the process answers. Catalogs have no say in this.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: 503 once the process is stopping, so that no new requests are sent here, and while the store cannot be
/// read: nobody is believed then, and nothing changed.
pub async fn readyz(State((ready, store)): State<(Arc<AtomicBool>, Option<Store>)>) -> Response {
    let no = |why: &'static str| (StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    if !ready.load(Ordering::Relaxed) {
        return no("stopping\n");
    }
    match store {
        Some(store) if store.ping().await.is_err() => no("the store cannot be read\n"),
        _ => "ready\n".into_response(),
    }
}

/// `GET /metrics`, in the text format of Prometheus.
pub async fn metrics(State(metrics): State<Metrics>) -> Response {
    let kind = [(header::CONTENT_TYPE, prometheus::TEXT_FORMAT)];
    (kind, metrics.text()).into_response()
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::Mutex,
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_logged_without_what_was_sent() {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone());
        let usual = panic::take_hook();
        panic::set_hook(Box::new(panicked));
        let sent = String::from("CANARY");
        tracing::subscriber::with_default(subscriber.finish(), || {
            panic::catch_unwind(|| panic!("what was sent: {sent}")).unwrap_err();
            panic::catch_unwind(|| panic!("stands in the code")).unwrap_err();
        });
        panic::set_hook(usual);
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(text.contains("telemetry.rs:"), "{text}");
        assert!(text.contains("stands in the code"), "{text}");
        assert!(!text.contains("CANARY"), "{text}");
    }
}
