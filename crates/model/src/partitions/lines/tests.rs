use proptest::prelude::*;

use super::*;
use crate::schema::lines::{self as schema, Column};

/// With ids from 1.
fn columns(text: &str) -> Vec<Column> {
    schema::from_json(&schema::to_json(&schema::parse(text).unwrap(), 0)).unwrap()
}

fn some() -> Vec<Column> {
    columns(
        "id long not null\nat timestamptz\nday date\nname string\nspot struct<city string, `a b` int>\nprice decimal(9, 2)\ntags list<string>\nd double\nv variant",
    )
}

fn said(text: &str) -> String {
    let lines = partitions(text).unwrap_or_else(|why| panic!("{text}: {why}"));
    let (fields, _) = spec(&lines, &some()).unwrap_or_else(|why| panic!("{text}: {why}"));
    let field = |field: &serde_json::Value| {
        format!(
            "{} {} {}",
            field["source-id"],
            field["transform"].as_str().unwrap(),
            field["name"].as_str().unwrap()
        )
    };
    fields.iter().map(field).collect::<Vec<_>>().join("; ")
}

#[test]
fn each_way_to_write_a_partition_field_comes_to_the_same() {
    for (text, is) in [
        ("at", "2 identity at"),
        ("identity(at)", "2 identity at"),
        ("DAY(at)", "2 day at_day"),
        ("days(at)", "2 day at_day"),
        ("day at", "2 day at_day"),
        ("day", "3 identity day"),
        ("day as x", "3 identity x"),
        ("day day", "3 day day_day"),
        ("bucket(16, id) as b", "1 bucket[16] b"),
        ("bucket(id, 16)", "1 bucket[16] id_bucket"),
        ("bucket[16](id)", "1 bucket[16] id_bucket"),
        ("bucket[16] id as `a b`", "1 bucket[16] a b"),
        ("truncate(8, spot.city)", "6 truncate[8] spot.city_trunc"),
        (
            "spot.`a b`, -- both\n\nvoid(id)",
            "7 identity spot.a b; 1 void id_null",
        ),
    ] {
        assert_eq!(said(text), is, "{text}");
    }
}

#[test]
fn a_line_that_the_columns_do_not_take_is_named() {
    for (text, line, why) in [
        ("at\nnobody", 2, "no column nobody"),
        ("day(id)", 1, "dates and timestamps, not of long"),
        ("hour(day)", 1, "timestamps, not of date"),
        ("bucket(16, d)", 1, "not of double"),
        ("truncate(2, at)", 1, "not of timestamptz"),
        ("v", 1, "what has an order"),
        ("tags", 1, "only a plain value"),
        ("tags.element", 1, "no column"),
        ("bucket(0, id)", 1, "above 0"),
        ("bucket(id)", 1, "above 0"),
        ("bucket(99999999999, id)", 1, "above 0"),
        ("day(2, at)", 1, "takes no number"),
        ("week(at)", 1, "“week” is no transform"),
        ("day(at", 1, "expected “)”"),
        ("day(at) as", 1, "a name behind “as”"),
        ("day(at) by", 1, "expected the next line"),
        ("at\nidentity(at) as other", 2, "splits already"),
        ("day(at)\nhour(at)", 2, "splits already"),
        ("day(at) as x\nid as x", 2, "two partition fields called x"),
        ("bucket(4, at) as id", 1, "id is a column"),
    ] {
        let wrong = partitions(text)
            .and_then(|lines| spec(&lines, &some()))
            .expect_err(text);
        assert_eq!(wrong.line, line, "{text}: {wrong}");
        assert!(wrong.why.contains(why), "{text}: {wrong}");
    }
}

#[test]
fn what_a_transform_does_is_said() {
    let says = |text: &str| {
        spec(&partitions(text).unwrap(), &some())
            .unwrap()
            .1
            .remove(0)
    };
    assert_eq!(
        says("day(at)"),
        "Each day of at, in UTC, has a partition of its own."
    );
    assert_eq!(
        says("month(day)"),
        "Each month of day has a partition of its own."
    );
    assert!(says("truncate(3, name)").contains("the same 3 characters"));
    assert!(says("truncate(3, price)").contains("last digit"));
    assert!(says("bucket(7, id)").contains("over 7 buckets"));
}

#[test]
fn rows_are_sorted_as_it_is_written() {
    let lines = sorts("day(at) desc, name\nid ASC nulls last\nday desc nulls first").unwrap();
    let fields = order(&lines, &some()).unwrap();
    let field = |field: &serde_json::Value| {
        format!(
            "{} {} {}",
            field["transform"], field["direction"], field["null-order"]
        )
        .replace('"', "")
    };
    assert_eq!(
        fields.iter().map(field).collect::<Vec<_>>(),
        [
            "day desc nulls-last",
            "identity asc nulls-first",
            "identity asc nulls-last",
            "identity desc nulls-first"
        ]
    );
    assert_eq!(
        order_words(&lines[..2]).unwrap(),
        "Writers sort the rows of each file by day(at) descending with nulls last, then name ascending with nulls first."
    );
    assert_eq!(order_words(&[]), None);
    for (text, why) in [
        ("id\nid desc", "twice"),
        ("void(id)", "always null"),
        ("id nulls", "first"),
        ("id up", "is no transform"),
    ] {
        let wrong = sorts(text)
            .and_then(|lines| order(&lines, &some()).map(drop))
            .expect_err(text);
        assert!(wrong.why.contains(why), "{text}: {wrong}");
    }
}

#[test]
fn lines_are_made_of_what_is_there() {
    let text = "day(at)\nbucket(16, id) as b\nspot.`a b`\n";
    let (fields, _) = spec(&partitions(text).unwrap(), &some()).unwrap();
    assert_eq!(spec_lines(&fields, &some()).unwrap(), text);
    let text = "hour(at) desc nulls last\nname asc nulls first\n";
    let fields = order(&sorts(text).unwrap(), &some()).unwrap();
    assert_eq!(order_lines(&fields, &some()).unwrap(), text);
    for field in [
        serde_json::json!({"source-id": 1, "transform": "zorder", "name": "z"}),
        serde_json::json!({"source-id": 99, "transform": "day", "name": "z"}),
        serde_json::json!({"source-ids": [1, 2], "transform": "bucket[4]", "name": "z"}),
    ] {
        assert!(
            spec_lines(std::slice::from_ref(&field), &some()).is_err(),
            "{field}"
        );
    }
}

proptest! {
    #[test]
    fn no_text_brings_it_down(text in "\\PC*|[a-z(),.\\[\\]`\" \n0-9]{0,60}") {
        let _ = partitions(&text).map(|lines| spec(&lines, &some()));
        let _ = sorts(&text).map(|lines| order(&lines, &some()));
    }
}
