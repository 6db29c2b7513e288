//! `/principals`

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::principal_roles;
use crate::{
    polaris::{
        desk::{Answer, Desk, Named, Update, check_name, exists, no_entity, no_grant, refuse},
        realm::{Principal, ROOT, new_secret},
    },
    reply,
};

#[derive(Deserialize)]
struct Create {
    principal: Named,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assign {
    principal_role: Named,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reset {
    client_id: Option<String>,
    client_secret: Option<String>,
}

pub(super) fn list(desk: &mut Desk) -> Answer {
    desk.require_at_root("LIST_PRINCIPALS")?;
    let principals = desk.realm.principals.iter();
    let principals: Vec<Value> = principals.map(|(name, one)| one.json(name)).collect();
    Ok(reply::json(200, &json!({"principals": principals})))
}

pub(super) fn create(desk: &mut Desk) -> Answer {
    let Create { principal: new } = desk.body()?;
    check_name(
        &new.name,
        "createPrincipal.createPrincipalRequest.principal.name",
    )?;
    desk.require_at_root("CREATE_PRINCIPAL")?;
    if desk.realm.principals.contains_key(&new.name) {
        return Err(exists("Principal", &new.name));
    }
    let principal = Principal::new(new.properties);
    let shown = principal.json_with_credentials(&new.name);
    desk.realm.principals.insert(new.name, principal);
    Ok(reply::json(201, &shown))
}

pub(super) fn get(desk: &mut Desk, name: &str) -> Answer {
    find(desk, name)?;
    desk.require_at_root("GET_PRINCIPAL")?;
    let shown = find(desk, name)?.json(name);
    Ok(reply::json(200, &shown))
}

pub(super) fn update(desk: &mut Desk, name: &str) -> Answer {
    let update: Update = desk.body()?;
    find(desk, name)?;
    desk.require_at_root("UPDATE_PRINCIPAL")?;
    let principal = find(desk, name)?;
    let version = update.version()?;
    principal
        .entity
        .update("Principal", version, update.properties.unwrap_or_default())?;
    let shown = principal.json(name);
    Ok(reply::json(200, &shown))
}

/// Root may delete itself.
pub(super) fn delete(desk: &mut Desk, name: &str) -> Answer {
    find(desk, name)?;
    desk.require_at_root("DELETE_PRINCIPAL")?;
    desk.realm.principals.shift_remove(name);
    Ok(reply::empty(204))
}

/// Only for oneself: no privilege that can be had allows another's.
pub(super) fn rotate(desk: &mut Desk, name: &str) -> Answer {
    find(desk, name)?;
    if desk.session.principal != name {
        desk.require_at_root("ROTATE_CREDENTIALS")?;
    }
    let principal = find(desk, name)?;
    principal.client_secret = new_secret();
    principal.entity.touch();
    let shown = principal.json_with_credentials(name);
    Ok(reply::json(200, &shown))
}

/// Only root may, by its name.
pub(super) fn reset(desk: &mut Desk, name: &str) -> Answer {
    let reset: Reset = match desk.ask.body.is_empty() {
        true => Reset::default(),
        false => desk.body()?,
    };
    find(desk, name)?;
    if desk.session.principal != ROOT {
        let authority = crate::polaris::authority::Authority::new(desk.realm, desk.session);
        return Err(authority.refusal("RESET_CREDENTIALS", &None));
    }
    let principal = find(desk, name)?;
    principal.client_secret = reset.client_secret.unwrap_or_else(new_secret);
    if let Some(client_id) = reset.client_id {
        principal.client_id = client_id;
        principal.entity.touch();
    }
    let shown = principal.json_with_credentials(name);
    Ok(reply::json(200, &shown))
}

pub(super) fn roles(desk: &mut Desk, name: &str) -> Answer {
    find(desk, name)?;
    desk.require_at_root("LIST_PRINCIPAL_ROLES_ASSIGNED")?;
    let roles = find(desk, name)?.roles.clone();
    Ok(principal_roles::shown(desk, roles.iter()))
}

pub(super) fn assign(desk: &mut Desk, name: &str) -> Answer {
    let Assign { principal_role } = desk.body()?;
    let role = principal_role.name;
    let realm = &desk.realm;
    let missing = [
        (&role, realm.principal_roles.contains_key(&role)),
        (&name.to_owned(), realm.principals.contains_key(name)),
    ];
    if let Some((missing, _)) = missing.into_iter().find(|(_, there)| !there) {
        let message = format!("Entity {missing} not found when trying to assign {role} to {name}");
        return Err(refuse(404, "NotFoundException", &message));
    }
    desk.require_at_root("ASSIGN_PRINCIPAL_ROLE")?;
    find(desk, name)?.roles.insert(role);
    Ok(reply::empty(201))
}

pub(super) fn revoke(desk: &mut Desk, name: &str, role: &str) -> Answer {
    find(desk, name)?;
    principal_roles::find(desk, role)?;
    desk.require_at_root("REVOKE_PRINCIPAL_ROLE")?;
    match find(desk, name)?.roles.shift_remove(role) {
        true => Ok(reply::empty(204)),
        false => Err(no_grant()),
    }
}

fn find<'a>(desk: &'a mut Desk, name: &str) -> Result<&'a mut Principal, Response> {
    let principal = desk.realm.principals.get_mut(name);
    principal.ok_or_else(|| no_entity("PRINCIPAL", name))
}
