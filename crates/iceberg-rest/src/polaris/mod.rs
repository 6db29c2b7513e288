//! Apache Polaris beyond Iceberg REST: its management API, and who may do what, and why.

pub mod access;
pub mod types;
