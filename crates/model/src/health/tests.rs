use iceberg_rest::types::metadata::TableMetadata;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const NOW: i64 = 1_800_000_000_000;
const DAY: i64 = 86_400_000;

fn table(summary: Value, more: Value) -> TableMetadata {
    let mut metadata = json!({
        "format-version": 2, "current-snapshot-id": 9_007_199_254_740_993_i64,
        "snapshots": [{"snapshot-id": 9_007_199_254_740_993_i64, "timestamp-ms": NOW - DAY, "summary": summary}]
    });
    metadata
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    serde_json::from_value(metadata).unwrap()
}

fn found(metadata: &TableMetadata) -> Vec<Finding> {
    let names = ["sales".to_owned(), "orders".to_owned()];
    Health::new(metadata, &names, NOW, Extent::All).findings
}

fn of(findings: &[Finding], title: &str) -> Finding {
    let found = findings.iter().find(|finding| finding.title == title);
    found
        .unwrap_or_else(|| panic!("{title}: {findings:?}"))
        .clone()
}

#[test]
fn many_deletes_and_small_files_stand_first_with_what_mends_them() {
    let summary = json!({"total-data-files": "37", "total-delete-files": "26", "total-files-size": "407371776"});
    let found = found(&table(summary, json!({})));
    assert_eq!(found[0].severity, Severity::Bad);
    assert_eq!(found[0].figure, "26 delete files to 37 data files");
    let call = &found[0].mend.as_ref().unwrap().call;
    assert!(
        call.contains("'`sales`.`orders`'") && call.contains("delete-file-threshold"),
        "{call}"
    );
    assert_eq!(found[1].severity, Severity::Warning);
    assert_eq!(
        found[1].figure,
        "37 data files of at most 10.5 MiB on average"
    );
    for said in [
        "384.0 MiB",
        "512.0 MiB",
        "Iceberg’s default write.target-file-size-bytes",
    ] {
        assert!(
            found[1].threshold.contains(said),
            "{said}: {}",
            found[1].threshold
        );
    }
}

#[test]
fn the_table_s_own_target_holds() {
    let summary = json!({"total-data-files": "37", "total-delete-files": "0", "total-files-size": "407371776"});
    let own = json!({"properties": {"write.target-file-size-bytes": "8388608"}});
    let size = of(&found(&table(summary.clone(), own)), "Size of data files");
    assert_eq!((size.severity, size.mend), (Severity::Good, None));
    assert!(
        size.threshold.contains("the table’s own"),
        "{}",
        size.threshold
    );
    let odd = json!({"properties": {"write.target-file-size-bytes": "hunter2"}});
    let size = of(&found(&table(summary, odd)), "Size of data files");
    assert!(size.threshold.contains("is no count") && !size.threshold.contains("hunter2"));
}

#[test]
fn what_is_odd_or_missing_is_unknown_and_never_zero() {
    for odd in ["-3", "many", "99999999999999999999", "4.5e9", ""] {
        let summary =
            json!({"total-data-files": odd, "total-delete-files": "1", "total-files-size": "5"});
        let found = found(&table(summary, json!({})));
        for title in ["Size of data files", "Delete files"] {
            let finding = of(&found, title);
            assert_eq!(finding.severity, Severity::Unknown, "{odd}: {finding:?}");
            assert!(finding.figure.contains("total-data-files"), "{finding:?}");
        }
    }
    let nothing = found(&table(json!({}), json!({})));
    assert!(
        of(&nothing, "Delete files")
            .figure
            .contains("does not say total-data-files")
    );
    let elsewhere = found(&table(json!({}), json!({"current-snapshot-id": 7})));
    for title in ["Size of data files", "Delete files"] {
        let figure = of(&elsewhere, title).figure;
        assert!(
            figure.contains("not among those in the metadata"),
            "{figure}"
        );
    }
}

#[test]
fn old_snapshots_are_counted_by_the_table_s_own_age_without_those_that_are_named() {
    let snapshots: Vec<_> = (1..=10)
        .map(|number| json!({"snapshot-id": number, "sequence-number": number, "timestamp-ms": NOW - (11 - number) * 10 * DAY}))
        .collect();
    let more = json!({
        "current-snapshot-id": 10, "snapshots": snapshots,
        "properties": {"history.expire.max-snapshot-age-ms": (30 * DAY).to_string()},
        "refs": {"main": {"snapshot-id": 10, "type": "branch"}, "kept": {"snapshot-id": 1, "type": "tag"}}
    });
    let metadata = table(json!({}), more);
    let old = of(&found(&metadata), "Old snapshots");
    assert_eq!(
        (old.severity, old.figure.as_str()),
        (Severity::Warning, "6 of 10 snapshots")
    );
    assert!(old.threshold.contains("30 d"), "{}", old.threshold);
    let partial = Health::new(&metadata, &[], NOW, Extent::Named).findings;
    assert_eq!(of(&partial, "Old snapshots").severity, Severity::Unknown);
}

#[test]
fn an_empty_table_has_nothing_small_or_old() {
    let empty = serde_json::from_value(json!({"format-version": 2})).unwrap();
    let titles: Vec<_> = found(&empty).into_iter().map(|it| it.title).collect();
    assert_eq!(titles, ["Metadata files"]);
}

#[test]
fn what_was_left_alone_for_long_is_said() {
    let more = json!({
        "format-version": 1,
        "snapshots": [{"snapshot-id": 9_007_199_254_740_993_i64, "timestamp-ms": NOW - 100 * DAY,
            "summary": {"manifests-created": "1", "manifests-kept": "249", "total-data-files": "300", "total-delete-files": "0"}}],
        "refs": {"audit": {"snapshot-id": 9_007_199_254_740_993_i64, "type": "branch", "max-ref-age-ms": DAY}},
        "metadata-log": vec![json!({"timestamp-ms": 1, "metadata-file": "m"}); 100],
    });
    let found = found(&table(json!({}), more));
    assert_eq!(found.len(), 6);
    assert_eq!(of(&found, "Manifests").severity, Severity::Bad);
    for title in [
        "Last commit",
        "Format version",
        "Branches and tags",
        "Metadata files",
    ] {
        assert_eq!(of(&found, title).severity, Severity::Warning);
    }
}

proptest! {
    #[test]
    fn no_metadata_is_too_hostile(
        values in prop::collection::vec("-?[0-9]{0,25}|\\PC{0,12}", 8),
        time in any::<i64>(), now in any::<i64>(), name in "\\PC{0,12}", version in any::<i64>(),
    ) {
        let summary = json!({"total-data-files": values[0], "total-delete-files": values[1],
            "total-files-size": values[2], "manifests-created": values[3], "manifests-kept": values[4]});
        let mut metadata = table(summary, json!({"format-version": version, "properties": {
            "write.target-file-size-bytes": values[5], "history.expire.max-snapshot-age-ms": values[6],
            "history.expire.min-snapshots-to-keep": values[7]},
            "refs": {"b": {"snapshot-id": 9_007_199_254_740_993_i64, "type": "branch", "max-ref-age-ms": time}}}));
        metadata.snapshots[0].timestamp_ms = Some(time);
        let found = Health::new(&metadata, &[name], now, Extent::All).findings;
        prop_assert!(found.len() <= 6);
        prop_assert!(found.is_sorted_by_key(|finding| finding.severity));
    }
}
