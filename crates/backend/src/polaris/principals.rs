//! Principals and the roles they have.

use std::sync::Arc;

use access::polaris::Object as Named;
use model::{
    change::Object,
    error::AppError,
    own::Own,
    paths::Place,
    polaris::{EntityView, Managed, roles::PrincipalView},
};
use vendors::polaris::Management;

use crate::{
    Catalog, Session,
    change::{Change, press::Press},
    collected::lost,
    confirm::{confirmed, not_of_another},
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
                let gone = Named::Principal { name: name.clone() };
                let view = PrincipalView {
                    lost: lost(&connection, gone).await?,
                    client_id: known.and_then(|known| known.client_id.clone()),
                    own: known.map_or(Own::Unknown, |known| own(&connection, known)),
                    roles: names(roles, |role| &role.entity).await,
                    choices: names(choices, |role| &role.entity).await,
                    entity: entity(principal, "principal", &name, |found| EntityView {
                        federated: found.federated,
                        ..EntityView::new(&found.entity, session.reveal())
                    })?,
                };
                Ok(view)
            },
        )
        .await
}

/// Gives a principal a role.
pub async fn assign_principal_role(
    session: &Session,
    place: Place,
    principal: String,
    role: String,
    once: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(session, &place)?;
    let (names, form) = ((principal, role), Press::plain(once));
    put_in(&connection, api, names, true, form).await
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
    match acts {
        Own::No => not_of_another(&confirm, &role)?,
        acts => confirmed(&confirm, &role, acts)?,
    }
    put_in(&connection, api, (principal, role), false, form).await
}

/// Puts a principal in a role, or takes it out.
async fn put_in(
    connection: &Arc<Catalog>,
    api: Management,
    (principal, role): (String, String),
    wanted: bool,
    form: Press,
) -> Result<(), AppError> {
    let (operation, word) = match wanted {
        true => ("assignPrincipalRole", "is in"),
        false => ("revokePrincipalRole", "is not in"),
    };
    let change = Change::new(operation, Object::membership(&principal, &role));
    let call = async move {
        let held = api.list_principal_roles_assigned(&principal).await;
        let held = lists(held, |role| &role.entity, &role);
        already(held, wanted, &format!("“{principal}” {word} “{role}”"))?;
        if !wanted {
            return Ok(api.revoke_principal_role(&principal, &role).await?);
        }
        let made = api.assign_principal_role(&principal, &role).await;
        made.map_err(|error| missing(error.into(), "such principal or", "principal role"))
    };
    connection.press(form, change, call).await
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
    let change = Change::new("deletePrincipal", Object::principal(&name));
    let delete = async move { api.delete_principal(&name).await };
    connection.remove(once, change, delete).await?;
    Ok(place.principals_path())
}
