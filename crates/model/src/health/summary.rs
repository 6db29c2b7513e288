use iceberg_rest::types::{Strings, metadata::TableMetadata};

use crate::figures::counter;

/// Iceberg's own, `write.target-file-size-bytes`.
const TARGET: u64 = 512 << 20;
/// Iceberg's own, `history.expire.max-snapshot-age-ms`: 5 days.
const SNAPSHOT_AGE: u64 = 432_000_000;

/// A number of a summary, or why there is none.
pub(super) fn number(summary: Option<&Strings>, key: &str) -> Result<u64, String> {
    let text = summary
        .ok_or("The current snapshot is not among those in the metadata.")?
        .get(key)
        .ok_or_else(|| format!("The current snapshot’s summary does not say {key}."))?;
    counter(text).ok_or_else(|| format!("{key} of the current snapshot’s summary is no count."))
}

/// A limit, and where it comes from.
pub(super) struct Limit {
    pub value: u64,
    pub origin: String,
}

/// What the table says of itself, or else Iceberg's default.
fn limit(metadata: &TableMetadata, key: &str, default: u64) -> Limit {
    let given = metadata.properties.get(key);
    let number = given
        .and_then(|text| counter(text))
        .filter(|number| *number > 0);
    let (value, origin) = match (number, given) {
        (Some(number), _) => (number, format!("the table’s own {key}")),
        (None, None) => (default, format!("Iceberg’s default {key}")),
        (None, Some(_)) => (
            default,
            format!("Iceberg’s default {key}, as the table’s own is no count"),
        ),
    };
    Limit { value, origin }
}

/// Bytes that a data file is to have.
pub(super) fn target(metadata: &TableMetadata) -> Limit {
    limit(metadata, "write.target-file-size-bytes", TARGET)
}

/// Ms after which a snapshot may go.
pub(super) fn snapshot_age(metadata: &TableMetadata) -> Limit {
    limit(metadata, "history.expire.max-snapshot-age-ms", SNAPSHOT_AGE)
}

/// Snapshots that stay however old they are.
pub(super) fn snapshots_kept(metadata: &TableMetadata) -> Limit {
    limit(metadata, "history.expire.min-snapshots-to-keep", 1)
}
