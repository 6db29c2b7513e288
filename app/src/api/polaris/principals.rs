use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::polaris::{Managed, roles::PrincipalView},
    paths::Place,
};
#[cfg(feature = "ssr")]
use {
    super::reading::{already, confirmed, entity, lists, missing, names, own, own_named, polaris},
    crate::{
        change::press::{Press, Removal, other, press, remove},
        model::polaris::{Own, confirmation},
        session::seen_through,
    },
};

/// A principal and its roles, in three requests.
#[server(prefix = "/api", endpoint = "principal", input = GetUrl)]
pub async fn load_principal(
    place: Place,
    name: String,
) -> Result<Managed<PrincipalView>, AppError> {
    let (connection, _) = polaris(&place)?;
    let read = seen_through("principal", place, name, |place, name| async move {
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
            roles: names(roles, |role| &role.entity).await,
            choices: names(choices, |role| &role.entity).await,
            entity: entity(principal, "principal", &name, |found| {
                let mut view = crate::model::polaris::EntityView::from(&found.entity);
                view.federated = found.federated;
                view
            })?,
        };
        Ok(view)
    });
    Ok(Managed::read(&connection, read.await?))
}

#[server(prefix = "/api", endpoint = "principal-role-assign")]
pub async fn assign_principal_role(
    place: Place,
    principal: String,
    role: String,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let (object, names) = (format!("{principal} ← {role}"), String::new());
    let (own, logged) = (connection.clone(), object.clone());
    let assign = async move {
        let held = api.list_principal_roles_assigned(&principal).await;
        let held = lists(held, |role| &role.entity, &role);
        already(held, true, &format!("“{principal}” is in “{role}” already"))?;
        let assign = async move { api.assign_principal_role(&principal, &role).await };
        own.change("assignPrincipalRole", logged, assign)
            .await
            .map_err(|error| missing(error, "such principal or", "principal role"))
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

/// `confirm` is asked for where Crowsnest may act as the principal.
#[server(prefix = "/api", endpoint = "principal-role-unassign")]
pub async fn unassign_principal_role(
    place: Place,
    principal: String,
    role: String,
    #[server(default)] confirm: String,
    #[server(default)] once: String,
    #[server(default)] names: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let acts = own_named(&connection, &api, &principal).await;
    let typed = confirm.trim();
    if acts != Own::No {
        confirmed(typed, &role, acts)?;
    } else if ![String::new(), role.clone(), confirmation(&role, Own::Yes)].contains(&typed.into())
    {
        return Err(other(typed, &role));
    }
    let object = format!("{principal} ← {role}");
    let (own, logged) = (connection.clone(), object.clone());
    let revoke = async move {
        let held = api.list_principal_roles_assigned(&principal).await;
        let held = lists(held, |role| &role.entity, &role);
        already(
            held,
            false,
            &format!("“{principal}” is not in “{role}” any more"),
        )?;
        let revoke = async move { api.revoke_principal_role(&principal, &role).await };
        own.change("revokePrincipalRole", logged, revoke).await
    };
    press(
        &connection,
        Press { once, names },
        "revoke",
        &object,
        revoke,
    )
    .await
}

/// Goes to the list afterwards.
#[server(prefix = "/api", endpoint = "principal-delete")]
pub async fn delete_principal(
    place: Place,
    name: String,
    confirm: String,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    let acts = own_named(&connection, &api, &name).await;
    confirmed(&confirm, &name, acts)?;
    let removal = Removal {
        operation: "deletePrincipal",
        noun: "principal",
        name: name.clone(),
        object: name.clone(),
        list: place.principals_path(),
    };
    let delete = async move { api.delete_principal(&name).await };
    remove(&connection, once, removal, delete).await
}
