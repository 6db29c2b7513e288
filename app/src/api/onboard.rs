use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{access::onboard::Review, batch::Batch, codec::Json, error::AppError, paths::Place};

/// The calls that onboarding a service comes to; makes none of them. `ask` is the query of the page's
/// address.
#[server(prefix = "/api", endpoint = "onboard-review", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_review(place: Place, ask: String) -> Result<Review, AppError> {
    backend::onboard::load_review(&crate::session()?, place, ask).await
}

/// The onboarding of the principal that is under way, or what came of the last one.
#[server(prefix = "/api", endpoint = "onboard-last", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_last(place: Place, principal: String) -> Result<Option<Batch>, AppError> {
    backend::onboard::load_last(&crate::session()?, place, principal).await
}
