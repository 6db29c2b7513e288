//! Table metadata, format versions 1 to 3 (Iceberg table spec, appendix C).

mod partition;
mod refs;
mod schema;
mod snapshot;
mod sort;
mod statistics;
mod table;

pub use partition::{PartitionField, PartitionSpec};
pub use refs::SnapshotRef;
pub use schema::{Field, Schema, Type};
pub use snapshot::{MetadataLogEntry, Snapshot, SnapshotLogEntry};
pub use sort::{SortField, SortOrder};
pub use statistics::{Blob, PartitionStatistics, Statistics};
pub use table::{EncryptionKey, TableMetadata};
