use serde_json::{Value, json};

use super::*;

fn snapshot(id: i64, parent: Option<i64>, summary: Value) -> Value {
    json!({"snapshot-id": id, "parent-snapshot-id": parent, "sequence-number": id, "timestamp-ms": id,
        "schema-id": id % 2, "summary": summary})
}

fn table(snapshots: Vec<Value>) -> TableMetadata {
    let field = |name: &str| json!({"id": 1, "name": name, "type": "int"});
    serde_json::from_value(json!({"snapshots": snapshots, "schemas": [
        {"schema-id": 0, "fields": [field("a")]}, {"schema-id": 1, "fields": [field("b")]}]}))
    .unwrap()
}

fn compare(metadata: &TableMetadata, from: i64, to: i64) -> Comparison {
    Comparison::new(metadata, &Id::from(from), &Id::from(to), false).unwrap()
}

fn line() -> TableMetadata {
    let added = |records: &str, engine: &str| {
        json!({"operation": "append", "added-records": records, "added-data-files": "1",
            "added-files-size": "2048", "engine-name": engine, "total-records": records})
    };
    table(vec![
        snapshot(1, None, added("1", "spark")),
        snapshot(2, Some(1), added("20", "spark")),
        snapshot(
            3,
            Some(2),
            json!({"operation": "delete", "deleted-records": "5", "trino_query_id": "q"}),
        ),
        snapshot(4, Some(3), added("-7", "spark")),
    ])
}

#[test]
fn what_the_commits_between_did_is_summed() {
    let both = compare(&line(), 1, 4);
    assert_eq!(
        both.relation,
        "3 commits lead from the first to the second."
    );
    let between = both.between.unwrap();
    assert_eq!(between.sums[0], ("Records".to_owned(), "+20 −5".to_owned()));
    assert_eq!(between.sums[1], ("Data files".to_owned(), "+2".to_owned()));
    assert_eq!(
        between.sums[2],
        ("Delete files".to_owned(), "nothing told".to_owned())
    );
    assert_eq!(between.sums[3], ("Size".to_owned(), "+4.0 KiB".to_owned()));
    assert_eq!(
        between.operations,
        [("append".to_owned(), 2), ("delete".to_owned(), 1)]
    );
    assert_eq!(
        between.engines,
        [("spark".to_owned(), 2), ("Trino".to_owned(), 1)]
    );
    assert_eq!(
        between.notes,
        ["Records: what 1 of them says is no count and is left out."]
    );
}

#[test]
fn the_older_one_stands_first_whatever_was_asked() {
    let both = compare(&line(), 4, 2);
    assert_eq!((both.from.id.as_str(), both.to.id.as_str()), ("2", "4"));
    let same = compare(&line(), 2, 2);
    assert_eq!(same.relation, "Both are the same snapshot.");
    assert_eq!(same.between, None);
}

#[test]
fn totals_and_schemas_are_compared() {
    let both = compare(&line(), 1, 2);
    let records = &both.totals[0];
    assert_eq!(
        (
            records.from.as_str(),
            records.to.as_str(),
            records.change.as_str()
        ),
        ("1", "20", "+19")
    );
    let differences = both.differences.unwrap();
    assert_eq!(differences.rows[0].said, "renamed from b");
    let odd = compare(&line(), 2, 4);
    assert_eq!(
        (odd.totals[0].to.as_str(), odd.totals[0].change.as_str()),
        ("-7", "not known")
    );
    assert_eq!(odd.schema, "Both were made with schema 0.");
}

#[test]
fn branches_and_gaps_are_no_line_of_commits() {
    let bare = |id, parent| snapshot(id, parent, json!({}));
    let parted = table(vec![bare(1, None), bare(2, Some(1)), bare(3, Some(1))]);
    let both = compare(&parted, 2, 3);
    assert!(
        both.relation.contains("part after snapshot 1:"),
        "{}",
        both.relation
    );
    assert_eq!(both.between, None);
    let expired = table(vec![bare(1, None), bare(3, Some(2))]);
    assert!(compare(&expired, 1, 3).relation.contains("have expired"));
    let partial = Comparison::new(&expired, &Id::from(1), &Id::from(3), true).unwrap();
    assert!(
        partial.relation.contains("too large"),
        "{}",
        partial.relation
    );
    let strangers = table(vec![bare(1, None), bare(2, None)]);
    assert!(
        compare(&strangers, 1, 2)
            .relation
            .ends_with("neither was made from the other.")
    );
    let circle = table(vec![bare(1, Some(2)), bare(2, Some(1)), bare(3, None)]);
    assert!(
        compare(&circle, 1, 3)
            .relation
            .contains("different branches")
    );
    assert_eq!(compare(&circle, 1, 2).between.unwrap().operations[0].1, 1);
}

#[test]
fn an_id_that_is_not_there_is_named() {
    let missing = |from: &str, to: &str| {
        Comparison::new(&line(), &Id::from(from), &Id::from(to), false).map_err(|id| id.to_string())
    };
    assert_eq!(missing("77", "1"), Err("77".to_owned()));
    assert_eq!(
        missing("1", "9223372036854775808"),
        Err("9223372036854775808".to_owned())
    );
}

#[test]
fn a_schema_that_is_not_said_or_not_there_is_not_made_up() {
    let none = table(vec![
        json!({"snapshot-id": 1}),
        json!({"snapshot-id": 2, "schema-id": 9}),
        json!({"snapshot-id": 3, "schema-id": 0}),
    ]);
    assert!(compare(&none, 1, 3).schema.contains("Not both"));
    assert!(
        compare(&none, 3, 2)
            .schema
            .contains("Schema 9 is not in the metadata")
    );
}
