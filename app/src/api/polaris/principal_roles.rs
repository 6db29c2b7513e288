use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::polaris::{Managed, roles::PrincipalRoleView},
    paths::Place,
};
#[cfg(feature = "ssr")]
use {
    super::reading::{confirmed, entity, missing, names, own_among, polaris},
    crate::{
        change::guard::catalog_role_stays,
        model::polaris::{EntityView, Known},
        session::load,
    },
    iceberg_rest::polaris::Management,
};

/// Catalogs that are asked for the roles held there.
#[cfg(feature = "ssr")]
const MOST_CATALOGS: usize = 50;

/// A principal role, its members, and what it holds in each catalog.
#[server(prefix = "/api", endpoint = "principal-role", input = GetUrl)]
pub async fn load_principal_role(
    place: Place,
    name: String,
) -> Result<Managed<PrincipalRoleView>, AppError> {
    load(async {
        let (connection, api) = polaris(&place)?;
        let (role, members, choices, catalogs) = tokio::join!(
            api.get_principal_role(&name),
            api.list_assignee_principals(&name),
            api.list_principals(),
            api.list_catalogs()
        );
        let own = own_among(&connection, &members);
        // Who may not list catalogs still sees the one that the connection or the address names.
        let catalogs = names(catalogs, |catalog| &catalog.entity);
        let by_hand = place.warehouse.iter().chain(&connection.warehouse).cloned();
        let asked = catalogs.clone().unwrap_or_else(|_| by_hand.collect());
        let view = PrincipalRoleView {
            members: names(members, |principal| &principal.entity),
            own,
            holds: held(&api, &name, &asked).await,
            unasked: asked.len().saturating_sub(MOST_CATALOGS),
            catalogs,
            choices: names(choices, |principal| &principal.entity),
            entity: entity(role, "principal role", &name, |found| {
                let mut view = EntityView::from(&found.entity);
                view.federated = found.federated;
                view
            })?,
        };
        Ok(Managed::now(&connection, view))
    })
    .await
}

/// All catalogs at once, up to a limit: a page waits for the slowest of them.
#[cfg(feature = "ssr")]
async fn held(
    api: &Management,
    role: &str,
    catalogs: &[String],
) -> Vec<(String, Known<Vec<String>>)> {
    let mut asked = tokio::task::JoinSet::new();
    for catalog in catalogs.iter().take(MOST_CATALOGS).cloned() {
        let (api, role) = (api.clone(), role.to_owned());
        asked.spawn(async move {
            let roles = api.list_catalog_roles_for_principal_role(&role, &catalog);
            let roles = names(roles.await, |role| &role.entity);
            (catalog, roles)
        });
    }
    let mut held = asked.join_all().await;
    held.retain(|(_, roles)| !roles.as_ref().is_ok_and(Vec::is_empty));
    held.sort_by(|one, other| one.0.cmp(&other.0));
    held
}

/// The place names the catalog.
#[server(prefix = "/api", endpoint = "catalog-role-assign")]
pub async fn assign_catalog_role(
    place: Place,
    catalog: String,
    principal_role: String,
    catalog_role: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let object = format!("{principal_role} ← {catalog}.{catalog_role}");
    connection
        .change("assignCatalogRoleToPrincipalRole", object, async move {
            api.assign_catalog_role(&principal_role, &catalog, &catalog_role)
                .await
        })
        .await
        .map_err(|error| missing(error, "such principal role or", "catalog role"))
}

/// `confirm` is asked for where it may be Crowsnest's own last way to manage access.
#[server(prefix = "/api", endpoint = "catalog-role-revoke")]
pub async fn revoke_catalog_role(
    place: Place,
    catalog: String,
    principal_role: String,
    catalog_role: String,
    #[server(default)] confirm: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let (role, holder) = ((&*catalog, &*catalog_role), Some(&*principal_role));
    catalog_role_stays(&connection, &api, role, holder, &confirm).await?;
    let object = format!("{principal_role} ← {catalog}.{catalog_role}");
    connection
        .change("revokeCatalogRoleFromPrincipalRole", object, async move {
            api.revoke_catalog_role(&principal_role, &catalog, &catalog_role)
                .await
        })
        .await
}

/// The role that manages a catalog's access; each catalog is made with it.
pub const CATALOG_ADMIN: &str = "catalog_admin";

/// Goes to the list afterwards.
#[server(prefix = "/api", endpoint = "principal-role-delete")]
pub async fn delete_principal_role(
    place: Place,
    name: String,
    confirm: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let members = api.list_assignee_principals(&name).await;
    confirmed(&confirm, &name, own_among(&connection, &members))?;
    let object = name.clone();
    connection
        .change("deletePrincipalRole", object, async move {
            api.delete_principal_role(&name).await
        })
        .await?;
    leptos_axum::redirect(&place.principal_roles_path());
    Ok(())
}
