//! Wire shapes of the Iceberg REST API and of table and view metadata (spec v1 to v3), read leniently:
//! unknown fields are ignored, unknown types and transforms stay text, what is missing is empty,
//! and a number that fits nowhere degrades its own field only. An answer read by the client takes at most
//! twice its length and 16 MiB; short of that, lists may be of any length.

pub(crate) mod allowance;
mod commit;
mod config;
mod id;
pub mod lenient;
pub mod metadata;
mod namespace;
mod page;
mod strings;
mod table;
mod text;
mod token;
mod view;

pub use commit::{LAST_ADDED, Reference, Requirement, Update};
pub use config::CatalogConfig;
pub use id::Id;
pub use namespace::{NamespaceDetails, UpdatedProperties};
pub use page::{Entries, Listed, MAX_ENTRIES, Page};
pub use strings::Strings;
pub use table::{CommitTableResponse, LoadTableResult};
pub use token::PageToken;
pub use view::{LoadViewResult, Representation, VersionLogEntry, ViewMetadata, ViewVersion};
