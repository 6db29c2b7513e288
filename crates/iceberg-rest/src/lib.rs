//! A client for Apache Iceberg REST catalogs.
//!
//! Always there, also in the browser: [`ident`] (names and their place in URLs), [`types`] (wire shapes),
//! [`decode`] (answers to values), [`error`], [`capability`], [`dialect`]. With the feature `client`: the calls.
//!
//! # Beyond the specification
//!
//! What only one vendor has stands in an API of its own, beside the Iceberg API. It is called through the same
//! sender, so that authentication, limits, masks and the log are the same; nothing else opens a connection:
//!
//! ```no_run
//! # #[cfg(feature = "client")]
//! # async fn info(server: &iceberg_rest::Server) -> Result<(), iceberg_rest::Error> {
//! use iceberg_rest::{Route, types::lenient};
//!
//! /// Fields are read leniently: a field of another shape costs itself, not the answer.
//! #[derive(serde::Deserialize)]
//! struct Info {
//!     #[serde(default, deserialize_with = "lenient::text")]
//!     version: Option<String>,
//! }
//!
//! let route = Route { method: "GET", template: "/management/v1/info" };
//! let url = server.beside(route, "/catalog", route.template)?;
//! let info: Info = server.get(route, url).await?.json(route).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A list that comes in pages is read by a [`Pager`], which follows tokens and ends whatever the server does: at a
//! token that comes again, after too many pages, entries or bytes, and when its time is over. It wants a route, what
//! makes a page's address from a token, and the shape of a page:
//!
//! ```no_run
//! # #[cfg(feature = "client")]
//! # async fn branches(server: &iceberg_rest::Server) -> Result<(), iceberg_rest::Error> {
//! use iceberg_rest::{Completeness, Pager, Route, ident::encode_segment, types::{Entries, Page, PageToken}};
//!
//! #[derive(serde::Deserialize, Hash)]
//! struct Branch {
//!     name: String,
//! }
//!
//! #[derive(serde::Deserialize)]
//! struct Branches {
//!     branches: Entries<Branch>,
//!     #[serde(default)]
//!     next: PageToken,
//! }
//!
//! impl From<Branches> for Page<Branch> {
//!     fn from(page: Branches) -> Self {
//!         Self::new(page.branches, page.next)
//!     }
//! }
//!
//! let route = Route { method: "GET", template: "/api/branches" };
//! let asked = server.clone();
//! let pager = Pager::new::<Branches>(server, route, move |token| {
//!     let query = token.map(|token| format!("?page={}", encode_segment(token)));
//!     let path = format!("{}{}", route.template, query.unwrap_or_default());
//!     asked.beside(route, "/iceberg", &path)
//! });
//! let branches = pager.collect().await?;
//! if let Completeness::Capped { reason } = branches.completeness {
//!     println!("{} branches, and there may be more: {reason}", branches.items.len());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`Server::beside`] and [`Client::address_in`] make addresses that stay where they should, [`Server::get`] reads,
//! [`Server::write`] sends a [`client::Body`] once, [`client::Received`] is what came.

#![warn(missing_docs)]

pub mod aws;
pub mod capability;
pub mod decode;
pub mod dialect;
pub mod error;
pub mod ident;
mod listing;
pub mod operation;
mod response;
pub mod secret;
pub mod types;
mod walk;

#[cfg(feature = "client")]
pub mod auth;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
mod mask;
#[cfg(feature = "client")]
pub mod object_store;
#[cfg(feature = "client")]
pub mod outbound;

pub use capability::{Capabilities, Support};
pub use dialect::Dialect;
pub use error::{Error, ErrorKind, Hint, Unreachable};
pub use ident::{InvalidName, Namespace, Separator, TableIdent, ViewIdent};
pub use listing::{Completeness, Listing};
pub use operation::{Operation, Route};
pub use types::Id;

#[cfg(feature = "client")]
pub use auth::{Auth, Renewal, TokenRequest};
#[cfg(feature = "client")]
pub use client::{Client, Limits, Loaded, Pager, Server, Settings, SnapshotsMode};
#[cfg(feature = "client")]
pub use outbound::{Guard, Http, HttpOptions, Reach, Way, http_client};
