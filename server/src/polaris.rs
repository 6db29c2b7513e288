//! Forms about Polaris whose answer is a page: what was typed with why it was refused, or
//! credentials that are shown once.

use axum::{
    Router,
    body::Body,
    extract::{Extension, Request},
    http::{Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use backend::{
    Session,
    forms::{self, Done},
};
use leptos::prelude::provide_context;
use model::{
    page::{Page, PolarisPage},
    posted::Posted,
};

use crate::{bounds::Fields, router};

/// The pages that take their own form.
pub fn routes() -> Router {
    let pages = PolarisPage::ALL.iter().filter(|page| page.takes_form());
    pages.fold(Router::new(), |router, page| {
        router.route(&Page::from(*page).route(), post(submit))
    })
}

async fn submit(
    Extension(session): Extension<Session>,
    parts: Parts,
    Fields(fields): Fields,
) -> Response {
    let (path, search) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
    let posted = match forms::submit(&session, path, search, &fields).await {
        Ok(Done::Go(address)) => return Redirect::to(&address).into_response(),
        Ok(Done::Issued(issued)) => Posted::issued(issued),
        Err(error) => Posted::refused(&fields, error),
    };
    answer(parts, posted).await
}

/// The page at the request's address, rendered with what only this answer has.
async fn answer(mut parts: Parts, posted: Posted) -> Response {
    parts.method = Method::GET;
    let page = router::page(move || provide_context(posted.clone()));
    page(Request::from_parts(parts, Body::empty())).await
}
