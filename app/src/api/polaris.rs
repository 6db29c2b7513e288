//! What the pages about Polaris' access control and its own kinds of objects read and change.

pub mod catalog_roles;
pub mod catalogs;
pub mod generic_tables;
pub mod lists;
pub mod policies;
pub mod principal_roles;
pub mod principals;
#[cfg(feature = "ssr")]
pub mod reading;

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::error::AppError;

/// Whether the connection's server has principals, roles and grants, as far as is known without
/// asking it.
#[server(prefix = "/api", endpoint = "has-access", input = GetUrl)]
pub async fn has_access(connection: String) -> Result<bool, AppError> {
    let connection = crate::session::session()?.connection(&connection)?;
    Ok(connection.known_dialect() == Some(iceberg_rest::Dialect::Polaris))
}
