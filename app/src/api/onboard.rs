use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{error::AppError, model::access::onboard::Review, paths::Place};

/// The calls that onboarding a service comes to; makes none of them. `ask` is the query of the page's
/// address.
#[server(prefix = "/api", endpoint = "onboard-review", input = GetUrl)]
pub async fn load_review(place: Place, ask: String) -> Result<Review, AppError> {
    use crate::{change::onboard::review, paths::Query, session};
    session::load(async {
        let connection = session::session()?.connection(&place.connection)?;
        review(&connection, &Query::parse(&ask)).await
    })
    .await
}

/// How many of the calls are made by now, while the principal is being onboarded.
#[server(prefix = "/api", endpoint = "onboard-progress", input = GetUrl)]
pub async fn load_progress(place: Place, principal: String) -> Result<Option<usize>, AppError> {
    let connection = crate::session::session()?.connection(&place.connection)?;
    Ok(connection.onboarding.get(&principal).await)
}
