//! Tables: from their creation to their end.

use std::sync::Arc;

use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::{
    Job,
    loaded::{loaded, tagged},
};
use crate::{
    ident::Ident,
    problem::Problem,
    reply,
    store::{Document, Snapshots, Warehouse, table},
};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Register {
    name: String,
    metadata_location: String,
}

#[derive(Deserialize)]
pub(crate) struct Rename {
    pub source: Ident,
    pub destination: Ident,
}

/// `GET /v1/{prefix}/namespaces/{namespace}/tables/{table}`
pub(crate) fn load(job: &Job) -> Result<Response, Problem> {
    let snapshots = job
        .server
        .vendor
        .snapshots(job.ask.query("snapshots").as_deref())?;
    let ident = job.call.ident();
    let vendor = job.server.vendor;
    let (document, etag, unchanged) = job.server.warehouse(job.key, |warehouse| {
        let document = warehouse.load_table(&ident)?;
        let etag = vendor.etag(&document, snapshots);
        let given = job.ask.header("if-none-match").zip(etag.as_deref());
        let unchanged =
            given.is_some_and(|(given, etag)| vendor.unchanged(job.ask, warehouse, given, etag));
        Ok((document, etag, unchanged))
    })?;
    if unchanged {
        return Ok(tagged(reply::empty(304), etag));
    }
    Ok(tagged(shown(job, &document, snapshots)?, etag))
}

/// `HEAD /v1/{prefix}/namespaces/{namespace}/tables/{table}`
pub(crate) fn exists(job: &Job) -> Result<Response, Problem> {
    let ident = job.call.ident();
    if !job
        .server
        .warehouse(job.key, |warehouse| warehouse.has_table(&ident))?
    {
        return Err(Problem::NoSuchTable(ident));
    }
    Ok(job.server.vendor.acknowledge())
}

/// `POST /v1/{prefix}/namespaces/{namespace}/tables`
pub(crate) fn create(job: &Job) -> Result<Response, Problem> {
    let mut request: table::CreateTable = job.ask.json()?;
    job.server
        .vendor
        .furnish(request.properties.get_or_insert_default());
    if request.name.is_empty() {
        return Err(Problem::Invalid("A table needs a name".into()));
    }
    let ident = Ident {
        namespace: job.call.namespace.clone(),
        name: request.name.clone(),
    };
    let stage = request.stage_create;
    let document = job.server.warehouse(job.key, |warehouse| {
        warehouse.ensure_free(&ident)?;
        let location = request
            .location
            .clone()
            .unwrap_or_else(|| warehouse.default_location(&ident));
        let document = table::create(request, location)?;
        if stage {
            Ok(Arc::new(document))
        } else {
            warehouse.put_table(&ident, document)
        }
    })?;
    if stage {
        return loaded(
            job,
            &document,
            Snapshots::All,
            true,
            job.server.vendor.beside_staged(),
        );
    }
    let etag = job.server.vendor.etag(&document, Snapshots::All);
    Ok(tagged(shown(job, &document, Snapshots::All)?, etag))
}

/// `POST /v1/{prefix}/namespaces/{namespace}/register`
pub(crate) fn register(job: &Job) -> Result<Response, Problem> {
    let request: Register = job.ask.json()?;
    let ident = Ident {
        namespace: job.call.namespace.clone(),
        name: request.name,
    };
    let document = job.server.warehouse(job.key, |warehouse| {
        warehouse.register_table(&ident, &request.metadata_location)
    })?;
    shown(job, &document, Snapshots::All)
}

/// `POST /v1/{prefix}/namespaces/{namespace}/tables/{table}`
pub(crate) fn commit(job: &Job) -> Result<Response, Problem> {
    let request: table::CommitTable = job.ask.json()?;
    let ident = job.call.ident();
    let document = job.server.warehouse(job.key, |warehouse| {
        let document = commit_one(warehouse, &ident, request)?;
        warehouse.put_table(&ident, document)
    })?;
    loaded(
        job,
        &document,
        Snapshots::All,
        false,
        job.server.vendor.beside_committed(),
    )
}

/// The metadata after a commit, which is not stored yet.
pub(super) fn commit_one(
    warehouse: &Warehouse,
    ident: &Ident,
    request: table::CommitTable,
) -> Result<Document, Problem> {
    let current = match warehouse.load_table(ident) {
        Ok(document) => Some(document),
        Err(Problem::NoSuchTable(_)) if request.creates() => None,
        Err(problem) => return Err(problem),
    };
    table::commit(
        current.as_deref(),
        request,
        warehouse.default_location(ident),
    )
}

/// `DELETE /v1/{prefix}/namespaces/{namespace}/tables/{table}`
pub(crate) fn drop(job: &Job) -> Result<Response, Problem> {
    job.server
        .warehouse(job.key, |warehouse| warehouse.drop_table(&job.call.ident()))?;
    Ok(reply::empty(204))
}

/// `POST /v1/{prefix}/tables/rename`
pub(crate) fn rename(job: &Job) -> Result<Response, Problem> {
    let Rename {
        source,
        destination,
    } = job.ask.json()?;
    job.server.warehouse(job.key, |warehouse| {
        warehouse.rename_table(&source, &destination)
    })?;
    Ok(reply::empty(204))
}

/// `GET /v1/{prefix}/namespaces/{namespace}/tables/{table}/credentials`
pub(crate) fn credentials(job: &Job) -> Result<Response, Problem> {
    let given = job.server.warehouse(job.key, |warehouse| {
        let document = warehouse.load_table(&job.call.ident())?;
        Ok(job
            .server
            .vendor
            .beside(job.ask, warehouse, &document)
            .shift_remove("storage-credentials"))
    })?;
    Ok(reply::json(
        200,
        &json!({"storage-credentials": given.unwrap_or_else(|| json!([]))}),
    ))
}

fn shown(job: &Job, document: &Document, snapshots: Snapshots) -> Result<Response, Problem> {
    let beside = job.server.warehouse(job.key, |warehouse| {
        Ok(job.server.vendor.beside(job.ask, warehouse, document))
    })?;
    loaded(job, document, snapshots, false, beside)
}
