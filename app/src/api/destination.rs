use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    model::destination::{Report, Snippet},
    paths::Place,
};

/// A connection to start a destination from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    pub connection: String,
    /// A draft's query; holds no secret.
    pub query: String,
}

/// The connections as drafts.
#[server(prefix = "/api", endpoint = "destination-starts", input = GetUrl)]
pub async fn list_starts() -> Result<Vec<Start>, AppError> {
    let session = crate::session::session()?;
    let start = |connection: &std::sync::Arc<crate::session::Connection>| {
        let mut draft = crate::draft::Draft::new(connection.destination(None));
        draft.from = Some(connection.name.clone());
        Start {
            connection: connection.name.clone(),
            query: draft.query().to_string(),
        }
    };
    Ok(session.connections().iter().map(start).collect())
}

/// Asks the catalog that a file names, read-only. The values are used once and not kept.
#[server(prefix = "/api", endpoint = "check-destination")]
pub async fn check_destination(
    catalog: Option<String>,
    file: String,
    connection: Option<String>,
) -> Result<Report, AppError> {
    let file = crate::check::read(&file, catalog.as_deref())?;
    let connection = match connection {
        Some(name) => Some(crate::session::session()?.connection(&name)?),
        None => None,
    };
    Ok(crate::check::check(&file, connection.as_deref()).await)
}

/// How engines connect to a connection's catalog; placeholders stand for secrets.
#[server(prefix = "/api", endpoint = "snippets", input = GetUrl)]
pub async fn list_snippets(place: Place) -> Result<Vec<Snippet>, AppError> {
    use destination::{Engine, snippet};
    let connection = crate::session::session()?.connection(&place.connection)?;
    let file = connection.destination(place.warehouse.as_deref());
    let of = |engine: Engine| {
        Some(Snippet {
            engine: engine.name().into(),
            text: snippet(&file, engine)?,
        })
    };
    Ok(Engine::ALL.into_iter().filter_map(of).collect())
}
