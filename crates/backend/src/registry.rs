use std::sync::Arc;

use model::error::AppError;

use crate::Catalog;

/// The connections of this console, by name.
#[derive(Clone)]
pub struct Registry(Arc<[Arc<Catalog>]>);

impl Registry {
    pub fn new(connections: Vec<Arc<Catalog>>) -> Self {
        Self(connections.into())
    }

    /// In the order of the configuration.
    pub fn connections(&self) -> &[Arc<Catalog>] {
        &self.0
    }

    pub fn connection(&self, name: &str) -> Result<Arc<Catalog>, AppError> {
        let mut connections = self.0.iter();
        let found = connections.find(|connection| connection.name == name);
        found
            .cloned()
            .ok_or_else(|| AppError::unknown_connection(name))
    }
}
