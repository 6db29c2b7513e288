use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::{access::onboard::Review, batch::Batch},
    paths::Place,
};

/// The calls that onboarding a service comes to; makes none of them. `ask` is the query of the page's
/// address.
#[server(prefix = "/api", endpoint = "onboard-review", input = GetUrl)]
pub async fn load_review(place: Place, ask: String) -> Result<Review, AppError> {
    use crate::{change::onboard::review, paths::Query, session};
    let read = session::seen_through("onboarding", place, ask, |place, ask| async move {
        let connection = session::session()?.connection(&place.connection)?;
        review(&connection, &Query::parse(&ask)).await
    });
    Ok(Review {
        once: session::once::new_id(),
        ..read.await?.data
    })
}

/// The onboarding of the principal that is under way, or what came of the last one.
#[server(prefix = "/api", endpoint = "onboard-last", input = GetUrl)]
pub async fn load_last(place: Place, principal: String) -> Result<Option<Batch>, AppError> {
    use crate::{change::onboard::subject, session::session};
    let connection = session()?.connection(&place.connection)?;
    Ok(connection.batches.last(&subject(&principal)).await)
}
