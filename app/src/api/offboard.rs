use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    access::{Collected, offboard::left::Offboarding, onboard::Review},
    codec::Json,
    error::AppError,
    paths::Place,
};

/// Whom to choose where no principal is named, or else what it leaves behind.
#[server(prefix = "/api", endpoint = "offboard", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_offboarding(
    place: Place,
    principal: String,
) -> Result<Collected<Offboarding>, AppError> {
    backend::offboard::load_offboarding(&crate::session()?, place, principal).await
}

/// The calls that offboarding comes to; makes none of them. `ask` is the query of the page's address.
#[server(prefix = "/api", endpoint = "offboard-review", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_review(place: Place, ask: String) -> Result<Review, AppError> {
    backend::offboard::load_review(&crate::session()?, place, ask).await
}
