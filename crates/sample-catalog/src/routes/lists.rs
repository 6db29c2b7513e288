//! Lists of namespaces, tables and views, page by page.

use axum::response::Response;
use serde_json::{Value, json};

use super::Job;
use crate::{
    ident::{Namespace, decode_namespace, split_levels},
    problem::Problem,
    reply,
    store::Contents,
};

/// `GET /v1/{prefix}/namespaces`
pub(crate) fn namespaces(job: &Job) -> Result<Response, Problem> {
    let asked = job.ask.query("parent").filter(|text| !text.is_empty());
    let parent = match &asked {
        Some(text) => {
            split_levels(text).ok_or_else(|| Problem::NoSuchNamespace(vec![text.clone()]))?
        }
        None => Namespace::new(),
    };
    let warehouse = &*job.warehouse;
    // Java and Python clients encode it twice.
    let twice = asked
        .as_deref()
        .and_then(decode_namespace)
        .filter(|levels| warehouse.contains(levels));
    let parent = if warehouse.contains(&parent) {
        parent
    } else {
        twice.unwrap_or(parent)
    };
    if !parent.is_empty() && !job.vendor.missing_parent_is_empty() {
        warehouse.contents(&parent)?;
    }
    let children = warehouse.children(&parent);
    let named = |start, end| {
        children[start..end]
            .iter()
            .map(|levels| json!(levels))
            .collect()
    };
    page(job, "namespaces", children.len(), named)
}

/// `GET /v1/{prefix}/namespaces/{namespace}/tables`
pub(crate) fn tables(job: &Job) -> Result<Response, Problem> {
    identifiers(job, |contents| contents.tables.len(), Contents::table_names)
}

/// `GET /v1/{prefix}/namespaces/{namespace}/views`
pub(crate) fn views(job: &Job) -> Result<Response, Problem> {
    identifiers(job, |contents| contents.views.len(), Contents::view_names)
}

fn identifiers(
    job: &Job,
    count: fn(&Contents) -> usize,
    names: for<'a> fn(&'a Contents, usize, usize) -> Vec<&'a str>,
) -> Result<Response, Problem> {
    let namespace = &job.call.namespace;
    if job.vendor.missing_namespace_is_empty() && !job.warehouse.contains(namespace) {
        return page(job, "identifiers", 0, |_, _| Vec::new());
    }
    let contents = job.warehouse.contents(namespace)?;
    page(job, "identifiers", count(contents), |start, end| {
        let names = names(contents, start, end).into_iter();
        names
            .map(|name| json!({"namespace": namespace, "name": name}))
            .collect()
    })
}

fn page(
    job: &Job,
    key: &str,
    total: usize,
    items: impl FnOnce(usize, usize) -> Vec<Value>,
) -> Result<Response, Problem> {
    let paging = job.vendor.paging();
    let page = paging.page(job.ask, total)?;
    let mut body = json!({key: items(page.start, page.end)});
    if page.next.is_some() || !paging.omits_end() {
        body[paging.key()] = page.next.into();
    }
    job.vendor.annotate(job.ask, job.warehouse, &mut body);
    Ok(reply::json(200, &body))
}
