//! Wire shapes of the Iceberg REST API and of table and view metadata (spec v1 to v3), read leniently:
//! unknown fields are ignored, unknown types and transforms stay text, what is missing is empty,
//! and a number that fits nowhere degrades its own field only.

mod config;
mod id;
pub mod lenient;
pub mod metadata;
mod namespace;
mod page;
mod table;
mod view;

pub use config::{CatalogConfig, is_secret_key};
pub use id::Id;
pub use namespace::{NamespaceDetails, UpdatedProperties};
pub use page::{Listed, Page};
pub use table::{CommitTableResponse, LoadTableResult};
pub use view::{LoadViewResult, Representation, VersionLogEntry, ViewMetadata, ViewVersion};
