//! What the configuration says of connections, read again on SIGHUP.

use backend::{Registry, Spec};
use tokio::signal::unix::Signal;

use super::{bring, kept::TURN};
use crate::{Error, config};

/// Reads the configuration anew.
pub type Load = Box<dyn Fn() -> Result<config::Config, config::Error> + Send>;

/// At each signal brings what is called in line with the configuration, for ever. One that cannot be used changes nothing.
/// `samples` stay where there is nothing else.
pub async fn follow(mut hangup: Signal, load: Load, registry: Registry, samples: Vec<Spec>) {
    while hangup.recv().await.is_some() {
        let turn = TURN.lock().await;
        let read = load().map_err(Error::from).and_then(|config| {
            for warning in &config.warnings {
                tracing::warn!("{warning}");
            }
            let mut specs = config.connections;
            if config.sample || specs.is_empty() {
                specs.extend(samples.iter().cloned());
            }
            Ok(reload(&registry, specs)?)
        });
        match read {
            Ok(connections) => tracing::info!(
                connections,
                "connections are as the configuration says now; its other settings count from the next start"
            ),
            Err(error) => {
                tracing::error!(%error, "the configuration cannot be used: connections stay as they were");
            }
        }
        drop(turn);
        // What a connection of the configuration stood in the way of.
        if let Err(error) = bring(&registry).await {
            tracing::warn!(%error, "nobody could look for connections that were made in a browser");
        }
    }
}

/// All of them are called anew: their files may hold other secrets.
fn reload(registry: &Registry, specs: Vec<Spec>) -> Result<usize, config::Error> {
    let failed =
        |name: &str, error| config::Error::new(format_args!("connection “{name}”: {error}"));
    for spec in &specs {
        let accepted = registry.accepts(spec.clone());
        accepted.map_err(|error| failed(&spec.name, error))?;
    }
    let names: Vec<String> = specs.iter().map(|spec| spec.name.clone()).collect();
    for spec in specs {
        let name = spec.name.clone();
        registry.put(spec).map_err(|error| failed(&name, error))?;
    }
    let before = registry.now();
    let of_file = before
        .iter()
        .filter(|catalog| !catalog.spec.origin.is_browser());
    for gone in of_file.filter(|catalog| !names.contains(&catalog.spec.name)) {
        registry.remove(&gone.spec.name);
    }
    registry.arrange(&names);
    Ok(names.len())
}
