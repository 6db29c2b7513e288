//! What an address names on a Polaris.

use std::{sync::Arc, time::Duration};

use access::polaris::Object as Named;
use iceberg_rest::{Error, ErrorKind, Namespace, TableIdent, ViewIdent};
use model::{
    Read,
    error::{AppError, Kind},
    paths::Place,
    polaris::Managed,
};

use serde::{Serialize, de::DeserializeOwned};
use vendors::polaris::{CatalogService, Management};

use crate::{Catalog, Session, once::new_id, reading::catalog};

/// How long an answer waits to hear whether its object is there.
const PATIENCE: Duration = Duration::from_secs(1);

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
        AppError::new(Kind::NotSent, "This address names no catalog.")
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
pub fn table(place: &Place, connection: &Catalog, name: &str) -> Result<Named, AppError> {
    Ok(Named::Table {
        catalog: catalog_of(place, connection)?,
        namespace: place.namespace.clone(),
        name: name.to_owned(),
    })
}

/// Whether the catalog has this namespace, table (of any format), view or policy, where it can tell at once;
/// what else there is stands in lists.
pub async fn is_there(session: &Session, place: &Place, object: &Named) -> Option<bool> {
    let connection = session.connection(&place.connection).ok()?;
    let asked = async {
        let client = connection.client(object.catalog(), None).await.ok()?;
        let namespace = Namespace::try_new(object.namespace()).ok()?;
        let service = CatalogService::new(client.clone());
        match object {
            Named::Namespace { .. } => client.namespace_exists(&namespace).await.ok(),
            Named::Table { name, .. } => {
                let table = TableIdent::try_new(namespace.clone(), name).ok()?;
                match client.table_exists(&table).await.ok()? {
                    true => Some(true),
                    false => there(service.load_generic_table(&namespace, name).await),
                }
            }
            Named::View { name, .. } => {
                let view = ViewIdent::try_new(namespace, name).ok()?;
                client.view_exists(&view).await.ok()
            }
            Named::Policy { name, .. } => there(service.load_policy(&namespace, name).await),
            _ => None,
        }
    };
    tokio::time::timeout(PATIENCE, asked).await.ok()?
}

/// Why nothing is granted on a table of another format than Iceberg: the server would take it.
pub async fn barred(connection: &Catalog, object: &Named) -> Option<String> {
    let Named::Table {
        catalog,
        namespace,
        name,
    } = object
    else {
        return None;
    };
    let client = connection.client(Some(catalog), None).await.ok()?;
    let within = Namespace::try_new(namespace).ok()?;
    let service = CatalogService::new(client);
    let generic = service.load_generic_table(&within, name);
    generic.await.ok().map(|_| format!(
        "{name} is a generic table. Polaris 1.7.0 takes a grant on one, and then cannot list what the role holds any more (500, “Invalid entity sub type”), for anybody. Grant it on the namespace {} instead: that reaches the table, too.",
        namespace.join(".")
    ))
}

/// Says what is in the way where a role's grants cannot be listed, and the way back.
pub fn unlisted(error: AppError) -> AppError {
    match error.message.contains("GENERIC_TABLE") {
        true => error.hint("A grant on a generic table is in the way: Polaris 1.7.0 takes one and cannot list the role’s grants as long as it stands. Open “Grant or revoke”, choose the generic table as object, and revoke there what was granted: that works without the list."),
        false => error,
    }
}

fn there<T>(loaded: Result<T, Error>) -> Option<bool> {
    match loaded {
        Ok(_) => Some(true),
        Err(error) if error.kind == ErrorKind::NotFound => Some(false),
        Err(_) => None,
    }
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
