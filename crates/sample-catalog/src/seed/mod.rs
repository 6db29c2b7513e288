//! The sample's own data: what a company of shops, lorries and sensors might keep.
//!
//! Tables are recipes, built when somebody loads them: the same in every run, and nothing to hold until then.

mod draft;
mod field;
mod finance;
mod history;
mod iot;
mod lab;
mod logistics;
mod marketing;
mod metadata;
mod random;
mod sales;
mod scale;
mod views;
mod world;

use std::sync::Arc;

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

pub(crate) use draft::{Draft, NOW_MS};
pub(crate) use random::Random;
pub(crate) use world::warehouses;

/// Describes one table.
pub(crate) type Recipe = Arc<dyn Fn(Draft) -> Draft + Send + Sync>;

/// A time in milliseconds as text, to the second, in UTC.
pub(crate) fn rfc3339(timestamp_ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(timestamp_ms / 1_000).ok();
    at.and_then(|at| at.format(&Rfc3339).ok())
        .unwrap_or_default()
}
