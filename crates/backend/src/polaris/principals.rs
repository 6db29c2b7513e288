use model::{
    error::AppError,
    paths::Place,
    polaris::{EntityView, Managed, Own, confirmation, roles::PrincipalView},
};

use crate::{
    Session,
    change::press::{Press, Removal, other, press, remove},
    confirm::confirmed,
    entity::{already, entity, lists, missing, names},
    own::{own, own_named},
    place::polaris,
};

/// A principal and its roles, in three requests.
pub async fn load_principal(
    session: &Session,
    place: Place,
    name: String,
) -> Result<Managed<PrincipalView>, AppError> {
    session
        .managed(
            "principal",
            place,
            name,
            |session, place, name| async move {
                let (connection, api) = polaris(&session, &place)?;
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

pub async fn assign_principal_role(
    session: &Session,
    place: Place,
    principal: String,
    role: String,
    once: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(session, &place)?;
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
pub async fn unassign_principal_role(
    session: &Session,
    place: Place,
    principal: String,
    role: String,
    confirm: String,
    form: Press,
) -> Result<(), AppError> {
    let (connection, api) = polaris(session, &place)?;
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
    press(&connection, form, "revoke", &object, revoke).await
}

/// Answers the address of the list.
pub async fn delete_principal(
    session: &Session,
    place: Place,
    name: String,
    confirm: String,
    once: String,
) -> Result<String, AppError> {
    let (connection, api) = polaris(session, &place)?;
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
