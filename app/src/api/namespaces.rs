use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::{
        Read,
        namespaces::{NamespaceView, Tree},
    },
    paths::Place,
};

/// The open branches of the namespace tree. `ask` is a [`TreeAsk`](crate::model::namespaces::TreeAsk) as a query.
#[server(prefix = "/api", endpoint = "tree", input = GetUrl)]
pub async fn load_tree(place: Place, ask: String) -> Result<Tree, AppError> {
    use crate::{model::namespaces::TreeAsk, paths::Query, session::load};
    let ask = TreeAsk::read(&Query::parse(&ask));
    load(tree::read(&place, &ask)).await
}

/// A namespace's own properties.
#[server(prefix = "/api", endpoint = "namespace", input = GetUrl)]
pub async fn load_namespace(place: Place) -> Result<Read<NamespaceView>, AppError> {
    use crate::{api::reading::catalog, model::settings::settings, session::seen_through};
    seen_through("namespace", place, (), |place, ()| async move {
        let (_, client) = catalog(&place).await?;
        let namespace = iceberg_rest::Namespace::try_new(&place.namespace)
            .map_err(iceberg_rest::Error::from)?;
        let details = client.load_namespace(&namespace).await?;
        Ok(NamespaceView {
            properties: settings(&details.properties),
        })
    })
    .await
}

#[cfg(feature = "ssr")]
mod tree;
