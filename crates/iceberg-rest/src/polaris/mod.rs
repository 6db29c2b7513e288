//! Apache Polaris beyond Iceberg REST: its management API, its own catalog APIs, and who may do what, and why.

pub mod access;
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
pub use collect::Progress;
#[cfg(feature = "client")]
pub use management::Management;
