use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::polaris::{
        Managed,
        lists::{ListAsk, Listed, Listing},
    },
    paths::Place,
};

/// Rows of a list, which is read whole with one request and kept for a moment.
#[server(prefix = "/api", endpoint = "entities", input = GetUrl)]
pub async fn list_entities(
    place: Place,
    listing: Listing,
    ask: ListAsk,
    fresh: bool,
) -> Result<Managed<Listed>, AppError> {
    use crate::session::{blocking, load, reloaded};
    load(async {
        let (connection, _) = super::reading::polaris(&place)?;
        let catalog = match listing {
            Listing::CatalogRoles => Some(super::reading::catalog_of(&place, &connection)?),
            _ => None,
        };
        let read = connection
            .entities(listing, catalog, fresh || reloaded())
            .await?;
        let at = read.at.into();
        let listed = blocking(move || Listed::new(&read.value, &ask)).await?;
        Ok(Managed {
            at,
            ..Managed::now(&connection, listed)
        })
    })
    .await
}
