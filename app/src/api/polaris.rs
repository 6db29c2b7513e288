use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::error::AppError;

/// Whether the connection's server has principals, roles and grants, as far as is known without
/// asking it.
#[server(prefix = "/api", endpoint = "has-access", input = GetUrl)]
pub async fn has_access(connection: String) -> Result<bool, AppError> {
    let connection = crate::session::session()?.connection(&connection)?;
    Ok(connection.known_dialect() == Some(iceberg_rest::Dialect::Polaris))
}
