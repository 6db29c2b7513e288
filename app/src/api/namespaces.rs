use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    Read,
    codec::Json,
    error::AppError,
    namespaces::{NamespaceView, Tree},
    paths::Place,
};

/// The open branches of the namespace tree. `ask` is a [`TreeAsk`](model::namespaces::TreeAsk) as a query.
#[server(prefix = "/api", endpoint = "tree", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_tree(place: Place, ask: String) -> Result<Tree, AppError> {
    backend::namespaces::load_tree(&crate::session()?, place, ask).await
}

/// A namespace's own properties.
#[server(prefix = "/api", endpoint = "namespace", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_namespace(place: Place) -> Result<Read<NamespaceView>, AppError> {
    backend::namespaces::load_namespace(&crate::session()?, place).await
}
