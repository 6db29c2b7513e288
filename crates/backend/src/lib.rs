//! What pages ask: catalogs, what is kept of their answers, changes and checks. On the server only, and
//! nothing of pages: each function takes the [`Session`] of the request that it is for.

#![warn(missing_docs)]

pub mod access;
mod agent;
mod attendance;
pub mod audit;
mod blocking;
mod cache;
mod catalog;
pub mod catalog_comparison;
pub mod change;
mod changes;
pub mod check;
mod collected;
pub mod compare;
mod confirm;
pub mod connections;
pub mod csv;
pub mod destination;
mod entity;
pub mod forms;
pub mod grants;
pub mod health;
pub mod history;
mod listing;
mod made;
#[cfg(test)]
mod mock;
pub mod names;
pub mod namespaces;
pub mod offboard;
pub mod onboard;
mod once;
pub mod open;
pub mod outbound;
mod own;
pub mod people;
mod personal;
mod place;
pub mod plan;
pub mod polaris;
mod reading;
mod reads;
mod registry;
pub mod search;
mod seen_through;
mod separator;
mod session;
pub mod snapshots;
mod spec;
pub mod tables;
pub mod tasks;
mod under_way;
mod untold;
pub mod views;
mod who;

pub use catalog::{Age, Catalog};
pub use once::new_id;
pub use personal::{Credential, Credentials, ExchangedAt, load_catalog_sign_in, try_credential};
pub use registry::{Connections, Registry};
pub use session::{Session, Ways};
pub use spec::{Acts, Audience, Exchange, Origin, Spec, TokenEndpoint};
pub use who::{Said, Who};
