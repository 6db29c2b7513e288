//! A form's press of a button: what it says of itself, and that it has one effect.

use std::sync::Arc;

use iceberg_rest::Error;
use model::error::AppError;

use super::Change;
use crate::{Catalog, confirm::other, entity::gone};

/// What a form that changes something says of itself.
pub struct Press {
    /// The id that the page gave it.
    pub once: String,
    /// What its confirmation is about; empty where it needs none.
    pub names: String,
}

impl Press {
    /// Without a confirmation.
    pub fn plain(once: String) -> Self {
        let names = String::new();
        Self { once, names }
    }
}

impl Catalog {
    /// [`Catalog::change`], where nobody was told of it before.
    pub async fn press(
        self: &Arc<Self>,
        press: Press,
        change: Change,
        call: impl Future<Output = Result<(), AppError>> + Send + 'static,
    ) -> Result<(), AppError> {
        let object = change.object.to_string();
        if !press.names.is_empty() && press.names != object {
            return Err(other(&press.names, &object));
        }
        let (catalog, what) = (self.clone(), change.clone());
        let making = async move { catalog.change(change, call).await };
        let told = self.changes.actions.run(&press.once, what, making).await;
        match told.again {
            true => Err(AppError::again(told.outcome.err())),
            false => told.outcome,
        }
    }

    /// [`Catalog::press`] of what goes.
    pub async fn remove(
        self: &Arc<Self>,
        once: String,
        change: Change,
        call: impl Future<Output = Result<(), Error>> + Send + 'static,
    ) -> Result<(), AppError> {
        let object = change.object.clone();
        let removing = async move { call.await.map_err(|error| gone(error.into(), &object)) };
        self.press(Press::plain(once), change, removing).await
    }
}
