//! A namespace by itself, and the tree of them.

mod tree;

use iceberg_rest::{Client, Error, Hint};
use model::{
    Read,
    error::AppError,
    namespaces::{NamespaceView, Tree, TreeAsk},
    paths::{Place, Query},
    settings::settings,
};

use crate::{
    Session,
    reading::{catalog, missing, notes},
};

/// The open branches of the namespace tree. `ask` is a [`TreeAsk`](model::namespaces::TreeAsk) as a query.
pub async fn load_tree(session: &Session, place: Place, ask: String) -> Result<Tree, AppError> {
    let ask = TreeAsk::read(&Query::parse(&ask));
    session.load(tree::read(session, &place, &ask)).await
}

/// A namespace's own properties.
pub async fn load_namespace(
    session: &Session,
    place: Place,
) -> Result<Read<NamespaceView>, AppError> {
    let read = session
        .seen_through("namespace", place, (), |session, place, ()| async move {
            let (_, client) = catalog(&session, &place).await?;
            let namespace = iceberg_rest::Namespace::try_new(&place.namespace)
                .map_err(iceberg_rest::Error::from)?;
            let details = client.load_namespace(&namespace).await;
            let details = details.map_err(|error| not_there(error, &client, &place))?;
            let view = NamespaceView {
                properties: settings(&details.properties, session.reveal()),
            };
            Ok((view, notes(&details.oddities)))
        })
        .await?;
    Ok(read.with_notes())
}

/// A namespace that cannot be read, in words of what was asked for.
pub(crate) fn not_there(error: Error, client: &Client, place: &Place) -> AppError {
    match error.hint() {
        Some(Hint::Gone | Hint::Hidden) => {
            let rest = ". The tree shows what there is.";
            missing(&error, client, place, "namespace", rest)
        }
        _ => error.into(),
    }
}
