//! The lists of the management API.

use access::polaris::Access;
use model::{
    Read,
    error::AppError,
    paths::Place,
    polaris::{
        Managed,
        lists::{ListAsk, Listed, Listing, Row},
    },
};

use crate::{
    Session,
    blocking::blocking,
    place::{catalog_of, managed, polaris},
};

/// Principals with the principal roles that each is known to hold: they cost a request each, so they are
/// those of the collected grants.
fn with_roles(rows: &[Row], access: Option<&Access>) -> Vec<Row> {
    let with_roles = |row: &Row| {
        let roles = match access {
            None => "not collected".to_owned(),
            Some(access) => roles(access, &row.name),
        };
        let mut row = row.clone();
        row.facts.insert(1, roles);
        row
    };
    rows.iter().map(with_roles).collect()
}

fn roles(access: &Access, principal: &str) -> String {
    let (roles, all) = access.roles_held(principal);
    match (roles.is_empty(), all) {
        (true, true) => "none".to_owned(),
        (true, false) => "unknown".to_owned(),
        (false, true) => roles.join(", "),
        (false, false) => format!("{}, perhaps more", roles.join(", ")),
    }
}

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
            let collected = match listing {
                Listing::Principals => connection.collected_before(),
                _ => None,
            };
            let listed = move || match listing {
                Listing::Principals => {
                    let access = collected.as_ref().map(|collected| &collected.access);
                    Listed::new(&with_roles(&read.value, access), &ask)
                }
                _ => Listed::new(&read.value, &ask),
            };
            let listed = blocking(listed).await?;
            Ok(managed(Read::new(listed, at)))
        })
        .await
}
