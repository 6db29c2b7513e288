//! Forms about access control that are answered by more than a redirect, and the collection of grants.

use axum::{
    Router,
    extract::{Extension, RawQuery},
    http::{Uri, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use backend::{
    Age, Session,
    access::export::Format,
    change::{grants, onboard},
};
use model::{
    access::{grants::Outcomes, onboard::Report},
    error::AppError,
    page::{Page, PolarisPage},
    paths::{CANCEL, COLLECT, EXPORT, HOME, Place, Query},
};

use crate::{
    fault,
    forms::{Answer, Form, SMALL, button, form},
};

pub fn routes() -> Router {
    let route = |page: PolarisPage| Page::from(page).route();
    Router::new()
        .route(
            &(route(PolarisPage::Access) + COLLECT),
            button(None, collect),
        )
        .route(&(route(PolarisPage::Access) + CANCEL), button(None, cancel))
        .route(&(route(PolarisPage::Access) + EXPORT), get(export))
        .route(&route(PolarisPage::Grants), form(SMALL, change_grants))
        .route(&route(PolarisPage::Onboard), form(SMALL, run_onboarding))
}

/// Collects the grants anew.
async fn collect(form: Form) -> Result<(), AppError> {
    let connection = form.connection()?;
    connection.collection(connection.management()?, Age::Now);
    Ok(())
}

/// `GET /c/{connection}/access/export?format=csv|json`: who can do what, as a file; the page on access as
/// long as that is being collected.
async fn export(
    Extension(session): Extension<Session>,
    uri: Uri,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let place = match Place::read(uri.path(), &query) {
        Ok(place) => place,
        Err(deep) => return fault::error(&deep.into(), HOME),
    };
    let (format, kind, file) = match Query::parse(&query).get("format") {
        Some("json") => (Format::Json, "application/json", "access.json"),
        _ => (Format::Csv, "text/csv; charset=utf-8", "access.csv"),
    };
    match backend::access::export::export(&session, &place, format).await {
        Ok(Some(text)) => {
            let named = format!("attachment; filename=\"{file}\"");
            let headers = [
                (header::CONTENT_TYPE, kind.to_owned()),
                (header::CONTENT_DISPOSITION, named),
            ];
            (headers, text).into_response()
        }
        Ok(None) => Redirect::to(&place.access_path()).into_response(),
        Err(error) => fault::error(&error, &place.access_path()),
    }
}

/// Stops the collection that is under way.
async fn cancel(form: Form) -> Result<(), AppError> {
    form.connection()?.cancel_collection();
    Ok(())
}

/// The page again, with what came of each privilege.
async fn change_grants(form: Form) -> Result<Answer<Outcomes>, AppError> {
    let connection = form.connection()?;
    Ok(Answer::Page(grants::apply(&connection, form.whole()).await))
}

/// The page again, with what came of each call; a new secret is in no other answer.
async fn run_onboarding(form: Form) -> Result<Answer<Report>, AppError> {
    let connection = form.connection()?;
    Ok(Answer::Page(onboard::run(&connection, form.whole()).await))
}
