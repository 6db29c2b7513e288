//! Tables in other formats: a name, a format and a place.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    ident::Ident,
    polaris::{
        desk::{Answer, Desk, refuse},
        securable::Securable,
    },
    reply,
    store::Properties,
};

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Create {
    name: String,
    format: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc: Option<String>,
    #[serde(default)]
    properties: Properties,
}

pub(super) fn list(desk: &mut Desk, catalog: &str, levels: &[String]) -> Answer {
    let within = Securable::within(levels);
    desk.resolve(catalog, &within)?;
    desk.require("LIST_TABLES", &Some((catalog, within)), &None)?;
    let tables = desk.catalog(catalog)?.generic_tables.keys();
    let here: Vec<&Ident> = tables.filter(|ident| ident.namespace == levels).collect();
    Ok(reply::json(
        200,
        &json!({"next-page-token": null, "identifiers": here}),
    ))
}

pub(super) fn create(desk: &mut Desk, catalog: &str, levels: Vec<String>) -> Answer {
    let new: Create = desk.body()?;
    let within = Securable::within(&levels);
    desk.resolve(catalog, &within)?;
    desk.require("CREATE_TABLE_DIRECT", &Some((catalog, within)), &None)?;
    let ident = Ident {
        namespace: levels,
        name: new.name.clone(),
    };
    let taken = desk
        .held
        .get(catalog)
        .is_some_and(|warehouse| warehouse.ensure_free(&ident).is_err());
    let tables = &mut desk.catalog(catalog)?.generic_tables;
    if taken || tables.contains_key(&ident) {
        let message = format!("Generic table already exists: {}", ident.dotted());
        return Err(refuse(409, "AlreadyExistsException", &message));
    }
    let table = json!(new);
    tables.insert(ident, table.clone());
    Ok(loaded(&table))
}

pub(super) fn load(desk: &mut Desk, catalog: &str, ident: &Ident) -> Answer {
    let table = find(desk, catalog, ident)?;
    let target = Some((catalog, Securable::Table(ident.clone())));
    desk.require("LOAD_TABLE", &target, &None)?;
    Ok(loaded(&table))
}

pub(super) fn delete(desk: &mut Desk, catalog: &str, ident: Ident) -> Answer {
    find(desk, catalog, &ident)?;
    let on = Securable::Table(ident.clone());
    desk.require(
        "DROP_TABLE_WITHOUT_PURGE",
        &Some((catalog, on.clone())),
        &None,
    )?;
    let catalog = desk.catalog(catalog)?;
    catalog.generic_tables.shift_remove(&ident);
    catalog.forget(&on);
    Ok(reply::empty(204))
}

fn find(desk: &mut Desk, catalog: &str, ident: &Ident) -> Result<Value, Response> {
    desk.resolve(catalog, &Securable::within(&ident.namespace))?;
    let table = desk.catalog(catalog)?.generic_tables.get(ident).cloned();
    table.ok_or_else(|| {
        let message = format!("Generic table does not exist: {}", ident.dotted());
        refuse(404, "NoSuchTableException", &message)
    })
}

fn loaded(table: &Value) -> Response {
    reply::json(200, &json!({"table": table, "storage-access-configs": []}))
}
