//! `/principal-roles`

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::catalog_roles;
use crate::{
    polaris::{
        desk::{Answer, Desk, Named, Update, check_name, exists, no_entity, no_grant, refuse},
        entity::Entity,
        realm::SERVICE_ADMIN,
    },
    reply,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Create {
    principal_role: Named,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assign {
    catalog_role: Named,
}

pub(super) fn list(desk: &mut Desk) -> Answer {
    desk.require_at_root("LIST_PRINCIPAL_ROLES")?;
    Ok(shown(desk, desk.realm.principal_roles.keys()))
}

pub(super) fn create(desk: &mut Desk) -> Answer {
    let Create {
        principal_role: new,
    } = desk.body()?;
    check_name(
        &new.name,
        "createPrincipalRole.createPrincipalRoleRequest.principalRole.name",
    )?;
    desk.require_at_root("CREATE_PRINCIPAL_ROLE")?;
    if desk.realm.principal_roles.contains_key(&new.name) {
        return Err(exists("PrincipalRole", &new.name));
    }
    let mut role = Entity::new(new.properties);
    role.federated = new.federated;
    let shown = one(&new.name, &role);
    desk.realm.principal_roles.insert(new.name, role);
    Ok(reply::json(201, &shown))
}

pub(super) fn get(desk: &mut Desk, name: &str) -> Answer {
    find(desk, name)?;
    desk.require_at_root("GET_PRINCIPAL_ROLE")?;
    let shown = one(name, find(desk, name)?);
    Ok(reply::json(200, &shown))
}

pub(super) fn update(desk: &mut Desk, name: &str) -> Answer {
    let update: Update = desk.body()?;
    find(desk, name)?;
    desk.require_at_root("UPDATE_PRINCIPAL_ROLE")?;
    let role = find(desk, name)?;
    let version = update.version()?;
    role.update(
        "PrincipalRole",
        version,
        update.properties.unwrap_or_default(),
    )?;
    let shown = one(name, role);
    Ok(reply::json(200, &shown))
}

pub(super) fn delete(desk: &mut Desk, name: &str) -> Answer {
    find(desk, name)?;
    desk.require_at_root("DELETE_PRINCIPAL_ROLE")?;
    if name == SERVICE_ADMIN {
        let message = "Polaris service admin principal role cannot be dropped";
        return Err(refuse(400, "BadRequestException", message));
    }
    desk.realm.forget_principal_role(name);
    Ok(reply::empty(204))
}

pub(super) fn members(desk: &mut Desk, name: &str) -> Answer {
    find(desk, name)?;
    desk.require_at_root("LIST_ASSIGNEE_PRINCIPALS_FOR_PRINCIPAL_ROLE")?;
    let members = desk.realm.principals.iter();
    let members = members.filter(|(_, principal)| principal.roles.contains(name));
    let members: Vec<Value> = members.map(|(name, one)| one.json(name)).collect();
    Ok(reply::json(200, &json!({"principals": members})))
}

pub(super) fn catalog_roles(desk: &mut Desk, name: &str, catalog: &str) -> Answer {
    find(desk, name)?;
    desk.catalog(catalog)?;
    desk.require_at_root("LIST_CATALOG_ROLES_FOR_PRINCIPAL_ROLE")?;
    let roles = desk.catalog(catalog)?.roles.iter();
    let held = roles.filter(|(_, role)| role.holders.contains(name));
    let held: Vec<Value> = held.map(|(name, role)| role.entity.json(name)).collect();
    Ok(reply::json(200, &json!({"roles": held})))
}

pub(super) fn assign(desk: &mut Desk, name: &str, catalog: &str) -> Answer {
    let Assign { catalog_role } = desk.body()?;
    find(desk, name)?;
    if !desk
        .catalog(catalog)?
        .roles
        .contains_key(&catalog_role.name)
    {
        let role = catalog_role.name;
        let message = format!(
            "Entity ResolverPath[key=ResolvedPathKey[entityNames=[{role}], entityType=CATALOG_ROLE], optional=false] \
             not found when trying to assign {catalog}.{role} to {name}"
        );
        return Err(refuse(404, "NotFoundException", &message));
    }
    desk.require_on("ASSIGN_CATALOG_ROLE_TO_PRINCIPAL_ROLE", catalog)?;
    let role = catalog_roles::find(desk, catalog, &catalog_role.name)?;
    role.holders.insert(name.to_owned());
    Ok(reply::empty(201))
}

pub(super) fn revoke(desk: &mut Desk, name: &str, catalog: &str, held: &str) -> Answer {
    find(desk, name)?;
    catalog_roles::find(desk, catalog, held)?;
    desk.require_on("REVOKE_CATALOG_ROLE_FROM_PRINCIPAL_ROLE", catalog)?;
    let role = catalog_roles::find(desk, catalog, held)?;
    match role.holders.shift_remove(name) {
        true => Ok(reply::empty(204)),
        false => Err(no_grant()),
    }
}

pub(super) fn find<'a>(desk: &'a mut Desk, name: &str) -> Result<&'a mut Entity, Response> {
    let role = desk.realm.principal_roles.get_mut(name);
    role.ok_or_else(|| no_entity("PRINCIPAL_ROLE", name))
}

/// The principal roles of these names.
pub(super) fn shown<'a>(desk: &Desk, names: impl Iterator<Item = &'a String>) -> Response {
    let roles = names.filter_map(|name| {
        desk.realm
            .principal_roles
            .get(name)
            .map(|role| one(name, role))
    });
    let roles: Vec<Value> = roles.collect();
    reply::json(200, &json!({"roles": roles}))
}

fn one(name: &str, role: &Entity) -> Value {
    let mut shown = role.json(name);
    shown["federated"] = role.federated.into();
    shown
}
