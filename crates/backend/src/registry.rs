use std::sync::Arc;

use model::error::AppError;

use crate::Connection;

/// The connections of this console, by name.
#[derive(Clone)]
pub struct Registry(Arc<[Arc<Connection>]>);

impl Registry {
    pub fn new(connections: Vec<Arc<Connection>>) -> Self {
        Self(connections.into())
    }

    /// In the order of the configuration.
    pub fn connections(&self) -> &[Arc<Connection>] {
        &self.0
    }

    pub fn connection(&self, name: &str) -> Result<Arc<Connection>, AppError> {
        let mut connections = self.0.iter();
        let found = connections.find(|connection| connection.name == name);
        found
            .cloned()
            .ok_or_else(|| AppError::unknown_connection(name))
    }
}
