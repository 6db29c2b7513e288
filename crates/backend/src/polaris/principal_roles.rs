use model::{
    error::AppError,
    paths::Place,
    polaris::{EntityView, Known, Managed, Own, confirmation, roles::PrincipalRoleView},
};
use vendors::polaris::Management;

use crate::{
    Session,
    change::{
        guard::catalog_role_stays,
        press::{Press, Removal, other, press, remove},
    },
    confirm::confirmed,
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
                let view = PrincipalRoleView {
                    members: names(members, |principal| &principal.entity).await,
                    own,
                    holds: held(&api, &name, &asked).await,
                    unasked: asked.len().saturating_sub(MOST_CATALOGS),
                    catalogs,
                    choices: names(choices, |principal| &principal.entity).await,
                    entity: entity(role, "principal role", &name, |found| {
                        let mut view = EntityView::new(&found.entity, session.reveal());
                        view.federated = found.federated;
                        view
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
    let object = format!("{principal_role} ← {catalog}.{catalog_role}");
    let (own, logged, names) = (connection.clone(), object.clone(), String::new());
    let assign = async move {
        let held = api.list_catalog_roles_for_principal_role(&principal_role, &catalog);
        let held = lists(held.await, |role| &role.entity, &catalog_role);
        let what = format!("“{principal_role}” holds “{catalog_role}” of {catalog} already");
        already(held, true, &what)?;
        let assign = async move {
            api.assign_catalog_role(&principal_role, &catalog, &catalog_role)
                .await
        };
        own.change("assignCatalogRoleToPrincipalRole", logged, assign)
            .await
            .map_err(|error| missing(error, "such principal role or", "catalog role"))
    };
    press(
        &connection,
        Press { once, names },
        "assign",
        &object,
        assign,
    )
    .await
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
    let typed = confirm.trim();
    let expected = [Own::No, Own::Yes].map(|own| confirmation(&catalog_role, own));
    if !typed.is_empty() && !expected.contains(&typed.into()) {
        return Err(other(typed, &catalog_role));
    }
    let (role, holder) = ((&*catalog, &*catalog_role), Some(&*principal_role));
    catalog_role_stays(&connection, &api, role, holder, typed).await?;
    let object = format!("{principal_role} ← {catalog}.{catalog_role}");
    let (own, logged) = (connection.clone(), object.clone());
    let revoke = async move {
        let held = api.list_catalog_roles_for_principal_role(&principal_role, &catalog);
        let held = lists(held.await, |role| &role.entity, &catalog_role);
        let what =
            format!("“{principal_role}” does not hold “{catalog_role}” of {catalog} any more");
        already(held, false, &what)?;
        let revoke = async move {
            api.revoke_catalog_role(&principal_role, &catalog, &catalog_role)
                .await
        };
        own.change("revokeCatalogRoleFromPrincipalRole", logged, revoke)
            .await
    };
    press(&connection, form, "revoke", &object, revoke).await
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
    let removal = Removal {
        operation: "deletePrincipalRole",
        noun: "principal role",
        name: name.clone(),
        object: name.clone(),
        list: place.principal_roles_path(),
    };
    let delete = async move { api.delete_principal_role(&name).await };
    remove(&connection, once, removal, delete).await
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
