use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{codec::Json, error::AppError, page::ChangePage, paths::Place, preview::Preview};

/// What a change comes to whose page has nothing to fill in.
#[server(prefix = "/api", endpoint = "preview", input = GetUrl, output = Json)]
pub async fn load_preview(place: Place, page: ChangePage) -> Result<Preview, AppError> {
    backend::plan::load_preview(&crate::session()?, place, page).await
}
