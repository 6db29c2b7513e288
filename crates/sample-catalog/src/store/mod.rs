//! What a warehouse holds, and every change to it.

pub(crate) mod document;
pub(crate) mod table;
pub(crate) mod view;
mod warehouse;

use indexmap::IndexMap;
use time::OffsetDateTime;

pub(crate) use document::{Document, Snapshots};
pub(crate) use table::Table;
pub(crate) use warehouse::{Contents, Properties, Warehouse};

/// Warehouses by the key that a vendor finds in the path of a request.
pub(crate) type Warehouses = IndexMap<String, Warehouse>;

/// The time of day, in milliseconds.
pub(crate) fn now_ms() -> i64 {
    let nanos = OffsetDateTime::now_utc().unix_timestamp_nanos();
    i64::try_from(nanos / 1_000_000).unwrap_or(i64::MAX)
}
