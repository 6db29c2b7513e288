//! `/catalogs/{catalogName}/catalog-roles`

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::principal_roles;
use crate::{
    polaris::{
        desk::{Answer, Desk, Named, Update, check_name, refuse},
        realm::{CATALOG_ADMIN, CatalogRole},
    },
    reply,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Create {
    catalog_role: Named,
}

pub(super) fn list(desk: &mut Desk, catalog: &str) -> Answer {
    desk.catalog(catalog)?;
    desk.require_on("LIST_CATALOG_ROLES", catalog)?;
    let roles = desk.catalog(catalog)?.roles.iter();
    let roles: Vec<Value> = roles.map(|(name, role)| role.entity.json(name)).collect();
    Ok(reply::json(200, &json!({"roles": roles})))
}

pub(super) fn create(desk: &mut Desk, catalog: &str) -> Answer {
    let Create { catalog_role: new } = desk.body()?;
    check_name(
        &new.name,
        "createCatalogRole.createCatalogRoleRequest.catalogRole.name",
    )?;
    desk.catalog(catalog)?;
    desk.require_on("CREATE_CATALOG_ROLE", catalog)?;
    let roles = &mut desk.catalog(catalog)?.roles;
    if roles.contains_key(&new.name) {
        let message = format!(
            "Cannot create CatalogRole {} in {catalog}. CatalogRole already exists or resolution failed",
            new.name
        );
        return Err(refuse(409, "AlreadyExistsException", &message));
    }
    let role = CatalogRole::new(new.properties);
    let shown = role.entity.json(&new.name);
    roles.insert(new.name, role);
    Ok(reply::json(201, &shown))
}

pub(super) fn get(desk: &mut Desk, catalog: &str, name: &str) -> Answer {
    find(desk, catalog, name)?;
    desk.require_on("GET_CATALOG_ROLE", catalog)?;
    let shown = find(desk, catalog, name)?.entity.json(name);
    Ok(reply::json(200, &shown))
}

pub(super) fn update(desk: &mut Desk, catalog: &str, name: &str) -> Answer {
    let update: Update = desk.body()?;
    find(desk, catalog, name)?;
    desk.require_on("UPDATE_CATALOG_ROLE", catalog)?;
    let entity = &mut find(desk, catalog, name)?.entity;
    let version = update.version()?;
    entity.update(
        "CatalogRole",
        version,
        update.properties.unwrap_or_default(),
    )?;
    let shown = entity.json(name);
    Ok(reply::json(200, &shown))
}

pub(super) fn delete(desk: &mut Desk, catalog: &str, name: &str) -> Answer {
    find(desk, catalog, name)?;
    desk.require_on("DELETE_CATALOG_ROLE", catalog)?;
    if name == CATALOG_ADMIN {
        let message = "Catalog admin role cannot be dropped";
        return Err(refuse(400, "BadRequestException", message));
    }
    desk.catalog(catalog)?.roles.shift_remove(name);
    Ok(reply::empty(204))
}

pub(super) fn holders(desk: &mut Desk, catalog: &str, name: &str) -> Answer {
    find(desk, catalog, name)?;
    desk.require_on("LIST_ASSIGNEE_PRINCIPAL_ROLES_FOR_CATALOG_ROLE", catalog)?;
    let holders = find(desk, catalog, name)?.holders.clone();
    Ok(principal_roles::shown(desk, holders.iter()))
}

pub(super) fn find<'a>(
    desk: &'a mut Desk,
    catalog: &str,
    name: &str,
) -> Result<&'a mut CatalogRole, Response> {
    let role = desk.catalog(catalog)?.roles.get_mut(name);
    role.ok_or_else(|| {
        let message = format!("CatalogRole does not exist: {name}");
        refuse(404, "NotFoundException", &message)
    })
}
