use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::polaris::{Managed, roles::PrincipalView},
    paths::Place,
};
#[cfg(feature = "ssr")]
use {
    super::reading::{confirmed, entity, missing, names, own, own_named, polaris},
    crate::{model::polaris::Own, session::load},
};

/// A principal and its roles, in three requests.
#[server(prefix = "/api", endpoint = "principal", input = GetUrl)]
pub async fn load_principal(
    place: Place,
    name: String,
) -> Result<Managed<PrincipalView>, AppError> {
    load(async {
        let (connection, api) = polaris(&place)?;
        let (principal, roles, choices) = tokio::join!(
            api.get_principal(&name),
            api.list_principal_roles_assigned(&name),
            api.list_principal_roles()
        );
        let known = principal.as_ref().ok();
        let view = PrincipalView {
            client_id: known.and_then(|known| known.client_id.clone()),
            own: known.map_or(Own::Unknown, |known| own(&connection, known)),
            roles: names(roles, |role| &role.entity),
            choices: names(choices, |role| &role.entity),
            entity: entity(principal, "principal", &name, |found| {
                let mut view = crate::model::polaris::EntityView::from(&found.entity);
                view.federated = found.federated;
                view
            })?,
        };
        Ok(Managed::now(&connection, view))
    })
    .await
}

#[server(prefix = "/api", endpoint = "principal-role-assign")]
pub async fn assign_principal_role(
    place: Place,
    principal: String,
    role: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let object = format!("{principal} ← {role}");
    connection
        .change("assignPrincipalRole", object, async move {
            api.assign_principal_role(&principal, &role).await
        })
        .await
        .map_err(|error| missing(error, "such principal or", "principal role"))
}

/// `confirm` is asked for where Crowsnest may act as the principal.
#[server(prefix = "/api", endpoint = "principal-role-unassign")]
pub async fn unassign_principal_role(
    place: Place,
    principal: String,
    role: String,
    #[server(default)] confirm: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let own = own_named(&connection, &api, &principal).await;
    if own != Own::No {
        confirmed(&confirm, &role, own)?;
    }
    let object = format!("{principal} ← {role}");
    connection
        .change("revokePrincipalRole", object, async move {
            api.revoke_principal_role(&principal, &role).await
        })
        .await
}

/// Goes to the list afterwards.
#[server(prefix = "/api", endpoint = "principal-delete")]
pub async fn delete_principal(place: Place, name: String, confirm: String) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let own = own_named(&connection, &api, &name).await;
    confirmed(&confirm, &name, own)?;
    let object = name.clone();
    connection
        .change("deletePrincipal", object, async move {
            api.delete_principal(&name).await
        })
        .await?;
    leptos_axum::redirect(&place.principals_path());
    Ok(())
}
