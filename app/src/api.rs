//! Everything a page asks the server. Each function names its address, answers a small view model, and
//! fails with an [`AppError`](model::error::AppError); what it does stands in `backend` under the same name.

pub mod access;
pub mod audit;
pub mod catalog_comparison;
pub mod compare;
pub mod connections;
pub mod destination;
pub mod grants;
pub mod health;
pub mod history;
pub mod names;
pub mod namespaces;
pub mod offboard;
pub mod onboard;
pub mod once;
pub mod open;
pub mod people;
pub mod polaris;
pub mod preview;
pub mod search;
pub mod snapshots;
pub mod tables;
pub mod views;

/// The session of the request under way.
#[cfg(feature = "ssr")]
pub fn session() -> Result<backend::Session, model::error::AppError> {
    use axum::http::request::Parts;
    let of_request = |parts: &Parts| parts.extensions.get().cloned();
    leptos::prelude::with_context(of_request)
        .flatten()
        .ok_or_else(|| {
            let why = "This request carries no session.";
            model::error::AppError::new(model::error::Kind::Console, why)
        })
}
