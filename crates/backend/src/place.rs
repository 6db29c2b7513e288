//! What an address names on a Polaris.

use std::sync::Arc;

use model::{
    Read,
    error::{AppError, Kind},
    paths::Place,
    polaris::Managed,
};
use serde::{Serialize, de::DeserializeOwned};
use vendors::polaris::{CatalogService, Management};

use crate::{Catalog, Session, once::new_id, reading::catalog};

/// The connection that a place names, and its management API.
pub fn polaris(session: &Session, place: &Place) -> Result<(Arc<Catalog>, Management), AppError> {
    let connection = session.connection(&place.connection)?;
    let management = connection.management()?;
    Ok((connection, management))
}

/// The connection that a place names, and Polaris' own API of the catalog that it means.
pub async fn catalog_service(
    session: &Session,
    place: &Place,
) -> Result<(Arc<Catalog>, CatalogService), AppError> {
    let (connection, client) = catalog(session, place).await?;
    Ok((connection, CatalogService::new(client)))
}

/// The catalog that a place means: named in it, or the connection's own.
pub fn catalog_of(place: &Place, connection: &Catalog) -> Result<String, AppError> {
    let named = place
        .warehouse
        .as_ref()
        .or(connection.spec.warehouse.as_ref());
    named.cloned().ok_or_else(|| {
        AppError::new(Kind::BadRequest, "This address names no catalog.")
            .hint("Choose one in the list of catalogs.")
    })
}

/// How the log names something in a namespace: catalog, levels and name.
pub fn logged(place: &Place, connection: &Catalog, name: &str) -> String {
    dotted(
        place,
        connection,
        place.namespace.iter().map(String::as_str).chain([name]),
    )
}

/// Names of the place's catalog, after its own.
pub fn dotted<'a>(
    place: &'a Place,
    connection: &'a Catalog,
    names: impl IntoIterator<Item = &'a str>,
) -> String {
    let catalog = place
        .warehouse
        .as_ref()
        .or(connection.spec.warehouse.as_ref());
    let catalog = catalog.map(String::as_str);
    let names: Vec<&str> = catalog.into_iter().chain(names).collect();
    names.join(".")
}

impl Session {
    /// [`Session::seen_through`] of what only a Polaris has, with what the forms on its page need.
    pub async fn managed<A, T, F>(
        &self,
        what: &'static str,
        place: Place,
        asked: A,
        read: impl FnOnce(Self, Place, A) -> F + Send + 'static,
    ) -> Result<Managed<T>, AppError>
    where
        A: Serialize + Send + 'static,
        T: Serialize + DeserializeOwned,
        F: Future<Output = Result<T, AppError>> + Send + 'static,
    {
        polaris(self, &place)?;
        let read = self.seen_through(what, place, asked, read).await?;
        Ok(managed(read))
    }
}

/// What was read, with what the forms on its page need.
pub fn managed<T>(read: Read<T>) -> Managed<T> {
    Managed {
        data: read.data,
        at: read.at,
        once: new_id(),
    }
}
