//! A form's press of a button: what it says of itself, and that it has one effect.

use std::sync::Arc;

use crate::{
    error::{AppError, Kind},
    session::Connection,
};

/// What a form that changes something says of itself.
pub struct Press {
    /// The id that the page gave it.
    pub once: String,
    /// What its confirmation is about; empty where it needs none.
    pub names: String,
}

/// Makes a change, where nobody was told of it before. `object` is what the change is made on, as the
/// log and the confirmation name it.
pub async fn press(
    connection: &Arc<Connection>,
    press: Press,
    operation: &'static str,
    object: &str,
    making: impl Future<Output = Result<(), AppError>> + Send + 'static,
) -> Result<(), AppError> {
    if !press.names.is_empty() && press.names != object {
        return Err(other(&press.names, object));
    }
    let asked = &connection.asked.actions;
    let told = asked.run(&press.once, (operation, object), making).await;
    match told.again {
        true => Err(AppError::again(told.outcome.err())),
        false => told.outcome,
    }
}

/// The confirmation is about something else than the form asks for.
pub fn other(confirmed: &str, object: &str) -> AppError {
    AppError::new(
        Kind::Conflict,
        format!("The confirmation was about “{confirmed}”, but “{object}” was to be changed. Nothing was."),
    )
    .hint("Reload the page, and look at the name before you confirm.")
}
