//! Principal roles: who is in them, and what they hold.

use std::sync::Arc;

use access::polaris::Object as Named;
use model::{
    change::Object,
    error::AppError,
    paths::Place,
    polaris::{EntityView, Known, Managed, roles::PrincipalRoleView},
};
use vendors::polaris::Management;

use crate::{
    Catalog, Session,
    change::{Change, guard::catalog_role_stays, press::Press},
    collected::lost,
    confirm::{confirmed, not_of_another},
    entity::{already, entity, lists, missing, names},
    own::own_among,
    place::polaris,
};

/// A principal role, its members, and what it holds in each catalog.
pub async fn load_principal_role(
    session: &Session,
    place: Place,
    name: String,
) -> Result<Managed<PrincipalRoleView>, AppError> {
    session
        .managed(
            "principal role",
            place,
            name,
            |session, place, name| async move {
                let (connection, api) = polaris(&session, &place)?;
                let (role, members, choices, catalogs) = tokio::join!(
                    api.get_principal_role(&name),
                    api.list_assignee_principals(&name),
                    api.list_principals(),
                    api.list_catalogs()
                );
                let own = own_among(&connection, &members);
                // Who may not list catalogs still sees the one that the connection or the address names.
                let catalogs = names(catalogs, |catalog| &catalog.entity).await;
                let by_hand = place
                    .warehouse
                    .iter()
                    .chain(&connection.spec.warehouse)
                    .cloned();
                let asked = catalogs.clone().unwrap_or_else(|_| by_hand.collect());
                let gone = Named::PrincipalRole { name: name.clone() };
                let view = PrincipalRoleView {
                    lost: lost(&connection, gone).await?,
                    members: names(members, |principal| &principal.entity).await,
                    own,
                    holds: held(&api, &name, &asked).await,
                    unasked: asked.len().saturating_sub(MOST_CATALOGS),
                    catalogs,
                    choices: names(choices, |principal| &principal.entity).await,
                    entity: entity(role, "principal role", &name, |found| EntityView {
                        federated: found.federated,
                        ..EntityView::new(&found.entity, session.reveal())
                    })?,
                };
                Ok(view)
            },
        )
        .await
}

/// The place names the catalog.
pub async fn assign_catalog_role(
    session: &Session,
    place: Place,
    catalog: String,
    principal_role: String,
    catalog_role: String,
    once: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(session, &place)?;
    let names = (catalog, principal_role, catalog_role);
    give(&connection, api, names, true, Press::plain(once)).await
}

/// `confirm` is asked for where it may be Crowsnest's own last way to manage access.
pub async fn revoke_catalog_role(
    session: &Session,
    place: Place,
    catalog: String,
    principal_role: String,
    catalog_role: String,
    confirm: String,
    form: Press,
) -> Result<(), AppError> {
    let (connection, api) = polaris(session, &place)?;
    not_of_another(&confirm, &catalog_role)?;
    let (role, holder) = ((&*catalog, &*catalog_role), Some(&*principal_role));
    catalog_role_stays(&connection, &api, role, holder, &confirm).await?;
    let names = (catalog, principal_role, catalog_role);
    give(&connection, api, names, false, form).await
}

/// Gives a catalog role to a principal role, or takes it away.
async fn give(
    connection: &Arc<Catalog>,
    api: Management,
    (catalog, principal_role, role): (String, String, String),
    wanted: bool,
    form: Press,
) -> Result<(), AppError> {
    let (operation, word) = match wanted {
        true => ("assignCatalogRoleToPrincipalRole", "holds"),
        false => ("revokeCatalogRoleFromPrincipalRole", "does not hold"),
    };
    let object = Object::assignment(&principal_role, &catalog, &role);
    let call = async move {
        let held = api.list_catalog_roles_for_principal_role(&principal_role, &catalog);
        let held = lists(held.await, |role| &role.entity, &role);
        let what = format!("“{principal_role}” {word} “{role}” of {catalog}");
        already(held, wanted, &what)?;
        if !wanted {
            let made = api.revoke_catalog_role(&principal_role, &catalog, &role);
            return Ok(made.await?);
        }
        let made = api.assign_catalog_role(&principal_role, &catalog, &role);
        made.await
            .map_err(|error| missing(error.into(), "such principal role or", "catalog role"))
    };
    connection
        .press(form, Change::new(operation, object), call)
        .await
}

/// Answers the address of the list.
pub async fn delete_principal_role(
    session: &Session,
    place: Place,
    name: String,
    confirm: String,
    once: String,
) -> Result<String, AppError> {
    let (connection, api) = polaris(session, &place)?;
    let members = api.list_assignee_principals(&name).await;
    confirmed(&confirm, &name, own_among(&connection, &members))?;
    let change = Change::new("deletePrincipalRole", Object::principal_role(&name));
    let delete = async move { api.delete_principal_role(&name).await };
    connection.remove(once, change, delete).await?;
    Ok(place.principal_roles_path())
}

/// Catalogs that are asked for the roles held there.
const MOST_CATALOGS: usize = 50;

/// All catalogs at once, up to a limit: a page waits for the slowest of them.
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
            let roles = names(roles.await, |role| &role.entity).await;
            (catalog, roles)
        });
    }
    let mut held = asked.join_all().await;
    held.retain(|(_, roles)| !roles.as_ref().is_ok_and(Vec::is_empty));
    held.sort_by(|one, other| one.0.cmp(&other.0));
    held
}
