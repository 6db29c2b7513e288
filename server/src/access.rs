//! Forms about access control that are answered by more than a redirect, and the collection of grants.

use axum::{
    Router,
    extract::{Extension, RawQuery},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use backend::{
    Age, Session,
    change::{grants, offboard, onboard},
    csv::Format,
};
use model::{
    access::{grants::Outcomes, onboard::Report},
    error::AppError,
    page::{Page, PolarisPage},
    paths::{CANCEL, COLLECT, EXPORT, Query},
};

use crate::{
    download::At,
    fault,
    forms::{Answer, File, Form, SMALL, button, form},
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
        .route(&route(PolarisPage::Offboard), form(SMALL, run_offboarding))
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
    At(place): At,
    RawQuery(query): RawQuery,
) -> Response {
    let (format, media, name) = match Query::parse(&query.unwrap_or_default()).get("format") {
        Some("json") => (Format::Json, "application/json", "access.json"),
        _ => (Format::Csv, "text/csv; charset=utf-8", "access.csv"),
    };
    match backend::access::export::export(&session, &place, format).await {
        Ok(Some(text)) => File { media, name, text }.into_response(),
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

/// The page again, with what came of each call.
async fn run_offboarding(form: Form) -> Result<Answer<Report>, AppError> {
    let connection = form.connection()?;
    let report = offboard::run(&connection, form.whole()).await?;
    Ok(Answer::Page(report))
}
