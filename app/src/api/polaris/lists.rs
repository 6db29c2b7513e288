use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    error::AppError,
    paths::Place,
    polaris::{
        Managed,
        lists::{ListAsk, Listed, Listing},
    },
};

/// Rows of a list, which is read whole with one request and kept for a moment.
#[server(prefix = "/api", endpoint = "entities", input = GetUrl, output = Json, client = crate::Page)]
pub async fn list_entities(
    place: Place,
    listing: Listing,
    ask: ListAsk,
    fresh: bool,
) -> Result<Managed<Listed>, AppError> {
    backend::polaris::lists::list_entities(&crate::session()?, place, listing, ask, fresh).await
}
