//! The back end of the console: HTTP, configuration, connections, telemetry.
#![recursion_limit = "256"]

mod accept;
mod access;
pub mod config;
mod connections;
pub mod destination;
mod download;
mod error;
mod fault;
mod host;
mod metrics;
mod origin;
mod polaris;
mod router;
pub mod sample;
mod security;
mod site;
mod telemetry;

use std::time::Duration;

use tokio::{
    net::TcpListener,
    runtime,
    signal::unix::{SignalKind, signal},
};

use app::session::Session;
use config::Config;

pub use connections::connect;
pub use error::Error;
pub use router::{State, router};

/// A page that waits for others must not find every worker busy, however few the processors.
const WORKERS: usize = 4;
/// Between not being ready and not accepting: whoever asks for readiness sees it.
const NOTICE: Duration = Duration::from_secs(1);

/// Binds, serves until SIGTERM or SIGINT, and finishes what is under way.
pub fn run(config: Config) -> Result<(), Error> {
    telemetry::start(&config.server.log);
    let workers = std::thread::available_parallelism().map_or(WORKERS, |n| n.get().max(WORKERS));
    runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .build()
        .map_err(Error::Runtime)?
        .block_on(async {
            let address = config.server.listen;
            let listener = TcpListener::bind(address)
                .await
                .map_err(|source| Error::Listen { address, source })?;
            serve(config, listener).await
        })
}

/// Serves on `listener` until SIGTERM or SIGINT. Prints one line with the address once ready.
pub async fn serve(config: Config, listener: TcpListener) -> Result<(), Error> {
    let mut connections = connect(&config.connections)?;
    if config.sample {
        connections.extend(connect(&sample::start().await.map_err(Error::Runtime)?)?);
    }
    let _probes = connections::probe(&connections);
    let address = listener.local_addr().map_err(Error::Runtime)?;
    let state = State::new(Session::new(connections), &config.server, address);
    let ready = state.ready.clone();
    if !site::is_built() {
        tracing::warn!("built without the site: pages come without style and script (make build)");
    }
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::Runtime)?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        ready.store(false, std::sync::atomic::Ordering::Relaxed);
        tokio::time::sleep(NOTICE).await;
    };
    println!("Crowsnest is ready at http://{address}");
    accept::serve(listener, router(state), stop).await;
    Ok(())
}
