//! The Crowsnest application: rendered on the server, hydrated in the browser.
#![recursion_limit = "256"]

mod api;
mod app;
#[cfg(feature = "ssr")]
pub mod change;
#[cfg(feature = "ssr")]
pub mod check;
mod components;
mod draft;
pub mod error;
mod format;
#[cfg(feature = "ssr")]
pub mod forms;
pub mod handover;
mod layouts;
mod model;
mod pages;
pub mod paths;
mod posted;
#[cfg(feature = "ssr")]
pub mod session;
mod shell;
pub mod shown;
mod ui;

pub use app::App;
pub use model::access::{grants::Applied, onboard::Onboarded};
#[cfg(feature = "ssr")]
pub use model::raw::masked;
pub use pages::destination::{Checked, Pasted};
pub use posted::Posted;
pub use shell::{Assets, shell};
