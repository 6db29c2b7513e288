//! Polaris' own catalog APIs, `/api/catalog/polaris/v1/{prefix}`.

mod generic_tables;
pub(super) mod policies;

use super::desk::{Answer, Desk, name, namespace, no_entity, unrouted};
use crate::{ident::Ident, operation::Unrouted};

/// `segments` is the raw path below `/api/catalog/polaris/v1/`.
pub(super) fn answer(desk: &mut Desk, segments: &[&str]) -> Answer {
    let method = desk.ask.method.as_str();
    let Some((catalog, rest)) = segments.split_first() else {
        return Err(unrouted(&Unrouted::Path));
    };
    let catalog = name(catalog)?;
    if !desk.realm.catalogs.contains_key(&catalog) {
        return Err(no_entity("CATALOG", &catalog));
    }
    match rest {
        ["applicable-policies"] if method == "GET" => policies::applicable(desk, &catalog),
        ["namespaces", levels, "policies"] => {
            let levels = namespace(levels)?;
            match method {
                "GET" => policies::list(desk, &catalog, &levels),
                "POST" => policies::create(desk, &catalog, levels),
                _ => Err(unrouted(&Unrouted::Method)),
            }
        }
        ["namespaces", levels, "policies", policy] => {
            let ident = ident(levels, policy)?;
            match method {
                "GET" => policies::load(desk, &catalog, ident),
                "PUT" => policies::update(desk, &catalog, ident),
                "DELETE" => policies::delete(desk, &catalog, ident),
                _ => Err(unrouted(&Unrouted::Method)),
            }
        }
        ["namespaces", levels, "policies", policy, "mappings"] => {
            let ident = ident(levels, policy)?;
            match method {
                "PUT" => policies::attach(desk, &catalog, ident),
                "POST" => policies::detach(desk, &catalog, ident),
                _ => Err(unrouted(&Unrouted::Method)),
            }
        }
        ["namespaces", levels, "generic-tables"] => {
            let levels = namespace(levels)?;
            match method {
                "GET" => generic_tables::list(desk, &catalog, &levels),
                "POST" => generic_tables::create(desk, &catalog, levels),
                _ => Err(unrouted(&Unrouted::Method)),
            }
        }
        ["namespaces", levels, "generic-tables", table] => {
            let ident = ident(levels, table)?;
            match method {
                "GET" => generic_tables::load(desk, &catalog, &ident),
                "DELETE" => generic_tables::delete(desk, &catalog, ident),
                _ => Err(unrouted(&Unrouted::Method)),
            }
        }
        _ => Err(unrouted(&Unrouted::Path)),
    }
}

fn ident(levels: &str, last: &str) -> Result<Ident, axum::response::Response> {
    Ok(Ident {
        namespace: namespace(levels)?,
        name: name(last)?,
    })
}
