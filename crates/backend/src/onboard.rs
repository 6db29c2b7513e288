//! Onboarding of a service: what would be done, and what came of it last.

use model::{
    access::onboard::Review,
    batch::Batch,
    change::Object,
    error::AppError,
    paths::{Place, Query},
};

use crate::{Session, change::onboard::review, once::new_id};

/// The calls that onboarding a service comes to; makes none of them. `ask` is the query of the page's
/// address.
pub async fn load_review(session: &Session, place: Place, ask: String) -> Result<Review, AppError> {
    let read = session.seen_through("onboarding", place, ask, |session, place, ask| async move {
        let connection = session.connection(&place.connection)?;
        review(&connection, &Query::parse(&ask)).await
    });
    Ok(Review {
        once: new_id(),
        ..read.await?.data
    })
}

/// The onboarding of the principal that is under way, or what came of the last one.
pub async fn load_last(
    session: &Session,
    place: Place,
    principal: String,
) -> Result<Option<Batch>, AppError> {
    let connection = session.connection(&place.connection)?;
    let batches = &connection.changes.batches;
    Ok(batches.last(&Object::principal(&principal)))
}
