use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    destination::{Report, Snippet, Start},
    error::AppError,
    paths::Place,
};

/// The connections as drafts.
#[server(prefix = "/api", endpoint = "destination-starts", input = GetUrl, output = Json, client = crate::Page)]
pub async fn list_starts() -> Result<Vec<Start>, AppError> {
    Ok(backend::destination::list_starts(&crate::session()?))
}

/// Asks the catalog that a file names, read-only. The values are used once and not kept.
#[server(prefix = "/api", endpoint = "check-destination", output = Json, client = crate::Page)]
pub async fn check_destination(
    catalog: Option<String>,
    file: String,
    connection: Option<String>,
) -> Result<Report, AppError> {
    backend::destination::check_destination(&crate::session()?, catalog, file, connection).await
}

/// How engines connect to a connection's catalog and read the table that the place names; placeholders stand for
/// secrets.
#[server(prefix = "/api", endpoint = "snippets", input = GetUrl, output = Json, client = crate::Page)]
pub async fn list_snippets(place: Place, snapshot: String) -> Result<Vec<Snippet>, AppError> {
    backend::destination::list_snippets(&crate::session()?, place, snapshot).await
}
