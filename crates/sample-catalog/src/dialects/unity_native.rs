//! Unity's own API (`/api/2.1/unity-catalog`): complete lists, 100 at a time.

use axum::{http::Method, response::Response};
use serde_json::{Value, json};

use crate::{
    ask::Ask,
    ident::{self, Ident, stable_uuid},
    reply,
    seed::NOW_MS,
    state::State,
    store::{Contents, Warehouse},
};

const LONGEST_PAGE: usize = 100;

type Answer = Result<Value, Response>;

pub(super) fn answer(state: &State, ask: &Ask) -> Option<Response> {
    if ask.path == "/" {
        return Some(reply::text(200, "Hello, Unity Catalog!"));
    }
    let segments: Vec<&str> = ask
        .path
        .strip_prefix("/api/2.1/unity-catalog/")?
        .split('/')
        .collect();
    if ask.method != Method::GET {
        return None;
    }
    let answer = match segments.as_slice() {
        ["catalogs"] => catalogs(state, ask),
        ["catalogs", name] => {
            with_catalog(state, &ident::decode(name)?, |found| Ok(catalog(found)))
        }
        ["schemas"] => schemas(state, ask),
        ["schemas", full] => one_schema(state, &ident::decode(full)?),
        ["tables"] => tables(state, ask),
        ["tables", full] => one_table(state, &ident::decode(full)?),
        ["metastore_summary"] => Ok(json!({"metastore_id": stable_uuid("sample metastore")})),
        _ => return None,
    };
    Some(answer.map_or_else(|response| response, |body| reply::json(200, &body)))
}

fn catalogs(state: &State, ask: &Ask) -> Answer {
    let held = &state.warehouses;
    page(ask, "catalogs", held.len(), |index| {
        held.get_index(index)
            .map(|(name, found)| (name.clone(), catalog(found)))
    })
}

fn schemas(state: &State, ask: &Ask) -> Answer {
    with_catalog(state, &required(ask, "catalog_name")?, |found| {
        let all: Vec<_> = found
            .namespaces()
            .map(|(levels, contents)| (levels.join("."), contents))
            .collect();
        page(ask, "schemas", all.len(), |index| {
            Some((
                all[index].0.clone(),
                schema(found, &all[index].0, all[index].1),
            ))
        })
    })
}

fn tables(state: &State, ask: &Ask) -> Answer {
    let (catalog, schema) = (
        required(ask, "catalog_name")?,
        required(ask, "schema_name")?,
    );
    with_catalog(state, &catalog, |found| {
        let contents = with_schema(found, &schema)?;
        page(ask, "tables", contents.tables.len(), |index| {
            let (name, _) = contents.tables.get_index(index)?;
            Some((name.clone(), table(found, &schema, name)))
        })
    })
}

fn one_schema(state: &State, full: &str) -> Answer {
    let (catalog, name) = full.split_once('.').unwrap_or((full, ""));
    with_catalog(state, catalog, |found| {
        Ok(schema(found, name, with_schema(found, name)?))
    })
}

fn one_table(state: &State, full: &str) -> Answer {
    let mut parts = full.splitn(3, '.');
    let (catalog, schema, name) = (
        parts.next().unwrap_or(""),
        parts.next().unwrap_or(""),
        parts.next().unwrap_or(""),
    );
    with_catalog(state, catalog, |found| {
        if !with_schema(found, schema)?.tables.contains_key(name) {
            return Err(refuse(
                404,
                "TABLE_NOT_FOUND",
                &format!("Table not found: {full}"),
            ));
        }
        Ok(table(found, schema, name))
    })
}

fn with_catalog(state: &State, name: &str, work: impl FnOnce(&Warehouse) -> Answer) -> Answer {
    match state.warehouses.get(name) {
        Some(found) => work(found),
        None => Err(refuse(
            404,
            "CATALOG_NOT_FOUND",
            &format!("Catalog not found: {name}"),
        )),
    }
}

fn with_schema<'a>(catalog: &'a Warehouse, name: &str) -> Result<&'a Contents, Response> {
    let missing = |_| {
        refuse(
            404,
            "SCHEMA_NOT_FOUND",
            &format!("Schema not found: {}.{name}", catalog.name),
        )
    };
    catalog.contents(&[name.to_owned()]).map_err(missing)
}

fn required(ask: &Ask, name: &str) -> Result<String, Response> {
    ask.query(name).ok_or_else(|| {
        refuse(
            400,
            "INVALID_ARGUMENT",
            &format!("Mandatory parameter/header is missing: {name}"),
        )
    })
}

/// The token is the name of the last item of the page before.
fn page(
    ask: &Ask,
    key: &str,
    total: usize,
    item: impl Fn(usize) -> Option<(String, Value)>,
) -> Answer {
    let size = match ask.query("max_results").map(|text| text.parse::<i64>()) {
        Some(Ok(size)) if size < 0 => {
            return Err(refuse(
                400,
                "INVALID_ARGUMENT",
                "maxResults must be greater than or equal to 0",
            ));
        }
        Some(Ok(size)) if size > 0 => usize::try_from(size)
            .unwrap_or(LONGEST_PAGE)
            .min(LONGEST_PAGE),
        _ => LONGEST_PAGE,
    };
    let token = ask.query("page_token").unwrap_or_default();
    let mut items = (0..total)
        .filter_map(item)
        .skip_while(|(name, _)| *name <= token)
        .peekable();
    let mut shown = Vec::new();
    let mut last = None;
    while shown.len() < size
        && let Some((name, value)) = items.next()
    {
        shown.push(value);
        last = Some(name);
    }
    let next = last.filter(|_| items.peek().is_some());
    Ok(json!({key: shown, "next_page_token": next}))
}

/// Unity's own error body.
pub(super) fn refuse(status: u16, code: &str, message: &str) -> Response {
    let details = json!([{"reason": code, "@type": "google.rpc.ErrorInfo"}]);
    reply::json(
        status,
        &json!({"error_code": code, "details": details, "message": message}),
    )
}

fn stamped(mut body: Value) -> Value {
    for (key, value) in [
        ("owner", json!(null)),
        ("created_at", json!(NOW_MS)),
        ("created_by", json!(null)),
        ("updated_at", json!(NOW_MS)),
        ("updated_by", json!(null)),
    ] {
        body[key] = value;
    }
    body
}

fn catalog(found: &Warehouse) -> Value {
    stamped(
        json!({"name": found.name, "comment": null, "properties": found.properties, "id": found.id(),
        "storage_root": null, "storage_location": null}),
    )
}

fn schema(catalog: &Warehouse, name: &str, contents: &Contents) -> Value {
    let full = format!("{}.{name}", catalog.name);
    stamped(
        json!({"name": name, "catalog_name": catalog.name, "comment": null, "properties": contents.properties,
        "schema_id": stable_uuid(&full), "full_name": full, "storage_root": null, "storage_location": null}),
    )
}

/// Columns are left empty: the console reads them from the Iceberg API.
fn table(catalog: &Warehouse, schema: &str, name: &str) -> Value {
    let ident = Ident {
        namespace: vec![schema.to_owned()],
        name: name.to_owned(),
    };
    let location = format!("{}/{schema}/{name}", catalog.home);
    stamped(
        json!({"name": name, "catalog_name": catalog.name, "schema_name": schema, "table_type": "EXTERNAL",
        "data_source_format": "DELTA", "columns": [], "storage_location": location, "comment": null,
        "properties": {"delta.universalFormat.enabledFormats": "iceberg"},
        "table_id": stable_uuid(&ident.dotted()), "view_definition": null, "view_dependencies": null}),
    )
}
