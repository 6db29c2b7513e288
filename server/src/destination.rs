//! The destination wizard where it needs more than a page: answers to forms that carry secrets,
//! and the program's own subcommand.

pub mod cli;
mod forms;

use ::destination::MAX_BYTES;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use tower_http::limit::RequestBodyLimitLayer;

use crate::router;

/// A file of the largest size, each of its bytes three in a form, and the fields beside it.
const FORM_BYTES: usize = 3 * MAX_BYTES + 64 * 1024;

pub fn routes() -> Router {
    // An address that takes a form is read here too: it stands before the application's own.
    let page = router::page(|| ());
    Router::new()
        .route("/destination/file", post(forms::file))
        .route("/destination/check", post(forms::check).get(page.clone()))
        .route("/destination/import", post(forms::import).get(page))
        .route("/destination/docker-compose.yml", get(forms::compose))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(FORM_BYTES))
}
