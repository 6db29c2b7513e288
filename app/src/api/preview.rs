use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    batch::Batch, codec::Json, error::AppError, page::ChangePage, paths::Place, preview::Preview,
};

/// What a change comes to whose page has nothing to fill in.
#[server(prefix = "/api", endpoint = "preview", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_preview(place: Place, page: ChangePage) -> Result<Preview, AppError> {
    backend::plan::load_preview(&crate::session()?, place, page).await
}

/// The change of several tables of a namespace that is under way, or what came of the last one.
#[server(prefix = "/api", endpoint = "tables-change", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_tables_change(place: Place) -> Result<Option<Batch>, AppError> {
    backend::plan::many::load_last(&crate::session()?, place).await
}
