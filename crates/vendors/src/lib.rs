//! What only one vendor's catalog has, called through the sender of [`iceberg_rest`].
//!
//! The specification says how tables are read and changed. Which warehouses there are, who may use them and what
//! a branch is, each vendor says in an API of its own. No connection is opened here:
//! [`Server`](iceberg_rest::Server) sends, so authentication, limits, masks and the log are the same.
//!
//! A collection of Polaris' grants is a value of [`access`], which calculates what follows from it and knows no
//! server: one vocabulary for what is read here and what is reasoned about there.
//!
//! Without the feature `client` only wire types are left, and the crate builds for the browser.

#![warn(missing_docs)]

pub mod polaris;

#[cfg(feature = "client")]
mod lakekeeper;
#[cfg(feature = "client")]
pub mod nessie;
#[cfg(feature = "client")]
mod read;
#[cfg(feature = "client")]
mod unity;
#[cfg(feature = "client")]
mod version;
#[cfg(feature = "client")]
mod warehouse;
#[cfg(feature = "client")]
mod warehouses;

#[cfg(feature = "client")]
pub use lakekeeper::warehouse_actions;
#[cfg(feature = "client")]
pub use version::version;
#[cfg(feature = "client")]
pub use warehouse::Warehouse;
#[cfg(feature = "client")]
pub use warehouses::{list_warehouses, names_warehouses, project};
