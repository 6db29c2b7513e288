//! Properties that Iceberg gives a meaning to: what they take, what holds without them, and what they do
//! (configuration of tables and views in Iceberg's documentation, in own words).

use crate::open::Noun;

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// `true` or `false`.
    Flag,
    /// A whole number, zero or more.
    Number,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Anything.
    Text,
}

/// A property with a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its key.
    pub key: &'static str,
    /// What it may be.
    pub takes: Takes,
    /// What holds where it is not set; empty where that depends.
    pub default: &'static str,
    /// What it does.
    pub does: &'static str,
}

const fn known(
    key: &'static str,
    takes: Takes,
    default: &'static str,
    does: &'static str,
) -> Known {
    Known {
        key,
        takes,
        default,
        does,
    }
}

use Takes::{Flag, Number, OneOf, Text};

const FORMATS: &[&str] = &["parquet", "avro", "orc"];
const CODECS: &[&str] = &["zstd", "brotli", "lz4", "gzip", "snappy", "uncompressed"];
const SPREADS: &[&str] = &["none", "hash", "range"];
const MODES: &[&str] = &["copy-on-write", "merge-on-read"];
const ISOLATION: &[&str] = &["serializable", "snapshot"];

/// Of tables, in order of their keys.
pub const TABLE: &[Known] = &[
    known(
        "commit.manifest-merge.enabled",
        Flag,
        "true",
        "Joins manifests while writing.",
    ),
    known(
        "commit.manifest.min-count-to-merge",
        Number,
        "100",
        "Manifests from which on they are joined.",
    ),
    known(
        "commit.manifest.target-size-bytes",
        Number,
        "8388608",
        "Size that joined manifests are to have.",
    ),
    known(
        "commit.retry.num-retries",
        Number,
        "4",
        "How often a commit is tried again that somebody else was before.",
    ),
    known(
        "commit.retry.total-timeout-ms",
        Number,
        "1800000",
        "How long a commit is tried again, in ms.",
    ),
    known(
        "gc.enabled",
        Flag,
        "true",
        "Whether expiry and removal of orphans may delete files.",
    ),
    known(
        "history.expire.max-ref-age-ms",
        Number,
        "9223372036854775807",
        "Age from which branches and tags expire, main aside.",
    ),
    known(
        "history.expire.max-snapshot-age-ms",
        Number,
        "432000000",
        "Age from which snapshots expire; five days without it.",
    ),
    known(
        "history.expire.min-snapshots-to-keep",
        Number,
        "1",
        "Snapshots of each branch that expiry keeps, at least.",
    ),
    known(
        "read.parquet.vectorization.enabled",
        Flag,
        "true",
        "Whether Spark reads Parquet in batches.",
    ),
    known(
        "read.split.target-size",
        Number,
        "134217728",
        "Bytes that one task of a scan is to read.",
    ),
    known(
        "write.avro.compression-codec",
        Text,
        "gzip",
        "How Avro files are compressed.",
    ),
    known(
        "write.data.path",
        Text,
        "",
        "Where data files go; below the table's location without it.",
    ),
    known(
        "write.delete.granularity",
        OneOf(&["file", "partition"]),
        "partition",
        "Whether a delete file is about one data file or a partition.",
    ),
    known(
        "write.delete.isolation-level",
        OneOf(ISOLATION),
        "serializable",
        "What a DELETE is checked against.",
    ),
    known(
        "write.delete.mode",
        OneOf(MODES),
        "copy-on-write",
        "How DELETE writes: files anew, or deletes beside them.",
    ),
    known(
        "write.distribution-mode",
        OneOf(SPREADS),
        "",
        "How rows are spread over writers.",
    ),
    known(
        "write.format.default",
        OneOf(FORMATS),
        "parquet",
        "Format of new data files.",
    ),
    known(
        "write.merge.isolation-level",
        OneOf(ISOLATION),
        "serializable",
        "What a MERGE is checked against.",
    ),
    known(
        "write.merge.mode",
        OneOf(MODES),
        "copy-on-write",
        "How MERGE writes.",
    ),
    known(
        "write.metadata.compression-codec",
        OneOf(&["none", "gzip"]),
        "none",
        "How metadata files are compressed.",
    ),
    known(
        "write.metadata.delete-after-commit.enabled",
        Flag,
        "false",
        "Whether each commit deletes the oldest metadata file.",
    ),
    known(
        "write.metadata.metrics.default",
        Text,
        "truncate(16)",
        "Figures kept of each column: none, counts, truncate(length) or full.",
    ),
    known(
        "write.metadata.metrics.max-inferred-column-defaults",
        Number,
        "100",
        "Columns that figures are kept of where nothing is said of them.",
    ),
    known(
        "write.metadata.path",
        Text,
        "",
        "Where metadata files go; below the table's location without it.",
    ),
    known(
        "write.metadata.previous-versions-max",
        Number,
        "100",
        "Earlier metadata files that are kept track of.",
    ),
    known(
        "write.object-storage.enabled",
        Flag,
        "false",
        "Spreads files over prefixes, as object stores like it.",
    ),
    known(
        "write.object-storage.partitioned-paths",
        Flag,
        "true",
        "Whether such paths name the partition.",
    ),
    known(
        "write.parquet.compression-codec",
        OneOf(CODECS),
        "zstd",
        "How Parquet files are compressed.",
    ),
    known(
        "write.parquet.compression-level",
        Number,
        "",
        "How hard; depends on the codec without it.",
    ),
    known(
        "write.parquet.dict-size-bytes",
        Number,
        "2097152",
        "Most bytes of a Parquet dictionary.",
    ),
    known(
        "write.parquet.page-size-bytes",
        Number,
        "1048576",
        "Size of a Parquet page.",
    ),
    known(
        "write.parquet.row-group-size-bytes",
        Number,
        "134217728",
        "Size of a Parquet row group.",
    ),
    known(
        "write.spark.accept-any-schema",
        Flag,
        "false",
        "Lets Spark write rows with columns that the table lacks.",
    ),
    known(
        "write.spark.fanout.enabled",
        Flag,
        "false",
        "Lets Spark write to many partitions without sorting.",
    ),
    known(
        "write.summary.partition-limit",
        Number,
        "0",
        "Partitions up to which a snapshot's summary tells of each.",
    ),
    known(
        "write.target-file-size-bytes",
        Number,
        "536870912",
        "Size that new data files are to have.",
    ),
    known(
        "write.update.isolation-level",
        OneOf(ISOLATION),
        "serializable",
        "What an UPDATE is checked against.",
    ),
    known(
        "write.update.mode",
        OneOf(MODES),
        "copy-on-write",
        "How UPDATE writes.",
    ),
    known(
        "write.wap.enabled",
        Flag,
        "false",
        "Lets writes be staged, audited and published later.",
    ),
];

/// Of views, in order of their keys.
pub const VIEW: &[Known] = &[
    known(
        "replace.drop-dialect.allowed",
        Flag,
        "false",
        "Whether replacing it may drop the text for a dialect.",
    ),
    known(
        "version.history.num-entries",
        Number,
        "10",
        "Versions that are kept.",
    ),
    known(
        "write.metadata.compression-codec",
        OneOf(&["none", "gzip"]),
        "gzip",
        "How metadata files are compressed.",
    ),
];

impl Takes {
    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Flag => "true or false".to_owned(),
            Self::Number => "a whole number".to_owned(),
            Self::OneOf(words) => format!("one of {}", words.join(", ")),
            Self::Text => "any text".to_owned(),
        }
    }
}

/// What Iceberg gives a meaning to, of tables or of views.
pub fn known_of(noun: Noun) -> &'static [Known] {
    match noun {
        Noun::View => VIEW,
        _ => TABLE,
    }
}

impl Known {
    /// What a value should be, where it is not; a sentence.
    pub fn doubt(&self, value: &str) -> Option<String> {
        let fits = match self.takes {
            Text => true,
            Flag => ["true", "false"].contains(&&*value.to_lowercase()),
            Number => value.parse::<u64>().is_ok(),
            OneOf(words) => words.contains(&&*value.to_lowercase()),
        };
        let wants = self.takes.words();
        (!fits).then(|| {
            format!(
                "{} takes {wants}: engines may refuse “{value}”, or fail.",
                self.key
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_once_and_in_order_and_their_defaults_fit() {
        for all in [TABLE, VIEW] {
            assert!(all.is_sorted_by(|one, other| one.key < other.key));
            let set = all.iter().filter(|known| !known.default.is_empty());
            let doubts: Vec<_> = set.filter_map(|known| known.doubt(known.default)).collect();
            assert_eq!(doubts, [""; 0]);
        }
    }

    #[test]
    fn what_does_not_fit_is_doubted() {
        let doubt = |key: &str, value| {
            let known = TABLE.iter().find(|known| known.key == key).unwrap();
            known.doubt(value).unwrap_or_default()
        };
        assert!(doubt("write.format.default", "csv").contains("parquet, avro, orc"));
        assert!(doubt("gc.enabled", "yes").contains("true or false"));
        assert!(doubt("commit.retry.num-retries", "-1").contains("whole number"));
        assert_eq!(doubt("write.format.default", "ORC"), "");
    }
}
