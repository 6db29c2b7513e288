//! What the pages about Polaris' access control and its own kinds of objects read and change.

pub mod catalog_roles;
pub mod catalogs;
pub mod generic_tables;
pub mod lists;
pub mod policies;
pub mod principal_roles;
pub mod principals;

use std::time::SystemTime;

use model::{
    Read,
    error::AppError,
    paths::Place,
    polaris::{Managed, native::Offers},
};

use crate::{Session, place::managed};

/// Whether the connection's server has principals, roles and grants, as far as is known without
/// asking it.
pub fn has_access(session: &Session, connection: String) -> Result<bool, AppError> {
    let connection = session.connection(&connection)?;
    Ok(connection.known_dialect() == Some(iceberg_rest::Dialect::Polaris))
}

/// Why nothing may be changed on the connection, where that is so, for a form that needs nothing else.
pub fn load_locked(session: &Session, connection: String) -> Result<Managed<()>, AppError> {
    let connection = session.connection(&connection)?;
    let at = SystemTime::now().into();
    Ok(managed(&connection, Read { data: (), at }))
}

/// What Polaris adds to a namespace, as far as this server says that it has it.
pub async fn load_offers(session: &Session, place: Place) -> Result<Offers, AppError> {
    let connection = session.connection(&place.connection)?;
    if connection.known_dialect() != Some(iceberg_rest::Dialect::Polaris) {
        return Ok(Offers::default());
    }
    let told = session.load(async {
        let client = connection.client(place.warehouse.as_deref(), None).await?;
        let endpoints = client.config().endpoints.as_deref().unwrap_or_default();
        let has = |list: &str| {
            endpoints
                .iter()
                .any(|it| it.contains("polaris/v1/") && it.ends_with(list))
        };
        Ok(Offers {
            access: true,
            policies: has("/policies"),
            generic_tables: has("/generic-tables"),
        })
    });
    // The management API is another one: access control is there even where this cannot be told.
    Ok(told.await.unwrap_or(Offers {
        access: true,
        ..Offers::default()
    }))
}
