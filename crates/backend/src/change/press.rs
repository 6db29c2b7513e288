//! A form's press of a button: what it says of itself, and that it has one effect.

use std::sync::Arc;

use iceberg_rest::Error;
use model::error::{AppError, Kind};

use crate::{Catalog, entity::gone};

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
    connection: &Arc<Catalog>,
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

/// What is to be removed.
pub struct Removal {
    /// The call's name in the vendor's API.
    pub operation: &'static str,
    pub noun: &'static str,
    pub name: String,
    /// As the log names it.
    pub object: String,
    /// The page that listed it.
    pub list: String,
}

/// Removes something, where nobody was told of it before, and answers the address of the list that it was in.
pub async fn remove(
    connection: &Arc<Catalog>,
    once: String,
    removal: Removal,
    call: impl Future<Output = Result<(), Error>> + Send + 'static,
) -> Result<String, AppError> {
    let Removal {
        operation,
        noun,
        name,
        object,
        list,
    } = removal;
    let (own, logged, names) = (connection.clone(), object.clone(), String::new());
    let removing = async move {
        let removed = own.change(operation, logged, call).await;
        removed.map_err(|error| gone(error, noun, &name))
    };
    press(
        connection,
        Press { once, names },
        operation,
        &object,
        removing,
    )
    .await?;
    Ok(list)
}

/// The confirmation is about something else than the form asks for.
pub fn other(confirmed: &str, object: &str) -> AppError {
    AppError::new(
        Kind::Conflict,
        format!("The confirmation was about “{confirmed}”, but “{object}” was to be changed. Nothing was."),
    )
    .hint("Reload the page, and look at the name before you confirm.")
}
