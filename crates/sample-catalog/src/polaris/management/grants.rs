//! `/catalogs/{catalogName}/catalog-roles/{catalogRoleName}/grants`

use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::catalog_roles::find;
use crate::{
    polaris::{
        desk::{Answer, Desk, no_grant, refuse},
        privileges,
        securable::{Grant, GrantResource, Securable},
    },
    reply,
};

#[derive(Deserialize)]
struct Body {
    grant: GrantResource,
}

pub(super) fn list(desk: &mut Desk, catalog: &str, role: &str) -> Answer {
    find(desk, catalog, role)?;
    desk.require_on("LIST_GRANTS_FOR_CATALOG_ROLE", catalog)?;
    // It takes a grant on a table of another format, and then stumbles over it.
    let known = desk.catalog(catalog)?;
    let stumbles = known.roles.get(role).is_some_and(|role| {
        let on_generic = |grant: &Grant| matches!(&grant.on, Securable::Table(ident) if known.generic_tables.contains_key(ident));
        role.grants.iter().any(on_generic)
    });
    if stumbles {
        let message = "Invalid entity sub type: GENERIC_TABLE";
        return Err(refuse(500, "IllegalStateException", message));
    }
    let grants = find(desk, catalog, role)?.grants.iter();
    let grants: Vec<GrantResource> = grants.map(GrantResource::of).collect();
    Ok(reply::json(200, &json!({"grants": grants})))
}

/// Granting what is granted changes nothing.
pub(super) fn add(desk: &mut Desk, catalog: &str, role: &str) -> Answer {
    let (kind, grant) = asked(desk, catalog, role)?;
    let operation = format!("ADD_{kind}_GRANT_TO_CATALOG_ROLE");
    desk.require(&operation, &Some((catalog, grant.on.clone())), &None)?;
    find(desk, catalog, role)?.grants.insert(grant);
    Ok(reply::empty(201))
}

/// Not with `cascade`: the real server has not got there yet.
pub(super) fn revoke(desk: &mut Desk, catalog: &str, role: &str) -> Answer {
    let (kind, grant) = asked(desk, catalog, role)?;
    if desk.ask.flag("cascade") {
        return Err(reply::empty(501));
    }
    let operation = format!("REVOKE_{kind}_GRANT_FROM_CATALOG_ROLE");
    let on_role = Some((catalog, Securable::Catalog));
    desk.require(&operation, &Some((catalog, grant.on.clone())), &on_role)?;
    match find(desk, catalog, role)?.grants.shift_remove(&grant) {
        true => Ok(reply::empty(201)),
        false => Err(no_grant()),
    }
}

/// The grant of the request, on an object that is there, and its kind in capitals.
fn asked(desk: &mut Desk, catalog: &str, role: &str) -> Result<(String, Grant), Response> {
    let Body { grant } = desk.body()?;
    let kind = grant.kind();
    let grant = grant.grant();
    if !privileges::grantable(&grant.privilege, kind) {
        return Err(reply::empty(400));
    }
    if !desk.catalog(catalog)?.roles.contains_key(role) {
        let message = format!("CatalogRole not found: {catalog}.{role}");
        return Err(refuse(404, "NotFoundException", &message));
    }
    desk.resolve(catalog, &grant.on)?;
    Ok((kind.to_uppercase(), grant))
}
