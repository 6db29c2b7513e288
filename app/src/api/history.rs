use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{Read, codec::Json, error::AppError, history::CommitPage, paths::Place};

/// Commits of the reference that the page shows; `token` is the `next` of the page before.
#[server(prefix = "/api", endpoint = "history", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_history(place: Place, token: String) -> Result<Read<CommitPage>, AppError> {
    backend::history::load_history(&crate::session()?, place, token).await
}
