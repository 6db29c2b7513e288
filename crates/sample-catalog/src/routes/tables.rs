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
    subject::Rename,
    vendor::Vendor,
};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Register {
    name: String,
    metadata_location: String,
    overwrite: Option<bool>,
}

/// `GET /v1/{prefix}/namespaces/{namespace}/tables/{table}`
pub(crate) fn load(job: &Job) -> Result<Response, Problem> {
    let snapshots = job
        .vendor
        .snapshots(job.ask.query("snapshots").as_deref())?;
    let ident = job.call.ident();
    let document = job.warehouse.load_table(&ident)?;
    let etag = job.vendor.etag(&document, snapshots);
    let given = job.ask.header("if-none-match").zip(etag.as_deref());
    if given.is_some_and(|(given, etag)| job.vendor.unchanged(job.ask, job.warehouse, given, etag))
    {
        return Ok(tagged(reply::empty(304), etag));
    }
    Ok(tagged(shown(job, &document, snapshots)?, etag))
}

/// `HEAD /v1/{prefix}/namespaces/{namespace}/tables/{table}`
pub(crate) fn exists(job: &Job) -> Result<Response, Problem> {
    let ident = job.call.ident();
    if !job.warehouse.has_table(&ident)? {
        return Err(Problem::NoSuchTable(ident));
    }
    Ok(job.vendor.acknowledge())
}

/// `POST /v1/{prefix}/namespaces/{namespace}/tables`
pub(crate) fn create(job: &mut Job) -> Result<Response, Problem> {
    let mut request: table::CreateTable = job.ask.json()?;
    job.vendor
        .furnish(request.properties.get_or_insert_default());
    if request.name.is_empty() {
        return Err(Problem::Invalid("A table needs a name".into()));
    }
    let ident = Ident {
        namespace: job.call.namespace.clone(),
        name: request.name.clone(),
    };
    let stage = request.stage_create;
    job.warehouse.ensure_free(&ident)?;
    let location = request
        .location
        .clone()
        .unwrap_or_else(|| job.warehouse.default_location(&ident));
    let document = table::create(request, location)?;
    if stage {
        let beside = job.vendor.beside_staged();
        return loaded(job, &document, Snapshots::All, true, beside);
    }
    let document = Arc::new(document);
    job.warehouse.put_table(&ident, document.clone())?;
    let etag = job.vendor.etag(&document, Snapshots::All);
    Ok(tagged(shown(job, &document, Snapshots::All)?, etag))
}

/// `POST /v1/{prefix}/namespaces/{namespace}/register`
pub(crate) fn register(job: &mut Job) -> Result<Response, Problem> {
    let request: Register = job.ask.json()?;
    let ident = Ident {
        namespace: job.call.namespace.clone(),
        name: request.name,
    };
    let document = job.warehouse.register_table(
        &ident,
        &request.metadata_location,
        request.overwrite == Some(true),
    )?;
    shown(job, &document, Snapshots::All)
}

/// `POST /v1/{prefix}/namespaces/{namespace}/tables/{table}`
pub(crate) fn commit(job: &mut Job) -> Result<Response, Problem> {
    let request: table::CommitTable = job.ask.json()?;
    let ident = job.call.ident();
    let document = commit_one(job.vendor, job.warehouse, &ident, None, request)?;
    let document = Arc::new(document);
    job.warehouse.put_table(&ident, document.clone())?;
    let beside = job.vendor.beside_committed();
    loaded(job, &document, Snapshots::All, false, beside)
}

/// The metadata after a commit, which is not stored yet. `pending` is what a transaction has made of the table so far.
pub(super) fn commit_one(
    vendor: &dyn Vendor,
    warehouse: &Warehouse,
    ident: &Ident,
    pending: Option<Arc<Document>>,
    mut request: table::CommitTable,
) -> Result<Document, Problem> {
    let current = match pending.map_or_else(|| warehouse.load_table(ident), Ok) {
        Ok(document) => Some(document),
        Err(Problem::NoSuchTable(_)) if request.creates() => {
            warehouse.ensure_free(ident)?;
            None
        }
        Err(problem) => return Err(problem),
    };
    if let Some(current) = &current {
        vendor.review(current, &mut request.updates)?;
    }
    table::commit(
        current.as_deref(),
        request,
        warehouse.default_location(ident),
    )
}

/// `DELETE /v1/{prefix}/namespaces/{namespace}/tables/{table}`
pub(crate) fn drop(job: &mut Job) -> Result<Response, Problem> {
    let purge = job.vendor.purges(job.ask);
    job.warehouse.drop_table(&job.call.ident(), purge)?;
    Ok(reply::empty(204))
}

/// `POST /v1/{prefix}/tables/rename`
pub(crate) fn rename(job: &mut Job) -> Result<Response, Problem> {
    let Rename {
        source,
        destination,
    } = job.ask.json()?;
    job.warehouse.rename_table(&source, &destination)?;
    Ok(reply::empty(204))
}

/// `GET /v1/{prefix}/namespaces/{namespace}/tables/{table}/credentials`
pub(crate) fn credentials(job: &Job) -> Result<Response, Problem> {
    let document = job.warehouse.load_table(&job.call.ident())?;
    let mut beside = job.vendor.beside(job.ask, job.warehouse, &document);
    let given = beside.shift_remove("storage-credentials");
    Ok(reply::json(
        200,
        &json!({"storage-credentials": given.unwrap_or_else(|| json!([]))}),
    ))
}

fn shown(job: &Job, document: &Document, snapshots: Snapshots) -> Result<Response, Problem> {
    let beside = job.vendor.beside(job.ask, job.warehouse, document);
    loaded(job, document, snapshots, false, beside)
}
