use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::polaris::{Managed, roles::CatalogRoleView},
    paths::Place,
};
#[cfg(feature = "ssr")]
use {
    super::reading::{catalog_of, confirmed, entity, names, polaris},
    crate::{
        change::{
            guard::catalog_role_stays,
            press::{Removal, remove},
        },
        model::polaris::{EntityView, roles::Granted},
        session::{blocking, seen_through},
    },
};

/// A catalog role, who holds it, and its grants, in four requests.
#[server(prefix = "/api", endpoint = "catalog-role", input = GetUrl)]
pub async fn load_catalog_role(
    place: Place,
    name: String,
) -> Result<Managed<CatalogRoleView>, AppError> {
    let (connection, _) = polaris(&place)?;
    let read = seen_through("catalog role", place, name, |place, name| async move {
        let (connection, api) = polaris(&place)?;
        let catalog = catalog_of(&place, &connection)?;
        let (role, holders, grants, choices) = tokio::join!(
            api.get_catalog_role(&catalog, &name),
            api.list_assignee_principal_roles(&catalog, &name),
            api.list_grants(&catalog, &name),
            api.list_principal_roles()
        );
        let group = move || {
            grants.map_err(AppError::from).map(|grants| {
                let grants = grants.into_iter();
                Granted::group(grants.filter_map(|it| it.in_catalog(&catalog)).collect())
            })
        };
        let view = CatalogRoleView {
            entity: entity(role, "catalog role", &name, |found| {
                EntityView::from(&found.entity)
            })?,
            holders: names(holders, |role| &role.entity).await,
            grants: blocking(group).await?,
            choices: names(choices, |role| &role.entity).await,
        };
        Ok(view)
    });
    Ok(Managed::read(&connection, read.await?))
}

/// Goes to the list afterwards.
#[server(prefix = "/api", endpoint = "catalog-role-delete")]
pub async fn delete_catalog_role(
    place: Place,
    name: String,
    confirm: String,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let catalog = catalog_of(&place, &connection)?;
    confirmed(&confirm, &name, false)?;
    catalog_role_stays(&connection, &api, (&catalog, &name), None, &confirm).await?;
    let removal = Removal {
        operation: "deleteCatalogRole",
        noun: "catalog role",
        name: name.clone(),
        object: format!("{catalog}.{name}"),
        list: place.catalog_roles_path(&catalog),
    };
    let delete = async move { api.delete_catalog_role(&catalog, &name).await };
    remove(&connection, once, removal, delete).await
}
