//! What the destination wizard starts from, and the check of what it made.

use std::sync::Arc;

use destination::{Engine, snippet};
use model::{
    destination::{Report, Snippet, Start},
    draft::Draft,
    error::AppError,
    paths::Place,
};

use crate::{Catalog, Session};

/// The connections as drafts.
pub fn list_starts(session: &Session) -> Vec<Start> {
    let start = |connection: &Arc<Catalog>| {
        let mut draft = Draft::new(connection.destination(None));
        draft.from = Some(connection.spec.name.clone());
        Start {
            connection: connection.spec.name.clone(),
            query: draft.query().to_string(),
        }
    };
    session.connections().iter().map(start).collect()
}

/// Asks the catalog that a file names, read-only. The values are used once and not kept.
pub async fn check_destination(
    session: &Session,
    catalog: Option<String>,
    file: String,
    connection: Option<String>,
) -> Result<Report, AppError> {
    let file = crate::check::read(&file, catalog.as_deref())?;
    let connection = match connection {
        Some(name) => Some(session.connection(&name)?),
        None => None,
    };
    Ok(crate::check::check(&file, connection.as_deref()).await)
}

/// How engines connect to a connection's catalog; placeholders stand for secrets.
pub fn list_snippets(session: &Session, place: Place) -> Result<Vec<Snippet>, AppError> {
    let connection = session.connection(&place.connection)?;
    let file = connection.destination(place.warehouse.as_deref());
    let of = |engine: Engine| {
        Some(Snippet {
            engine: engine.name().into(),
            text: snippet(&file, engine)?,
        })
    };
    Ok(Engine::ALL.into_iter().filter_map(of).collect())
}
