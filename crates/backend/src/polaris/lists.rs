//! The lists of the management API.

use model::{
    Read,
    error::AppError,
    paths::Place,
    polaris::{
        Managed,
        lists::{ListAsk, Listed, Listing},
    },
};

use crate::{
    Session,
    blocking::blocking,
    place::{catalog_of, managed, polaris},
};

/// Rows of a list, which is read whole with one request and kept for a moment.
pub async fn list_entities(
    session: &Session,
    place: Place,
    listing: Listing,
    ask: ListAsk,
    fresh: bool,
) -> Result<Managed<Listed>, AppError> {
    session
        .load(async {
            let (connection, _) = polaris(session, &place)?;
            let catalog = match listing {
                Listing::CatalogRoles => Some(catalog_of(&place, &connection)?),
                _ => None,
            };
            let read = connection
                .entities(listing, catalog, fresh || session.reloaded())
                .await?;
            let at = read.at.into();
            let listed = blocking(move || Listed::new(&read.value, &ask)).await?;
            Ok(managed(Read::new(listed, at)))
        })
        .await
}
