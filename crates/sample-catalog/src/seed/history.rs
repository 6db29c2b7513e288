//! A table's life: snapshots with believable summaries, oldest first.

use std::collections::BTreeMap;

use super::{metadata::Snapshot, random::Random};

/// What a table's writers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writes {
    /// An ingest job: appends only.
    Appends,
    /// Appends, with compactions, corrections and deletions among them.
    Mixed,
}

/// Numbers that a snapshot's summary carries on from its parent's.
#[derive(Clone, Copy, Default)]
pub(crate) struct Totals {
    records: u64,
    files: u64,
    bytes: u64,
    deletes: u64,
    delete_files: u64,
}

/// Everything about a snapshot but its place in the history.
pub(crate) struct Step {
    pub parent: Option<i64>,
    pub sequence: u64,
    pub timestamp_ms: i64,
    pub schema_id: usize,
    pub format: u8,
}

impl Writes {
    fn operation(self, sequence: u64) -> &'static str {
        match self {
            Writes::Appends => "append",
            Writes::Mixed if sequence.is_multiple_of(23) => "replace",
            Writes::Mixed if sequence.is_multiple_of(11) => "delete",
            Writes::Mixed if sequence.is_multiple_of(7) => "overwrite",
            Writes::Mixed => "append",
        }
    }
}

/// Writes one snapshot and moves `totals` on.
pub(crate) fn snapshot(
    location: &str,
    writes: Writes,
    step: &Step,
    totals: &mut Totals,
    random: &mut Random,
) -> Snapshot {
    let operation = writes.operation(step.sequence);
    let mut summary = BTreeMap::from([("operation", operation.to_owned())]);
    let mut note = |key, value: u64| {
        summary.insert(key, value.to_string());
    };
    let mut added_rows = 0;
    let rows_in_file = totals.records / totals.files.max(1);
    match operation {
        "replace" => {
            let (gone, size) = (totals.files - totals.files.div_ceil(4), totals.bytes / 5);
            note("added-data-files", totals.files.div_ceil(4));
            note("deleted-data-files", totals.files);
            note("added-records", totals.records);
            note("deleted-records", totals.records);
            note("added-files-size", totals.bytes - size);
            note("removed-files-size", totals.bytes);
            (totals.files, totals.bytes) = (totals.files - gone, totals.bytes - size);
            added_rows = totals.records;
        }
        "delete" if step.format > 1 => {
            let rows = random.between(1, rows_in_file.max(1));
            note("added-delete-files", 1);
            note("added-position-delete-files", 1);
            note("added-position-deletes", rows);
            note("added-files-size", rows * 24 + 900);
            totals.deletes += rows;
            totals.delete_files += 1;
            totals.bytes += rows * 24 + 900;
        }
        "delete" => {
            let bytes = totals.bytes / totals.files.max(1);
            note("deleted-data-files", 1);
            note("deleted-records", rows_in_file);
            note("removed-files-size", bytes);
            totals.records -= rows_in_file;
            totals.files -= 1;
            totals.bytes -= bytes;
        }
        _ => {
            let (files, rows) = (random.between(1, 8), random.between(800, 240_000));
            let bytes = rows * random.between(38, 46) + files * 4_096;
            note("added-data-files", files);
            note("added-records", rows);
            note("added-files-size", bytes);
            totals.files += files;
            totals.records += rows;
            totals.bytes += bytes;
            added_rows = rows;
            if operation == "overwrite" {
                note("deleted-data-files", 1);
                note("deleted-records", rows_in_file);
                totals.files -= 1;
                totals.records -= rows_in_file;
            }
        }
    }
    note("changed-partition-count", random.between(1, 12));
    note("total-records", totals.records);
    note("total-data-files", totals.files);
    note("total-files-size", totals.bytes);
    note("total-delete-files", totals.delete_files);
    note("total-position-deletes", totals.deletes);
    note("total-equality-deletes", 0);
    summary.insert("engine-name", "spark".into());
    summary.insert("engine-version", "3.5.6".into());

    let snapshot_id = random.snapshot_id();
    Snapshot {
        sequence_number: (step.format > 1).then_some(step.sequence),
        snapshot_id,
        parent_snapshot_id: step.parent,
        timestamp_ms: step.timestamp_ms,
        summary,
        manifest_list: format!(
            "{location}/metadata/snap-{snapshot_id}-1-{}.avro",
            random.uuid()
        ),
        schema_id: Some(step.schema_id),
        first_row_id: None,
        added_rows: (step.format > 2).then_some(added_rows),
    }
}
