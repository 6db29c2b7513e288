//! Lists of tables, views and namespaces, page by page while they arrive.

pub mod export;
mod facts;
mod listing;

use model::{
    Read,
    error::AppError,
    names::{Counts, NameKind, Names, NamesAsk},
    paths::Place,
};

use crate::Session;
pub(crate) use listing::{generic_tables, kinds_inside};

/// Rows of a list of names. While the list is arriving, what has arrived by now.
pub async fn load_names(
    session: &Session,
    place: Place,
    kind: NameKind,
    ask: NamesAsk,
    fresh: bool,
) -> Result<Read<Names>, AppError> {
    session
        .load(listing::names(session, &place, kind, &ask, fresh))
        .await
}

/// How much a namespace holds, as far as is known: lists that are slow are not waited for.
pub async fn load_counts(session: &Session, place: Place) -> Result<Counts, AppError> {
    session.load(listing::counts(session, &place)).await
}
