//! Roles of one catalog: who holds them, and their grants.

use access::polaris::Object as Named;
use model::{
    change::Object,
    error::AppError,
    paths::Place,
    polaris::{
        EntityView, Managed,
        roles::{CatalogRoleView, Granted},
    },
};

use crate::{
    Session,
    blocking::blocking,
    change::{Change, guard::catalog_role_stays},
    collected::lost,
    confirm::confirmed,
    entity::{entity, names},
    place::{catalog_of, polaris, unlisted},
};

/// A catalog role, who holds it, and its grants, in four requests.
pub async fn load_catalog_role(
    session: &Session,
    place: Place,
    name: String,
) -> Result<Managed<CatalogRoleView>, AppError> {
    session
        .managed(
            "catalog role",
            place,
            name,
            |session, place, name| async move {
                let (connection, api) = polaris(&session, &place)?;
                let catalog = catalog_of(&place, &connection)?;
                let (role, holders, grants, choices) = tokio::join!(
                    api.get_catalog_role(&catalog, &name),
                    api.list_assignee_principal_roles(&catalog, &name),
                    api.list_grants(&catalog, &name),
                    api.list_principal_roles()
                );
                let gone = Named::CatalogRole {
                    catalog: catalog.clone(),
                    name: name.clone(),
                };
                let group = move || {
                    grants
                        .map_err(|error| unlisted(error.into()))
                        .map(|grants| Granted::group(grants, &catalog))
                };
                let view = CatalogRoleView {
                    lost: lost(&connection, gone).await?,
                    entity: entity(role, "catalog role", &name, |found| {
                        EntityView::new(&found.entity, session.reveal())
                    })?,
                    holders: names(holders, |role| &role.entity).await,
                    grants: blocking(group).await?,
                    choices: names(choices, |role| &role.entity).await,
                };
                Ok(view)
            },
        )
        .await
}

/// Answers the address of the list.
pub async fn delete_catalog_role(
    session: &Session,
    place: Place,
    name: String,
    confirm: String,
    once: String,
) -> Result<String, AppError> {
    let (connection, api) = polaris(session, &place)?;
    let catalog = catalog_of(&place, &connection)?;
    // First what asks for more, so that nobody types twice.
    catalog_role_stays(&connection, &api, (&catalog, &name), None, &confirm).await?;
    confirmed(&confirm, &name, false)?;
    let object = Object::catalog_role(&catalog, &name);
    let change = Change::new("deleteCatalogRole", object);
    let list = place.catalog_roles_path(&catalog);
    let delete = async move { api.delete_catalog_role(&catalog, &name).await };
    connection.remove(once, change, delete).await?;
    Ok(list)
}
