//! The Crowsnest application: rendered on the server, hydrated in the browser.
#![recursion_limit = "256"]

mod api;
mod app;
mod client;
mod components;
mod layouts;
mod location;
mod pages;
mod parts;
mod posted;
mod resource;
mod shell;
mod ui;

#[cfg(feature = "ssr")]
use api::session;
use client::Page;

pub use app::App;
#[cfg(not(target_family = "wasm"))]
pub use parts::head::Parts;
pub use shell::{Assets, shell};
