//! The Crowsnest application: rendered on the server, hydrated in the browser.
#![recursion_limit = "256"]

mod api;
mod app;
mod components;
mod layouts;
mod location;
mod pages;
mod parts;
mod posted;
mod shell;
mod ui;

#[cfg(feature = "ssr")]
use api::session;

pub use app::App;
pub use parts::Parts;
pub use shell::{Assets, shell};
