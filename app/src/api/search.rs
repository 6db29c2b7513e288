use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{codec::Json, error::AppError, search::Found};

/// What is found in the names that were read. `ask` is a [`SearchAsk`](model::search::SearchAsk) as a query.
#[server(prefix = "/api", endpoint = "search", input = GetUrl, output = Json, client = crate::Page)]
pub async fn search(ask: String) -> Result<Found, AppError> {
    backend::search::search(&crate::session()?, ask).await
}
