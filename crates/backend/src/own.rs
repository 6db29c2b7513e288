//! What Crowsnest itself acts as on a Polaris, as far as that can be told.

use iceberg_rest::{Error, ErrorKind};
use model::own::Own;
use vendors::polaris::{Management, types::Principal};

use crate::Catalog;

/// Whether the connection acts as this principal.
pub fn own(connection: &Catalog, principal: &Principal) -> Own {
    match (connection.identity.id(), &principal.client_id) {
        (Some(identity), Some(client_id)) => Own::from(identity == client_id),
        _ => Own::Unknown,
    }
}

/// Whether it acts as the principal of this name. Whom it may not see may be itself.
pub async fn own_named(connection: &Catalog, api: &Management, name: &str) -> Own {
    match api.get_principal(name).await {
        Ok(found) => own(connection, &found),
        Err(error) if error.kind == ErrorKind::NotFound => Own::No,
        Err(_) => Own::Unknown,
    }
}

/// Whether it acts as one of these.
pub fn own_among(connection: &Catalog, members: &Result<Vec<Principal>, Error>) -> Own {
    match members {
        Ok(members) => {
            let each = members.iter().map(|member| own(connection, member));
            each.max().unwrap_or_default()
        }
        Err(error) if error.kind == ErrorKind::NotFound => Own::No,
        Err(_) => Own::Unknown,
    }
}

/// The principal that a connection acts as, where that can be told: the one with its client id.
pub async fn own_principal(connection: &Catalog) -> Option<String> {
    let client_id = connection.identity.id()?;
    let principals = connection.management().ok()?.list_principals().await.ok()?;
    let own = principals
        .into_iter()
        .find(|principal| principal.client_id.as_deref() == Some(client_id));
    own.map(|principal| principal.entity.name)
}
