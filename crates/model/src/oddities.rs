//! What is odd about a table's metadata, in sentences.

use std::collections::HashSet;

use iceberg_rest::{
    Id,
    types::metadata::{Field, TableMetadata},
};

use crate::format::counted;

/// The newest format that is known whole.
const NEWEST: i64 = 3;

/// All of them, the worst first.
pub(crate) fn notes(metadata: &TableMetadata) -> Vec<String> {
    let newer = metadata.format_version.filter(|version| *version > NEWEST);
    let newer = newer.map(|version| {
        format!(
            "The table has format version {version}, which is newer than {NEWEST}, the newest that is known here. What is known of it is shown; the Raw metadata holds the rest."
        )
    });
    let main = metadata.refs.get("main").map(|main| &main.snapshot_id);
    let apart = match (&metadata.current_snapshot_id, main) {
        (Some(current), Some(main)) if current != main => Some(format!(
            "The branch main points at the snapshot {main}, and the current snapshot is {current}: the metadata contradicts itself, and engines may read either."
        )),
        _ => None,
    };
    let snapshot = match &metadata.current_snapshot_id {
        None => Some(without_current(metadata)),
        Some(id) if metadata.snapshot(id).is_none() => Some(format!(
            "The current snapshot {id} is not among those in the metadata, so sizes and counts are not known."
        )),
        Some(_) => None,
    };
    let schema = missing(
        "schema",
        metadata.schemas.len(),
        metadata.current_schema().is_some(),
        &metadata.current_schema_id,
    );
    let schemas = metadata.schemas.iter();
    let schemas = doubled("schemas", schemas.filter_map(|it| it.schema_id.as_ref()));
    let snapshots = metadata.snapshots.iter().map(|it| &it.snapshot_id);
    let columns = metadata.current_schema().map_or(&[][..], |it| &it.fields);
    let columns = doubled_columns(columns);
    [snapshot, apart, newer, schema, schemas, columns]
        .into_iter()
        .chain(layout_notes(metadata))
        .chain([doubled("snapshots", snapshots)])
        .flatten()
        .collect()
}

/// What is odd about partition specs and sort orders.
pub(crate) fn layout_notes(metadata: &TableMetadata) -> [Option<String>; 4] {
    let spec = missing(
        "partition spec",
        metadata.partition_specs.len(),
        metadata.default_spec().is_some(),
        &metadata.default_spec_id,
    );
    let specs = metadata.partition_specs.iter().map(|it| &it.spec_id);
    // Order 0 means unsorted, whether it is listed or not.
    let is_unsorted = metadata.default_sort_order_id == Some(Id::Exact(0));
    let order = missing(
        "sort order",
        metadata.sort_orders.len(),
        is_unsorted || metadata.default_sort_order().is_some(),
        &metadata.default_sort_order_id,
    );
    let orders = metadata.sort_orders.iter().map(|it| &it.order_id);
    [
        spec,
        order,
        doubled("partition specs", specs),
        doubled("sort orders", orders),
    ]
}

/// What the metadata names as current and does not hold, or does not name, as a sentence.
pub(crate) fn missing(noun: &str, count: usize, is_there: bool, id: &Option<Id>) -> Option<String> {
    match id {
        _ if is_there => None,
        Some(id) => Some(format!(
            "The metadata names {noun} {id} as the current one and does not hold it."
        )),
        None if count > 1 => Some(format!(
            "The metadata holds {count} {noun}s and does not say which is the current one."
        )),
        None => None,
    }
}

/// That one id is that of several, as a sentence.
pub(crate) fn doubled<'a>(nouns: &str, ids: impl Iterator<Item = &'a Id>) -> Option<String> {
    let mut seen = HashSet::new();
    let mut given = ids.filter(|id| **id != Id::default());
    let id = given.find(|id| !seen.insert(*id))?;
    Some(format!(
        "The metadata holds several {nouns} of the id {id}, and does not say which of them is meant."
    ))
}

fn doubled_columns(fields: &[Field]) -> Option<String> {
    let mut seen = HashSet::new();
    let mut named = fields.iter().filter(|field| !field.name.is_empty());
    let double = named.find(|field| !seen.insert(&field.name));
    let double = double.map(|field| {
        let name = &field.name;
        format!("The current schema has several columns of the name “{name}”.")
    });
    let ids = fields.iter().map(|field| &field.id);
    double.or_else(|| doubled("columns", ids))
}

/// Why a table has no current snapshot, as far as the metadata tells.
pub(crate) fn without_current(metadata: &TableMetadata) -> String {
    let written = metadata
        .last_sequence_number
        .as_ref()
        .filter(|number| **number != Id::Exact(0));
    match (metadata.snapshots.len(), written) {
        (0, None) if metadata.snapshot_log.is_empty() && metadata.refs.is_empty() => {
            "No snapshot yet: nothing has been written to this table. It holds rows after the first append.".to_owned()
        }
        (0, Some(number)) => format!(
            "No current snapshot, so readers see no rows, and no other is in the metadata. The last sequence number is {number}: something has been written once."
        ),
        (0, None) => "No current snapshot, so readers see no rows, and no other is in the metadata. Its log or its references name some: something has been written once.".to_owned(),
        (count, _) => format!(
            "No current snapshot, so readers see no rows of the branch main. The metadata holds {}; a branch or a tag may still lead there.",
            counted(count, "older snapshot")
        ),
    }
}

#[cfg(test)]
mod tests {
    fn notes_of(metadata: serde_json::Value) -> String {
        super::notes(&serde_json::from_value(metadata).unwrap()).join(" ")
    }

    #[test]
    fn nothing_was_written_only_where_nothing_tells_of_it() {
        let never =
            notes_of(serde_json::json!({"last-sequence-number": 0, "current-snapshot-id": -1}));
        assert!(never.contains("nothing has been written"), "{never}");
        let older = serde_json::json!([{"snapshot-id": 1}, {"snapshot-id": 2}]);
        for (metadata, says) in [
            (
                serde_json::json!({"snapshots": older, "current-snapshot-id": -1}),
                "2 older snapshots",
            ),
            (serde_json::json!({"snapshots": older}), "2 older snapshots"),
            (
                serde_json::json!({"last-sequence-number": 5}),
                "sequence number is 5",
            ),
            (
                serde_json::json!({"snapshot-log": [{"snapshot-id": 1}]}),
                "Its log",
            ),
            (
                serde_json::json!({"refs": {"old": {"snapshot-id": 1, "type": "tag"}}}),
                "references",
            ),
        ] {
            let notes = notes_of(metadata);
            assert!(!notes.contains("nothing has been written"), "{notes}");
            assert!(
                notes.contains("No current snapshot") && notes.contains(says),
                "{notes}"
            );
        }
        let main = serde_json::json!({"refs": {"main": {"snapshot-id": 816, "type": "branch"}}, "snapshots": [{"snapshot-id": 816}]});
        assert_eq!(notes_of(main), "");
    }

    #[test]
    fn what_is_current_and_not_there_is_said() {
        let notes = notes_of(serde_json::json!({
            "current-schema-id": 2, "schemas": [{"schema-id": 0, "fields": []}, {"schema-id": 1, "fields": []}],
            "default-spec-id": 7, "partition-specs": [{"spec-id": 0, "fields": []}],
            "default-sort-order-id": 9, "sort-orders": [{"order-id": 0, "fields": []}],
            "current-snapshot-id": 5, "snapshots": [{"snapshot-id": 4}],
            "refs": {"main": {"snapshot-id": 4, "type": "branch"}}
        }));
        for says in [
            "schema 2",
            "partition spec 7",
            "sort order 9",
            "snapshot 5 is not among",
            "main points at the snapshot 4",
        ] {
            assert!(notes.contains(says), "{says}: {notes}");
        }
    }

    #[test]
    fn what_is_not_named_or_named_twice_is_said() {
        let fields = |names: [&str; 2], ids: [i64; 2]| {
            let field = |at: usize| serde_json::json!({"id": ids[at], "name": names[at]});
            serde_json::json!([{"schema-id": 1, "fields": [field(0), field(1)]}])
        };
        let specs = serde_json::json!([{"spec-id": 3}, {"spec-id": 3}]);
        let orders = serde_json::json!([{"order-id": 0}, {"order-id": 2}]);
        for (metadata, says) in [
            (
                serde_json::json!({"partition-specs": specs, "default-spec-id": 3}),
                "several partition specs of the id 3",
            ),
            (
                serde_json::json!({"partition-specs": specs}),
                "holds 2 partition specs and does not say which",
            ),
            (
                serde_json::json!({"sort-orders": orders}),
                "holds 2 sort orders and does not say which",
            ),
            (
                serde_json::json!({"schemas": [{"schema-id": 1}, {"schema-id": 1}], "current-schema-id": 1}),
                "several schemas of the id 1",
            ),
            (
                serde_json::json!({"schemas": [{"schema-id": 1}, {"schema-id": 2}]}),
                "holds 2 schemas and does not say which",
            ),
            (
                serde_json::json!({"snapshots": [{"snapshot-id": 7}, {"snapshot-id": 7}], "current-snapshot-id": 7}),
                "several snapshots of the id 7",
            ),
            (
                serde_json::json!({"schemas": fields(["a", "a"], [1, 2])}),
                "several columns of the name “a”",
            ),
            (
                serde_json::json!({"schemas": fields(["a", "b"], [1, 1])}),
                "several columns of the id 1",
            ),
        ] {
            let notes = notes_of(metadata);
            assert!(notes.contains(says), "{says}: {notes}");
        }
        let plain = serde_json::json!({
            "schemas": fields(["a", "b"], [1, 2]), "partition-specs": [{"spec-id": 0}], "sort-orders": [{"order-id": 0}],
            "snapshots": [{}, {}], "current-snapshot-id": 7
        });
        let notes = notes_of(plain);
        assert!(
            !notes.contains("several") && !notes.contains("which"),
            "{notes}"
        );
    }

    #[test]
    fn a_newer_format_is_shown_as_far_as_it_is_known() {
        let format = |version: i64| {
            notes_of(serde_json::json!({"format-version": version, "last-sequence-number": 0}))
        };
        assert!(format(4).contains("format version 4"), "{}", format(4));
        assert!(!format(3).contains("format version"), "{}", format(3));
    }
}
