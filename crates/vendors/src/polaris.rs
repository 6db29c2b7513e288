//! Apache Polaris beyond Iceberg REST: its management API, its own catalog APIs.

pub mod types;

#[cfg(feature = "client")]
mod collect;
#[cfg(feature = "client")]
mod generic_tables;
#[cfg(feature = "client")]
mod management;
#[cfg(feature = "client")]
mod native;
#[cfg(feature = "client")]
mod policies;
#[cfg(feature = "client")]
mod warehouses;

#[cfg(feature = "client")]
pub use collect::Progress;
#[cfg(feature = "client")]
pub use management::Management;
#[cfg(feature = "client")]
pub use native::CatalogService;
#[cfg(feature = "client")]
pub(crate) use warehouses::warehouses;
