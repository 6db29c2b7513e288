//! Forms about access control that are answered by more than a redirect, and the collection of grants.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Extension, Path, Request},
    http::{Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use backend::{
    Catalog, Session,
    change::{grants, onboard},
};
use leptos::prelude::provide_context;
use model::{
    access::{grants::Applied, onboard::Onboarded},
    error::{AppError, Kind},
    page::{Page, PolarisPage},
    paths::{CANCEL, COLLECT, Query, local},
};

use crate::{bounds::Fields, fault, router};

pub fn routes() -> Router {
    let route = |page: PolarisPage| Page::from(page).route();
    Router::new()
        .route(&(route(PolarisPage::Access) + COLLECT), post(collect))
        .route(&(route(PolarisPage::Access) + CANCEL), post(cancel))
        .route(&route(PolarisPage::Grants), post(change_grants))
        .route(&route(PolarisPage::Onboard), post(run_onboarding))
}

/// Collects the grants anew.
async fn collect(
    Extension(session): Extension<Session>,
    Path(connection): Path<String>,
    Fields(fields): Fields,
) -> Response {
    asked_back(&session, &connection, &fields, |connection| {
        connection.collection(connection.management()?, true);
        Ok(())
    })
}

/// Stops the collection that is under way.
async fn cancel(
    Extension(session): Extension<Session>,
    Path(connection): Path<String>,
    Fields(fields): Fields,
) -> Response {
    asked_back(&session, &connection, &fields, |connection| {
        connection.cancel_collection();
        Ok(())
    })
}

/// Answers with the page that asked, which is one of ours.
fn asked_back(
    session: &Session,
    connection: &str,
    fields: &Query,
    ask: impl FnOnce(&Arc<Catalog>) -> Result<(), AppError>,
) -> Response {
    let Some(back) = fields.get("back").and_then(local) else {
        return fault::plain(&AppError::new(
            Kind::BadRequest,
            "The form does not say which page it stands on.",
        ));
    };
    match session
        .connection(connection)
        .and_then(|connection| ask(&connection))
    {
        Ok(()) => Redirect::to(back).into_response(),
        Err(error) => fault::plain(&error),
    }
}

/// `POST /c/{connection}/grants`: the page again, with what came of each privilege.
async fn change_grants(
    Extension(session): Extension<Session>,
    Path(connection): Path<String>,
    parts: Parts,
    Fields(fields): Fields,
) -> Response {
    let form = form(&parts, &fields);
    match session.connection(&connection) {
        Ok(connection) => {
            let outcomes = grants::apply(&connection, form).await;
            answer(parts, Applied(Some(outcomes))).await
        }
        Err(error) => fault::plain(&error),
    }
}

/// `POST /c/{connection}/onboard`: the page again, with what came of each call; a new secret is in no
/// other answer.
async fn run_onboarding(
    Extension(session): Extension<Session>,
    Path(connection): Path<String>,
    parts: Parts,
    Fields(fields): Fields,
) -> Response {
    let form = form(&parts, &fields);
    match session.connection(&connection) {
        Ok(connection) => {
            let report = onboard::run(&connection, form).await;
            answer(parts, Onboarded(Some(report))).await
        }
        Err(error) => fault::plain(&error),
    }
}

/// What the address says and what the form says, together.
fn form(parts: &Parts, fields: &Query) -> Query {
    let address = Query::parse(parts.uri.query().unwrap_or_default());
    fields
        .pairs()
        .iter()
        .fold(address, |form, (key, value)| form.and(key, value))
}

/// The page at the request's address, rendered with a value that only this answer has.
async fn answer<T: Clone + Send + Sync + 'static>(mut parts: Parts, value: T) -> Response {
    parts.method = Method::GET;
    let page = router::page(move || provide_context(value.clone()));
    page(Request::from_parts(parts, Body::empty())).await
}
