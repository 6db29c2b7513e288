//! The back end of the console: HTTP, configuration, connections, telemetry.
#![recursion_limit = "256"]

mod accept;
mod access;
mod audit;
mod bounds;
mod catalog_comparison;
mod changes;
pub mod config;
mod connections;
pub mod destination;
mod download;
mod error;
mod fault;
mod forms;
mod host;
mod icons;
pub mod manual;
mod metrics;
mod origin;
mod page;
mod polaris;
mod port;
pub mod ready;
mod router;
#[cfg(feature = "sample")]
pub mod sample;
mod security;
mod sign_in;
mod site;
pub mod store;
mod telemetry;
mod workers;

use std::{
    io::{self, IsTerminal},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::atomic::Ordering,
    thread,
    time::Duration,
};

use accept::Service;
use backend::{Spec, outbound::people_reach, tasks::finished};
use config::{Config, Server};
use connections::reload;
use port::{Port, listen};
use tokio::{
    runtime::{self, Runtime},
    signal::unix::{SignalKind, signal},
    time::timeout,
};

pub use connections::{bring, connect, reload::Load};
pub use error::Error;
pub use router::{State, crowded, operations, page_paths, router};
pub use sign_in::ways;

/// A page that waits for others must not find every worker busy, however few the processors.
const WORKERS: usize = 4;
/// Bytes: a page is made in one nest of calls, which in a debug build takes more than the usual 2 MiB.
const STACK: usize = 8 * 1024 * 1024;
/// Between not being ready and not accepting: whoever asks for readiness sees it.
const NOTICE: Duration = Duration::from_secs(1);
/// What nobody waits for any more, a renewal or a change whose browser left, may take this long at the end.
const LAST: Duration = Duration::from_secs(4);
/// Connections of those who run Crowsnest.
const OPERATORS: usize = 32;

/// Binds, serves until SIGTERM or SIGINT, and finishes what is under way. Prints one line with the
/// address once ready.
///
/// Pages are made on the workers. This thread accepts, reads and writes, and another one answers the
/// port for operators: neither waits for a page.
///
/// `load` reads the configuration again, for SIGHUP.
pub fn run(mut config: Config, load: Load) -> Result<(), Error> {
    telemetry::start(&config.server.log, config.server.log_format);
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let count = thread::available_parallelism().map_or(WORKERS, |n| n.get().max(WORKERS));
    let workers = runtime::Builder::new_multi_thread()
        .worker_threads(count)
        .thread_stack_size(STACK)
        .enable_all()
        .build()
        .map_err(Error::Runtime)?;
    let address = config.server.listen;
    let listener = listen(address).map_err(|source| Error::Listen { address, source })?;
    let address = listener.local_addr().map_err(Error::Runtime)?;
    let operators = operators(&config.server)?;
    let mut specs = std::mem::take(&mut config.connections);
    let signed_in = config.sign_in.mode != config::Mode::Local;
    let store = workers.block_on(store::open(&config.store, signed_in || config.store.told))?;
    if signed_in {
        people_reach(config.sign_in.people_reach.clone());
    }
    // Something to look around in where there is nothing else.
    let kept = workers.block_on(store.connections())?;
    let samples = match config.sample || specs.is_empty() && kept.is_empty() {
        true => sample(&workers)?,
        false => Vec::new(),
    };
    specs.extend(samples.iter().cloned());
    if let Some(keep) = config.store.audit_keep {
        workers.spawn(store::retain(store.clone(), keep));
    }
    let connections = connect(specs, Some(store), sign_in::ways(&config.sign_in))?;
    workers.block_on(connections::bring(&connections))?;
    workers.spawn(connections::follow(connections.clone()));
    workers.spawn(connections::sweep());
    let entered = workers.enter();
    // What a terminal runs ends with it.
    if !io::stdin().is_terminal() {
        let hangup = signal(SignalKind::hangup()).map_err(Error::Runtime)?;
        workers.spawn(reload::follow(hangup, load, connections.clone(), samples));
    }
    connections.watch();
    let state = State::new(&connections, &config, address)?;
    // Before anybody is told that it is ready: who asks may end it at once, and it is to end well.
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::Runtime)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Error::Runtime)?;
    drop(entered);
    if !site::is_built() {
        tracing::warn!("built without the site: pages come without style and script (make build)");
    }
    if let Some(listener) = operators {
        answer_operators(listener, &state)?;
    }
    let public = Service {
        router: router(&state),
        crowded: crowded(&state),
        most: accept::most(),
    };
    single()?.block_on(async {
        let mut port = Port::new(listener).map_err(Error::Runtime)?;
        if let Some(path) = &config.sign_in.proxy_socket {
            let failed = |source| Error::Socket {
                path: path.clone(),
                source,
            };
            port = port.with_socket(path).map_err(failed)?;
        }
        let stop = async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            state.ready.store(false, Ordering::Relaxed);
            tokio::time::sleep(NOTICE).await;
        };
        println!("Crowsnest is ready at http://{address}");
        if config.open {
            browse(address);
        }
        accept::serve(port, public, stop).await;
        if timeout(LAST, finished()).await.is_err() {
            tracing::warn!(
                "some of what was under way did not end in time: the record has no outcome of it"
            );
        }
        Ok(())
    })
}

/// The sample catalogs, started.
#[cfg(feature = "sample")]
fn sample(workers: &Runtime) -> Result<Vec<Spec>, Error> {
    workers.block_on(sample::start()).map_err(Error::Runtime)
}

#[cfg(not(feature = "sample"))]
fn sample(_: &Runtime) -> Result<Vec<Spec>, Error> {
    Err(Error::NoSample)
}

/// Opens the console in the person's browser, if there is one.
fn browse(mut address: SocketAddr) {
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    if let Err(error) = open::that_detached(format!("http://{address}")) {
        tracing::warn!(%error, "no browser was opened: open the address by hand");
    }
}

fn single() -> Result<Runtime, Error> {
    runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::Runtime)
}

/// A port that was not asked for may be another console's: this one then does without.
fn operators(server: &Server) -> Result<Option<TcpListener>, Error> {
    let address = server.metrics_listen;
    match listen(address) {
        Ok(listener) => Ok(Some(listener)),
        Err(source) if server.metrics_listen_by_default => {
            tracing::warn!(%address, error = %source, "no metrics, for their port is taken: choose another with metrics_listen");
            Ok(None)
        }
        Err(source) => Err(Error::Metrics { address, source }),
    }
}

/// Until the process ends.
fn answer_operators(listener: TcpListener, state: &State) -> Result<(), Error> {
    let router = operations(state);
    let service = Service {
        crowded: router.clone(),
        router,
        most: OPERATORS,
    };
    let runtime = single()?;
    let entered = runtime.enter();
    let address = listener.local_addr().map_err(Error::Runtime)?;
    let port = Port::new(listener).map_err(Error::Runtime)?;
    drop(entered);
    tracing::info!(%address, "metrics, health and readiness");
    let serve = move || {
        runtime.block_on(accept::serve(port, service, std::future::pending()));
    };
    thread::Builder::new()
        .name("operators".into())
        .spawn(serve)
        .map_err(Error::Runtime)?;
    Ok(())
}
