//! Who asks, and for which catalogs. The server puts a [`Session`] into every request's context;
//! everything a page reads or changes goes through it.

mod access;
mod attendance;
mod batches;
mod blocking;
mod caller;
mod connection;
mod listing;
pub mod once;
mod reads;
mod renewals;
mod seen_through;
mod under_way;

pub use access::{collected, own_principal};
pub use batches::{Batches, Running};
pub use blocking::blocking;
pub(crate) use caller::reloaded;
pub use caller::{load, session};
pub use connection::{Connection, Probe, State};
pub use listing::{ListKind, ListState, Look};
pub use reads::Read;
pub use seen_through::seen_through;

use std::sync::Arc;

use model::error::AppError;

/// The catalogs that this person may use, by name.
#[derive(Clone)]
pub struct Session {
    connections: Arc<[Arc<Connection>]>,
}

impl Session {
    pub fn new(connections: Vec<Arc<Connection>>) -> Self {
        Self {
            connections: connections.into(),
        }
    }

    /// In the order of the configuration.
    pub fn connections(&self) -> &[Arc<Connection>] {
        &self.connections
    }

    pub fn connection(&self, name: &str) -> Result<Arc<Connection>, AppError> {
        self.connections
            .iter()
            .find(|connection| connection.name == name)
            .cloned()
            .ok_or_else(|| AppError::unknown_connection(name))
    }
}
