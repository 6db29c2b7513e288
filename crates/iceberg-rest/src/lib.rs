//! A client for Apache Iceberg REST catalogs.
//!
//! Always there, also in the browser: [`ident`] (names and their place in URLs), [`types`] (wire shapes),
//! [`decode`] (answers to values), [`error`], [`capability`], [`dialect`]. With the feature `client`: the calls.

pub mod capability;
pub mod decode;
pub mod dialect;
pub mod error;
pub mod ident;
mod listing;
pub mod operation;
pub mod polaris;
pub mod secret;
pub mod types;

#[cfg(feature = "client")]
pub mod auth;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
mod mask;
#[cfg(feature = "client")]
pub mod nessie;
#[cfg(feature = "client")]
pub mod object_store;
#[cfg(feature = "client")]
pub mod outbound;

pub use capability::{Capabilities, Support};
pub use dialect::Dialect;
pub use error::{Error, ErrorKind, Unreachable};
pub use ident::{InvalidName, Namespace, Separator, TableIdent, ViewIdent};
pub use listing::{Completeness, Listing};
pub use operation::{Operation, Route};
pub use types::Id;

#[cfg(feature = "client")]
pub use auth::Auth;
#[cfg(feature = "client")]
pub use client::{Client, Limits, Loaded, Pager, Server, Settings, SnapshotsMode, Warehouse};
#[cfg(feature = "client")]
pub use outbound::{Http, HttpOptions, http_client};
