//! Connections: how many, how long, and what becomes of the rest.

use std::{
    collections::VecDeque,
    io,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, http::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use rustix::process::{Resource, getrlimit};
use sign_in::proxy::Peer;
use tokio::{
    sync::Semaphore,
    task::{AbortHandle, yield_now},
    time::{sleep, timeout},
};
use tower::ServiceExt;

use crate::port::{Port, Stream};

/// A client that sends its header slower than this is let go.
const HEADER: Duration = Duration::from_secs(10);
/// What is under way at the end may take this long.
const DRAIN: Duration = Duration::from_secs(25);
/// Connections at most, however many descriptors there are.
const MOST: usize = 4096;
/// Heard beyond the cap.
const RESERVE: usize = 32;
/// Between two warnings of a kind.
const QUIET: Duration = Duration::from_secs(60);

/// What answers the connections of a port.
pub struct Service {
    pub router: Router,
    /// Answers beyond the cap, one request for each connection.
    pub crowded: Router,
    /// The cap.
    pub most: usize,
}

/// How many connections the public port may hold: with the reserve half of what the process may open,
/// as calls to catalogs and the other port need descriptors too.
pub fn most() -> usize {
    let descriptors = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let half = usize::try_from(descriptors / 2).unwrap_or(MOST);
    half.saturating_sub(RESERVE).clamp(1, MOST)
}

/// Accepts connections until `stop`, then finishes what is under way. Used instead of
/// `axum::serve`, which waits for ever for the rest of a header.
pub async fn serve(port: Port, service: Service, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(service.most));
    // A client that means it asks at once; each newcomer takes the place of the one that waited longest.
    let mut reserve: VecDeque<AbortHandle> = VecDeque::new();
    let (mut full, mut failed) = (Warnings::default(), Warnings::default());
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = port.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    pause_after(error, &mut failed).await;
                    continue;
                }
            },
        };
        if let Ok(place) = places.clone().try_acquire_owned() {
            let answered = answer((stream, peer), service.router.clone(), true, &graceful);
            tokio::spawn(async move {
                answered.await;
                drop(place);
            });
            continue;
        }
        if let Some(before) = full.due() {
            tracing::warn!(
                most = service.most,
                before,
                "too many connections: health alone is answered beyond"
            );
        }
        let answered = answer((stream, peer), service.crowded.clone(), false, &graceful);
        reserve.push_back(tokio::spawn(answered).abort_handle());
        if reserve.len() > RESERVE
            && let Some(oldest) = reserve.pop_front()
        {
            oldest.abort();
            // Its descriptor is needed for the next.
            yield_now().await;
        }
    }
    drop(port);
    tracing::info!("stopping: no new connections, finishing what is under way");
    if timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!(
            seconds = DRAIN.as_secs(),
            "some requests did not finish in time"
        );
    }
}

fn answer(
    (stream, peer): (Stream, Peer),
    router: Router,
    keep_alive: bool,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    let router = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER)
        .max_buf_size(64 * 1024)
        .keep_alive(keep_alive)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let connection = graceful.watch(connection);
    async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "connection ended early");
        }
    }
}

/// A client that left before it was accepted is no reason to wait; a full file table is.
async fn pause_after(error: io::Error, warnings: &mut Warnings) {
    if !matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    ) {
        if let Some(before) = warnings.due() {
            tracing::warn!(%error, before, "cannot accept a connection");
        }
        sleep(Duration::from_millis(100)).await;
    }
}

/// One of many equal warnings is enough for a while.
#[derive(Default)]
struct Warnings {
    last: Option<Instant>,
    kept_back: usize,
}

impl Warnings {
    /// Whether to warn now, and how often it was not done since.
    fn due(&mut self) -> Option<usize> {
        if self.last.is_some_and(|last| last.elapsed() < QUIET) {
            self.kept_back += 1;
            return None;
        }
        self.last = Some(Instant::now());
        Some(std::mem::take(&mut self.kept_back))
    }
}
