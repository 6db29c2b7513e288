//! Namespaces and their properties.

use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::Job;
use crate::{problem::Problem, reply, store::Properties};

#[derive(Deserialize)]
struct Create {
    namespace: Vec<String>,
    #[serde(default)]
    properties: Properties,
}

#[derive(Deserialize)]
struct Update {
    #[serde(default)]
    removals: Vec<String>,
    #[serde(default)]
    updates: Properties,
}

/// `POST /v1/{prefix}/namespaces`
pub(crate) fn create(job: &mut Job) -> Result<Response, Problem> {
    let Create {
        namespace,
        mut properties,
    } = job.ask.json()?;
    if namespace.iter().any(String::is_empty) {
        return Err(Problem::Invalid("A namespace level cannot be empty".into()));
    }
    job.vendor.born(job.warehouse, &namespace, &mut properties);
    job.warehouse
        .create_namespace(namespace.clone(), properties.clone())?;
    Ok(reply::json(
        200,
        &json!({"namespace": namespace, "properties": properties}),
    ))
}

/// `GET /v1/{prefix}/namespaces/{namespace}`
pub(crate) fn load(job: &Job) -> Result<Response, Problem> {
    let namespace = &job.call.namespace;
    let properties = &job.warehouse.contents(namespace)?.properties;
    let mut body = json!({"namespace": namespace, "properties": properties});
    job.vendor.annotate(job.ask, job.warehouse, &mut body);
    Ok(reply::json(200, &body))
}

/// `HEAD /v1/{prefix}/namespaces/{namespace}`
pub(crate) fn exists(job: &Job) -> Result<Response, Problem> {
    job.warehouse.contents(&job.call.namespace)?;
    Ok(job.vendor.acknowledge())
}

/// `DELETE /v1/{prefix}/namespaces/{namespace}`
pub(crate) fn drop(job: &mut Job) -> Result<Response, Problem> {
    let levels = &job.call.namespace;
    match job.vendor.recurses(job.ask) {
        true => job.warehouse.drop_all(levels, job.ask.flag("purge"))?,
        false => job.warehouse.drop_namespace(levels)?,
    }
    Ok(reply::empty(204))
}

/// `POST /v1/{prefix}/namespaces/{namespace}/properties`
pub(crate) fn update(job: &mut Job) -> Result<Response, Problem> {
    let Update { removals, updates } = job.ask.json()?;
    let vendor = job.vendor;
    if let Some(key) = removals
        .iter()
        .find(|key| updates.contains_key(*key) && !vendor.sets_and_removes())
    {
        return Err(Problem::Unprocessable(format!(
            "Invalid namespace update, cannot both set and remove: {key}"
        )));
    }
    let properties = &mut job.warehouse.contents_mut(&job.call.namespace)?.properties;
    let (mut removed, mut missing) = (Vec::new(), Vec::new());
    for key in removals {
        let found = properties.remove(&key).is_some();
        if found { &mut removed } else { &mut missing }.push(key);
    }
    let updated: Vec<&String> = updates.keys().collect();
    let mut answer = json!({"updated": updated, "removed": removed});
    if !(missing.is_empty() && vendor.leaves_out_empty()) {
        answer["missing"] = json!(missing);
    }
    properties.extend(updates);
    Ok(reply::json(200, &answer))
}
