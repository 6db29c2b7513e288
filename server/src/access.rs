//! Forms about access control that are answered by more than a redirect, and the collection of grants.

use axum::Router;
use backend::{
    Age,
    change::{grants, onboard},
};
use model::{
    access::{grants::Outcomes, onboard::Report},
    error::AppError,
    page::{Page, PolarisPage},
    paths::{CANCEL, COLLECT},
};

use crate::forms::{Answer, Form, SMALL, button, form};

pub fn routes() -> Router {
    let route = |page: PolarisPage| Page::from(page).route();
    Router::new()
        .route(
            &(route(PolarisPage::Access) + COLLECT),
            button(None, collect),
        )
        .route(&(route(PolarisPage::Access) + CANCEL), button(None, cancel))
        .route(&route(PolarisPage::Grants), form(SMALL, change_grants))
        .route(&route(PolarisPage::Onboard), form(SMALL, run_onboarding))
}

/// Collects the grants anew.
async fn collect(form: Form) -> Result<(), AppError> {
    let connection = form.connection()?;
    connection.collection(connection.management()?, Age::Now);
    Ok(())
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
