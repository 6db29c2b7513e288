//! The destination wizard where it needs more than a page: answers to forms that carry secrets,
//! and the program's own subcommand.

pub mod cli;
mod forms;

use app::session::Session;
use axum::{
    Router,
    routing::{get, post},
};

pub fn routes(session: Session) -> Router {
    Router::new()
        .route("/destination/file", post(forms::file))
        .route("/destination/check", post(forms::check))
        .route("/destination/import", post(forms::import))
        .route("/destination/docker-compose.yml", get(forms::compose))
        .with_state(session)
}
