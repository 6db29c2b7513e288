//! Changes to a catalog server: where they are allowed, and what is written about each.

use std::sync::{Arc, atomic::Ordering};

use iceberg_rest::{Dialect, Error};
use model::{
    error::{AppError, Kind},
    section::Section,
};
use tracing::Instrument;
use vendors::polaris::Management;

use super::Catalog;

impl Catalog {
    /// As configured, as last seen, or as the address suggests; asks nobody.
    pub fn known_dialect(&self) -> Option<Dialect> {
        self.server.dialect_hint()
    }

    /// The management API of this connection's Polaris.
    pub fn management(&self) -> Result<Management, AppError> {
        let missing = |dialect| Section::Principals.missing(&self.spec.name, dialect);
        match self.known_dialect().and_then(missing) {
            None => Ok(Management::new(self.server.clone())),
            Some(reason) => {
                Err(AppError::new(Kind::Unsupported, reason).hint("Choose a Polaris connection."))
            }
        }
    }

    /// Why nothing may be changed here, where that is so.
    pub fn refuses_changes(&self) -> Option<String> {
        self.spec.read_only.then(|| {
            format!(
                "The connection {} is configured read-only: Crowsnest changes nothing there.",
                self.spec.name
            )
        })
    }

    /// Makes a change, once, and sees it to its end even if who asked goes away meanwhile. Writes
    /// one line about it, which says nothing of what was sent. `operation` is the call's name in the
    /// vendor's API, `object` what it is made on.
    pub async fn change<T: Send + 'static>(
        self: &Arc<Self>,
        operation: &'static str,
        object: impl Into<String>,
        making: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, AppError> {
        let (connection, object) = (self.clone(), object.into());
        let change = async move {
            let outcome = connection.make(making).await;
            let word = match &outcome {
                Ok(_) => "ok".to_owned(),
                Err(error) => format!("{:?}", error.kind),
            };
            let identity = connection.acts_as();
            tracing::info!(target: "change", connection = connection.spec.name, identity, operation, object, outcome = word, "change");
            outcome
        };
        let change = tokio::spawn(change.instrument(tracing::Span::current()));
        change.await.unwrap_or_else(|_| Err(AppError::lost()))
    }

    async fn make<T>(&self, making: impl Future<Output = Result<T, Error>>) -> Result<T, AppError> {
        if let Some(reason) = self.refuses_changes() {
            return Err(AppError::new(Kind::Forbidden, reason).hint(
                "Remove `read_only` from the connection's configuration to change it here.",
            ));
        }
        let outcome = making.await;
        self.changes.fetch_add(1, Ordering::Release);
        Ok(outcome?)
    }

    /// Grows with every change that was tried: what was read before may not hold any more.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }
}
