//! Views: from their creation to their end.

use axum::response::Response;

use super::{Job, loaded::loaded};
use crate::{
    ident::Ident,
    problem::Problem,
    reply,
    store::{Document, Snapshots, view},
    subject::Rename,
};

/// `GET /v1/{prefix}/namespaces/{namespace}/views/{view}`
pub(crate) fn load(job: &Job) -> Result<Response, Problem> {
    let document = job.warehouse.load_view(&job.call.ident())?;
    shown(job, &document)
}

/// `HEAD /v1/{prefix}/namespaces/{namespace}/views/{view}`
pub(crate) fn exists(job: &Job) -> Result<Response, Problem> {
    job.warehouse.load_view(&job.call.ident())?;
    Ok(job.vendor.acknowledge())
}

/// `POST /v1/{prefix}/namespaces/{namespace}/views`
pub(crate) fn create(job: &mut Job) -> Result<Response, Problem> {
    let request: view::CreateView = job.ask.json()?;
    if request.name.is_empty() {
        return Err(Problem::Invalid("A view needs a name".into()));
    }
    let ident = Ident {
        namespace: job.call.namespace.clone(),
        name: request.name.clone(),
    };
    job.warehouse.ensure_free(&ident)?;
    let location = request
        .location
        .clone()
        .unwrap_or_else(|| job.warehouse.default_location(&ident));
    let document = view::create(request, location)?;
    let document = job.warehouse.put_view(&ident, document)?;
    shown(job, &document)
}

/// `POST /v1/{prefix}/namespaces/{namespace}/views/{view}`
pub(crate) fn replace(job: &mut Job) -> Result<Response, Problem> {
    let request: view::CommitView = job.ask.json()?;
    let ident = job.call.ident();
    let current = job.warehouse.load_view(&ident)?;
    let document = job
        .warehouse
        .put_view(&ident, view::replace(&current, request)?)?;
    shown(job, &document)
}

/// `DELETE /v1/{prefix}/namespaces/{namespace}/views/{view}`
pub(crate) fn drop(job: &mut Job) -> Result<Response, Problem> {
    job.warehouse.drop_view(&job.call.ident())?;
    Ok(reply::empty(204))
}

/// `POST /v1/{prefix}/views/rename`
pub(crate) fn rename(job: &mut Job) -> Result<Response, Problem> {
    let Rename {
        source,
        destination,
    } = job.ask.json()?;
    job.warehouse.rename_view(&source, &destination)?;
    Ok(reply::empty(204))
}

fn shown(job: &Job, document: &Document) -> Result<Response, Problem> {
    let mut beside = job.vendor.beside(job.ask, job.warehouse, document);
    beside.shift_remove("storage-credentials");
    loaded(job, document, Snapshots::All, false, beside)
}
