#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use super::*;

fn shape(metadata: Value) -> Shape {
    Shape::from(&serde_json::from_value::<TableMetadata>(metadata).unwrap())
}

fn compared(from: Value, to: Value) -> TableDifferences {
    TableDifferences::new(&shape(from), &shape(to), &Reveal::default())
}

fn said(all: &Differences) -> Vec<String> {
    let row =
        |row: &crate::schema::Difference| format!("{} {}: {}", row.kind, row.column, row.said);
    all.rows.iter().map(row).collect()
}

fn orders() -> Value {
    json!({
        "format-version": 2, "table-uuid": "a", "location": "s3://lake/orders",
        "current-schema-id": 0, "schemas": [{"schema-id": 0, "fields": [
            {"id": 1, "name": "id", "required": true, "type": "int"},
            {"id": 2, "name": "at", "type": "timestamp"},
            {"id": 3, "name": "price", "type": {"type": "struct", "fields": [
                {"id": 4, "name": "net", "type": "double", "doc": "Without tax"}]}},
            {"id": 5, "name": "note", "type": "string"}]}],
        "default-spec-id": 0, "partition-specs": [{"spec-id": 0, "fields": [
            {"source-id": 2, "field-id": 1000, "name": "at_day", "transform": "day"}]}],
        "default-sort-order-id": 1, "sort-orders": [{"order-id": 1, "fields": [
            {"source-id": 1, "transform": "identity", "direction": "asc", "null-order": "nulls-first"}]}],
        "properties": {"owner": "ada", "same": "true", "house.rule": "hush-1"}
    })
}

#[test]
fn what_differs_is_told_and_what_is_the_same_is_counted() {
    let mut other = orders();
    other["format-version"] = 3.into();
    other["table-uuid"] = "b".into();
    other["schemas"][0]["fields"] = json!([
        {"id": 1, "name": "id", "type": "long"},
        {"id": 2, "name": "sold_at", "type": "timestamp"},
        {"id": 3, "name": "price", "type": {"type": "struct", "fields": [
            {"id": 4, "name": "net", "type": "double", "write-default": 1.5}]}},
        {"id": 7, "name": "note", "type": "string", "doc": "Free text"}
    ]);
    other["partition-specs"][0]["fields"] = json!([
        {"source-id": 2, "field-id": 1000, "name": "day", "transform": "day"},
        {"source-id": 7, "field-id": 1001, "name": "n", "transform": "truncate[4]"}
    ]);
    other["sort-orders"][0]["fields"][0]["direction"] = "desc".into();
    other["properties"] = json!({"owner": "bob", "same": "true", "house.rule": "hush-2"});

    let both = compared(orders(), other);
    assert_eq!(
        said(&both.schema),
        [
            "changed id: type widened from int to long, made optional",
            "changed sold_at: renamed from at",
            "changed price.net: comment “Without tax” removed, default “1.5” added",
            "added note: string",
            "removed note: string",
        ]
    );
    assert_eq!(both.schema.same, 1);
    let note = Alike {
        column: "note".into(),
        from: "5".into(),
        to: "7".into(),
        said: "comment “Free text” added".into(),
    };
    assert_eq!(both.alike, [note]);
    assert_eq!(
        said(&both.spec),
        [
            "changed day(sold_at): column from day(at) to day(sold_at), name from at_day to day",
            "added truncate[4](note): name n",
        ]
    );
    assert_eq!(
        said(&both.order),
        ["changed id: direction from asc to desc"]
    );
    assert_eq!(both.basics.rows[0].to.as_deref(), Some("3"));
    assert_eq!(both.basics.same, 1);
    assert!(both.notes[0].contains("one location"), "{:?}", both.notes);
}

#[test]
fn columns_with_other_ids_carry_specs_and_orders_by_their_names() {
    let mut other = orders();
    let moved = other.to_string();
    let moved = moved.replace("\"id\":2,", "\"id\":12,");
    other = moved
        .replace("\"source-id\":2,", "\"source-id\":12,")
        .parse()
        .unwrap();
    let both = compared(orders(), other);
    assert_eq!(both.alike.len(), 1);
    assert_eq!(
        said(&both.spec),
        ["changed day(at): field id of the column from 2 to 12"]
    );
}

#[test]
fn a_secret_that_differs_is_said_to_differ_and_not_shown() {
    let mut other = orders();
    other["properties"] = json!({"owner": "ada", "house.rule": "hush-2", "more": "hush-3"});
    other["location"] = "s3://id:hush@lake/orders".into();
    let mut first = orders();
    first["location"] = "s3://id:hash@lake/orders".into();
    let both = compared(first, other);
    let told: Vec<_> = both
        .properties
        .rows
        .iter()
        .map(|row| {
            (
                row.key.as_str(),
                row.from.as_deref(),
                row.to.as_deref(),
                row.hidden,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("house.rule", Some("[masked]"), Some("[masked]"), true),
            ("more", None, Some("[masked]"), false),
            ("same", Some("true"), None, false),
        ]
    );
    assert!(both.basics.rows[0].hidden);
    let sent = serde_json::to_string(&both).unwrap();
    assert!(!sent.contains("hush") && !sent.contains("hash@"), "{sent}");
}

#[test]
fn what_the_metadata_does_not_hold_is_said_of_whose_it_is() {
    let mut other = orders();
    other["current-schema-id"] = 9.into();
    other["table-uuid"] = "b".into();
    other["location"] = "s3://lake/other".into();
    let notes = compared(orders(), other).notes;
    assert_eq!(
        notes,
        ["Of the second table: The current schema is 9, which is not in the metadata."]
    );
}

#[test]
fn thousands_of_differences_are_cut_and_say_so() {
    let mut many = orders();
    let pairs = (0..3_000).map(|key| (format!("k{key}"), Value::from("v")));
    many["properties"] = Value::Object(pairs.collect());
    let fields =
        (0..3_000).map(|id| json!({"id": id + 100, "name": format!("c{id}"), "type": "int"}));
    many["schemas"][0]["fields"] = fields.collect();
    let both = compared(orders(), many);
    assert_eq!(
        (both.properties.rows.len(), both.properties.more),
        (200, 2_803)
    );
    assert_eq!((both.schema.rows.len(), both.schema.more), (200, 2_804));
}

fn field(depth: u32) -> BoxedStrategy<Value> {
    // Few ids and names, so that the same stands twice, and in both.
    let kind = select(vec![
        json!("int"),
        json!("long"),
        json!("string"),
        json!({"type": "odd"}),
    ]);
    let kind = match depth {
        0 => kind.boxed(),
        _ => {
            let members = vec(field(depth - 1), 0..3);
            let nested = members.prop_map(|fields| json!({"type": "struct", "fields": fields}));
            let list = field(depth - 1).prop_map(|of| {
                json!({"type": "list", "element-id": of["id"], "element-required": false, "element": of["type"]})
            });
            prop_oneof![3 => kind, 1 => nested, 1 => list].boxed()
        }
    };
    let rest = (0..9, "[abc.]{1,2}", any::<bool>(), option::of("[xy]{0,2}"));
    (rest, kind)
        .prop_map(|((id, name, required, doc), kind)| {
            json!({"id": id, "name": name, "required": required, "doc": doc, "type": kind})
        })
        .boxed()
}

fn table() -> impl Strategy<Value = Value> {
    let of = |more: Value| {
        move |(source, transform, word): (i32, &str, String)| {
            let mut field = json!({"source-id": source, "transform": transform, "name": word});
            field["direction"] = more.clone();
            field
        }
    };
    let laid_out = || (0..9, select(vec!["identity", "day", "bucket[4]"]), "[ab]");
    (
        vec(field(2), 0..8),
        vec(laid_out().prop_map(of(Value::Null)), 0..5),
        vec(laid_out().prop_map(of("asc".into())), 0..5),
        prop::collection::btree_map("[ab]{1,2}", "[xy]", 0..4),
        option::of("[uv]"),
    )
        .prop_map(|(fields, spec, order, properties, uuid)| {
            json!({
                "table-uuid": uuid, "location": uuid, "current-schema-id": 0, "schemas": [{"schema-id": 0, "fields": fields}],
                "default-spec-id": 0, "partition-specs": [{"spec-id": 0, "fields": spec}],
                "default-sort-order-id": 1, "sort-orders": [{"order-id": 1, "fields": order}],
                "properties": properties,
            })
        })
}

fn count(all: &Differences, kind: &str) -> usize {
    all.rows.iter().filter(|row| row.kind == kind).count()
}

proptest! {
    #[test]
    fn a_table_does_not_differ_from_itself(one in table()) {
        let both = compared(one.clone(), one);
        prop_assert!(both.is_empty(), "{both:?}");
    }

    #[test]
    fn what_is_added_one_way_is_removed_the_other_way(one in table(), other in table()) {
        let (there, back) = (compared(one.clone(), other.clone()), compared(other, one));
        for (there, back) in [(&there.schema, &back.schema), (&there.spec, &back.spec), (&there.order, &back.order)] {
            prop_assert_eq!(count(there, "added"), count(back, "removed"));
            prop_assert_eq!(count(there, "removed"), count(back, "added"));
            prop_assert_eq!(count(there, "changed"), count(back, "changed"));
            prop_assert_eq!(there.same, back.same);
        }
        let turned = |pairs: &Pairs| {
            let row = |row: &Pair| Pair { from: row.to.clone(), to: row.from.clone(), ..row.clone() };
            pairs.rows.iter().map(row).collect::<Vec<_>>()
        };
        prop_assert_eq!(turned(&there.properties), back.properties.rows);
        prop_assert_eq!(turned(&there.basics), back.basics.rows);
        prop_assert_eq!(there.alike.len(), back.alike.len());
    }
}
