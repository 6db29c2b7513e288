use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{error::AppError, model::connections::ConnectionCard};

/// The configured connections, as last probed: answers at once.
#[server(prefix = "/api", endpoint = "connections", input = GetUrl)]
pub async fn list_connections() -> Result<Vec<ConnectionCard>, AppError> {
    let session = crate::session::session()?;
    Ok(session
        .connections()
        .iter()
        .map(|connection| (&**connection).into())
        .collect())
}
