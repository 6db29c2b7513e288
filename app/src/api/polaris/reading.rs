//! What the calls about Polaris have in common.

use std::sync::Arc;

use iceberg_rest::{
    Error,
    polaris::{
        Management,
        types::{Entity, Principal},
    },
};

use crate::{
    error::{AppError, Kind},
    model::polaris::{EntityView, Known, confirmation},
    paths::Place,
    session::{Connection, session},
};

/// The connection that a place names, and its management API.
pub fn polaris(place: &Place) -> Result<(Arc<Connection>, Management), AppError> {
    let connection = session()?.connection(&place.connection)?;
    let management = connection.management()?;
    Ok((connection, management))
}

/// The catalog that a place means: named in it, or the connection's own.
pub fn catalog_of(place: &Place, connection: &Connection) -> Result<String, AppError> {
    let named = place.warehouse.as_ref().or(connection.warehouse.as_ref());
    named.cloned().ok_or_else(|| {
        AppError::new(Kind::BadRequest, "This address names no catalog.")
            .hint("Choose one in the list of catalogs.")
    })
}

/// Whether the connection acts as this principal.
pub fn is_own(connection: &Connection, principal: &Principal) -> bool {
    connection.identity.is_some() && connection.identity == principal.client_id
}

/// The names in a list, in order.
pub fn names<T>(list: Result<Vec<T>, Error>, entity: impl Fn(&T) -> &Entity) -> Known<Vec<String>> {
    let mut names: Vec<String> = list?.iter().map(|item| entity(item).name.clone()).collect();
    names.sort();
    Ok(names)
}

/// The object of a page. That it is missing fails the page; that it may not be read leaves the rest.
pub fn entity<T>(
    answer: Result<T, Error>,
    noun: &str,
    name: &str,
    view: impl FnOnce(&T) -> EntityView,
) -> Result<Known<EntityView>, AppError> {
    match answer.map_err(AppError::from) {
        Ok(found) => Ok(Ok(view(&found))),
        Err(error) if error.kind == Kind::Forbidden => Ok(Err(error)),
        Err(error) => Err(missing(error, noun, name)),
    }
}

/// Says what is missing: the server's words may be about anything.
pub fn missing(error: AppError, noun: &str, name: &str) -> AppError {
    if error.kind != Kind::NotFound {
        return error;
    }
    AppError {
        message: format!("There is no {noun} “{name}”."),
        ..error
    }
    .hint("It may have been deleted meanwhile, or its name is written differently. The list shows what there is.")
}

/// Refuses to remove something unless its name was typed; what Crowsnest itself acts as takes more.
pub fn confirmed(typed: &str, name: &str, own: bool) -> Result<(), AppError> {
    let expected = confirmation(name, own);
    if typed.trim() == expected {
        return Ok(());
    }
    let why = if own {
        "Crowsnest acts as it on this connection, and may not be able to undo this. "
    } else {
        ""
    };
    Err(AppError::new(
        Kind::BadRequest,
        format!("Nothing was changed. {why}To go on, type “{expected}”."),
    ))
}
