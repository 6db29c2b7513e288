//! Everything a page asks the server: short functions over the session. Each names its address,
//! answers a small view model, and fails with an [`AppError`](model::error::AppError).

pub mod access;
pub mod connections;
pub mod destination;
pub mod grants;
pub mod history;
pub mod names;
pub mod namespaces;
pub mod onboard;
pub mod open;
pub mod polaris;
#[cfg(feature = "ssr")]
mod reading;
pub mod snapshots;
pub mod tables;
pub mod views;
