//! What the calls about Polaris have in common.

use std::sync::Arc;

use iceberg_rest::{Error, ErrorKind};
use model::{
    error::{AppError, Kind},
    paths::Place,
    polaris::{EntityView, Known, Own, confirmation},
};
use vendors::polaris::{
    CatalogService, Management,
    types::{Entity, Principal},
};

use crate::{Connection, blocking::blocking, reading::catalog};

/// The connection that a place names, and its management API.
pub fn polaris(
    session: &Session,
    place: &Place,
) -> Result<(Arc<Connection>, Management), AppError> {
    let connection = session.connection(&place.connection)?;
    let management = connection.management()?;
    Ok((connection, management))
}

/// The connection that a place names, and Polaris' own API of the catalog that it means.
pub async fn catalog_service(
    session: &Session,
    place: &Place,
) -> Result<(Arc<Connection>, CatalogService), AppError> {
    let (connection, client) = catalog(session, place).await?;
    Ok((connection, CatalogService::new(client)))
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
pub fn own(connection: &Connection, principal: &Principal) -> Own {
    match (&connection.identity, &principal.client_id) {
        (Some(identity), Some(client_id)) => Own::from(identity == client_id),
        _ => Own::Unknown,
    }
}

/// Whether it acts as the principal of this name. Whom it may not see may be itself.
pub async fn own_named(connection: &Connection, api: &Management, name: &str) -> Own {
    match api.get_principal(name).await {
        Ok(found) => own(connection, &found),
        Err(error) if error.kind == ErrorKind::NotFound => Own::No,
        Err(_) => Own::Unknown,
    }
}

/// Whether it acts as one of these.
pub fn own_among(connection: &Connection, members: &Result<Vec<Principal>, Error>) -> Own {
    match members {
        Ok(members) => {
            let each = members.iter().map(|member| own(connection, member));
            each.max().unwrap_or_default()
        }
        Err(error) if error.kind == ErrorKind::NotFound => Own::No,
        Err(_) => Own::Unknown,
    }
}

/// How the log names something in a namespace: catalog, levels and name.
pub fn logged(place: &Place, connection: &Connection, name: &str) -> String {
    dotted(
        place,
        connection,
        place.namespace.iter().map(String::as_str).chain([name]),
    )
}

/// Names of the place's catalog, after its own.
pub fn dotted<'a>(
    place: &'a Place,
    connection: &'a Connection,
    names: impl IntoIterator<Item = &'a str>,
) -> String {
    let catalog = place.warehouse.as_ref().or(connection.warehouse.as_ref());
    let catalog = catalog.map(String::as_str);
    let names: Vec<&str> = catalog.into_iter().chain(names).collect();
    names.join(".")
}

/// The names in a list, in order.
pub async fn names<T: Send + 'static>(
    list: Result<Vec<T>, Error>,
    entity: impl Fn(&T) -> &Entity + Send + 'static,
) -> Known<Vec<String>> {
    let list = list?;
    let sorted = move || {
        let mut names: Vec<String> = list.iter().map(|item| entity(item).name.clone()).collect();
        names.sort();
        names
    };
    blocking(sorted).await
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
    error.saying(format!("There is no {noun} “{name}”.")).hint("It may have been deleted meanwhile, or its name is written differently. The list shows what there is.")
}

/// The same of what was to be removed.
pub fn gone(error: AppError, noun: &str, name: &str) -> AppError {
    if error.kind != Kind::NotFound {
        return error;
    }
    error
        .saying(format!(
            "There is no {noun} “{name}” any more: it was removed already."
        ))
        .hint("The list shows what there is.")
}

/// The answer where something is as it was asked to be; `held` is what a list says of it, and a list
/// that could not be read says nothing.
pub fn already(held: Known<bool>, wanted: bool, what: &str) -> Result<(), AppError> {
    if held.ok() != Some(wanted) {
        return Ok(());
    }
    let message = format!("{what}: nothing was changed.");
    Err(AppError::new(Kind::Already, message).hint("Reload the page to see how it is now."))
}

/// Whether a name is in a list.
pub fn lists<T>(
    list: Result<Vec<T>, Error>,
    entity: impl Fn(&T) -> &Entity,
    name: &str,
) -> Known<bool> {
    Ok(list?.iter().any(|item| entity(item).name == name))
}

/// Refuses to remove something unless its name was typed; what Crowsnest may itself act as takes more.
pub fn confirmed(typed: &str, name: &str, own: impl Into<Own>) -> Result<(), AppError> {
    let own = own.into();
    if typed.trim() == confirmation(name, Own::Yes) {
        return Ok(());
    }
    let why = match own {
        Own::No => "",
        Own::Unknown => {
            "Crowsnest cannot tell which principal it acts as on this connection: this may be it, and then Crowsnest may not be able to undo this."
        }
        Own::Yes => "Crowsnest acts as it on this connection, and may not be able to undo this.",
    };
    typed_out(typed, &confirmation(name, own), why)
}

/// Refuses as long as `expected` is not typed; `why` says what more there is to know.
pub fn typed_out(typed: &str, expected: &str, why: &str) -> Result<(), AppError> {
    if typed.trim() == expected {
        return Ok(());
    }
    let why = ["Nothing was changed.", why].join(" ");
    Err(AppError::new(
        Kind::BadRequest,
        format!("{} To go on, type “{expected}”.", why.trim_end()),
    ))
}
