//! Keeps Crowsnest from ending its own last way to manage access, as long as that is not typed out.

use std::{sync::Arc, time::Duration};

use access::polaris::Change;
use iceberg_rest::{Error, ErrorKind};
use model::{
    access::loss::{manages, own_last_path as own_last_path_of},
    error::AppError,
    own::{Own, confirmation},
};
use vendors::polaris::Management;

use crate::{
    Catalog,
    catalog::{Age, State},
    confirm::{confirmed, typed_out},
    own::own_principal,
};

/// How long a guard waits for the grants that it has to know.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why removing all these edges could end it; `None` where it does not.
async fn own_last_path(
    connection: &Catalog,
    management: &Management,
    changes: &[Change],
) -> Option<String> {
    let Some(own) = own_principal(connection).await else {
        return Some("Crowsnest cannot tell which principal it acts as, so this could be its own last way to manage access.".into());
    };
    let collection = connection.collection(management.clone(), Age::Now);
    let State::Collected(collected) = collection.state(PATIENCE).await else {
        return Some(format!(
            "The grants are not collected, so this could be the last way of {own} to manage access."
        ));
    };
    match own_last_path_of(&collected.access, changes, &own) {
        Own::No => None,
        Own::Yes => Some(format!(
            "This is the last way of {own}, the principal that Crowsnest acts as, to manage access there: afterwards it cannot grant it back."
        )),
        Own::Unknown => Some(format!(
            "Not all was collected of what {own}, the principal that Crowsnest acts as, holds, so this could be its last way to manage access there."
        )),
    }
}

/// Refuses to take a catalog role from `holder`, or else from all principal roles that hold it, where
/// that could end it.
pub async fn catalog_role_stays(
    connection: &Arc<Catalog>,
    management: &Management,
    (catalog, role): (&str, &str),
    holder: Option<&str>,
    typed: &str,
) -> Result<(), AppError> {
    if confirmed(typed, role, Own::Yes).is_ok() {
        return Ok(());
    }
    match ends(management, catalog, role, holder).await {
        Ok(ends) => edges_stay(connection, management, &ends, role, typed).await,
        Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
        Err(_) => {
            let why = format!(
                "The grants of {role} and who holds it could not be read, so this could be Crowsnest’s own last way to manage access."
            );
            typed_out(typed, &confirmation(role, Own::Yes), &why)
        }
    }
}

/// Refuses to remove these edges of a catalog role where that could end it.
pub async fn edges_stay(
    connection: &Catalog,
    management: &Management,
    edges: &[Change],
    role: &str,
    typed: &str,
) -> Result<(), AppError> {
    if edges.is_empty() || confirmed(typed, role, Own::Yes).is_ok() {
        return Ok(());
    }
    match own_last_path(connection, management, edges).await {
        Some(why) => typed_out(typed, &confirmation(role, Own::Yes), &why),
        None => Ok(()),
    }
}

/// The edges that end with the role; none where it does not manage access.
async fn ends(
    management: &Management,
    catalog: &str,
    role: &str,
    holder: Option<&str>,
) -> Result<Vec<Change>, Error> {
    let grants = management.list_grants(catalog, role).await?;
    let mut grants = grants.into_iter().filter_map(|it| it.in_catalog(catalog));
    if !grants.any(|grant| manages(&grant.privilege)) {
        return Ok(Vec::new());
    }
    let holders = match holder {
        Some(holder) => vec![holder.to_owned()],
        None => {
            let holders = management.list_assignee_principal_roles(catalog, role);
            let holders = holders.await?.into_iter();
            holders.map(|holder| holder.entity.name).collect()
        }
    };
    let end = |principal_role| Change::AssignCatalogRole {
        catalog: catalog.to_owned(),
        catalog_role: role.to_owned(),
        principal_role,
    };
    Ok(holders.into_iter().map(end).collect())
}
