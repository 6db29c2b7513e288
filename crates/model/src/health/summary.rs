use iceberg_rest::types::{Strings, metadata::TableMetadata};

/// Iceberg's own, `write.target-file-size-bytes`.
const TARGET: u64 = 512 << 20;
/// Iceberg's own, `history.expire.max-snapshot-age-ms`: 5 days.
const SNAPSHOT_AGE: u64 = 432_000_000;

/// A number of a summary, or why there is none. Writers have been seen to store negative ones, text, and more
/// than 64 bits hold.
pub(super) fn number(summary: &Strings, key: &str) -> Result<u64, String> {
    let text = summary
        .get(key)
        .ok_or_else(|| format!("The current snapshot’s summary does not say {key}."))?;
    let number: Option<i64> = text.parse().ok();
    number
        .and_then(|number| number.try_into().ok())
        .ok_or_else(|| format!("{key} of the current snapshot’s summary is no count."))
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
        .and_then(|text| text.parse::<i64>().ok())
        .and_then(|number| u64::try_from(number).ok())
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
