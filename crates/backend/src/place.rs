//! What an address names on a Polaris.

use std::sync::Arc;

use access::polaris::Object as Named;
use model::{
    Read,
    change::Object,
    error::{AppError, Kind},
    paths::Place,
    polaris::Managed,
};
use serde::{Serialize, de::DeserializeOwned};
use vendors::polaris::{CatalogService, Management};

use crate::{Catalog, Session, change::once::new_id, reading::catalog};

/// The connection that a place names, and its management API.
pub fn polaris(session: &Session, place: &Place) -> Result<(Arc<Catalog>, Management), AppError> {
    let connection = session.connection(&place.connection)?;
    let management = connection.management()?;
    Ok((connection, management))
}

/// The connection that a place names, which is a Polaris, and its own API of the catalog that it means.
pub async fn catalog_service(
    session: &Session,
    place: &Place,
) -> Result<(Arc<Catalog>, CatalogService), AppError> {
    polaris(session, place)?;
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

/// A policy in the place's namespace.
pub fn policy(place: &Place, connection: &Catalog, name: &str) -> Result<Named, AppError> {
    Ok(Named::Policy {
        catalog: catalog_of(place, connection)?,
        namespace: place.namespace.clone(),
        name: name.to_owned(),
    })
}

/// A table of another format in the place's namespace.
pub fn table(place: &Place, connection: &Catalog, name: &str) -> Result<Object, AppError> {
    Ok(Object::One(Named::Table {
        catalog: catalog_of(place, connection)?,
        namespace: place.namespace.clone(),
        name: name.to_owned(),
    }))
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
