use proptest::prelude::*;
use serde_json::json;

use super::*;

/// Without where they stand.
fn unplaced(mut columns: Vec<Column>) -> Vec<Column> {
    for column in &mut columns {
        column.line = 0;
        unplace(&mut column.kind);
    }
    columns
}

fn unplace(kind: &mut Kind) {
    match kind {
        Kind::Primitive(_) => {}
        Kind::Struct(columns) => *columns = unplaced(std::mem::take(columns)),
        Kind::List(element) => unplace(&mut element.kind),
        Kind::Map(key, value) => {
            unplace(&mut key.kind);
            unplace(&mut value.kind);
        }
    }
}

#[test]
fn lines_become_the_json_of_a_schema() {
    let text = "\
-- who
id bigint NOT NULL identifier comment 'it''s the key',

5: `ship to` struct<
  city varchar not null, -- of the world
  spots array<struct<lat double, lon: double>>
> default null
labels map<string, list<int not null> not null>, at timestamp with time zone";
    let schema = to_json(&parse(text).unwrap(), 0);
    assert_eq!(
        schema,
        json!({"type": "struct", "schema-id": 0, "identifier-field-ids": [6], "fields": [
            {"id": 6, "name": "id", "required": true, "type": "long", "doc": "it's the key"},
            {"id": 5, "name": "ship to", "required": false, "type": {"type": "struct", "fields": [
                {"id": 7, "name": "city", "required": true, "type": "string"},
                {"id": 8, "name": "spots", "required": false, "type": {
                    "type": "list", "element-id": 9, "element-required": false,
                    "element": {"type": "struct", "fields": [
                        {"id": 10, "name": "lat", "required": false, "type": "double"},
                        {"id": 11, "name": "lon", "required": false, "type": "double"},
                    ]},
                }},
            ]}},
            {"id": 12, "name": "labels", "required": false, "type": {
                "type": "map", "key-id": 13, "value-id": 14, "key": "string", "value-required": true,
                "value": {"type": "list", "element-id": 15, "element-required": true, "element": "int"},
            }},
            {"id": 16, "name": "at", "required": false, "type": "timestamptz"},
        ]})
    );
    let again = from_json(&schema).unwrap();
    assert_eq!(to_json(&parse(&print(&again)).unwrap(), 0), schema);
    assert!(print(&again).starts_with("6: id long not null identifier comment 'it''s the key'\n5: `ship to` struct<7: city string not null, "));
}

#[test]
fn types_of_sql_have_the_names_of_the_specification() {
    for (written, kind) in [
        ("BOOL", "boolean"),
        ("integer", "int"),
        ("real", "float"),
        ("double precision", "double"),
        ("numeric(10)", "decimal(10, 0)"),
        ("decimal( 38,38 )", "decimal(38, 38)"),
        ("timestamp without time zone", "timestamp"),
        ("timestamp(9) with time zone", "timestamptz_ns"),
        ("text", "string"),
        ("bytes", "binary"),
        ("fixed(16)", "fixed[16]"),
        ("fixed[16]", "fixed[16]"),
        ("geometry(srid:4326)", "geometry(srid:4326)"),
        ("variant", "variant"),
    ] {
        let columns = parse(&format!("a {written} comment 'x'")).unwrap();
        assert_eq!(columns[0].kind, Kind::Primitive(kind.into()), "{written}");
    }
}

#[test]
fn a_bad_line_is_named_with_what_was_expected() {
    for (text, line, said) in [
        ("a int\nb", 2, "expected the type of b"),
        ("a int\n\n-- x\nb bignum", 4, "“bignum” is no type"),
        ("a int nul", 1, "found “nul”"),
        ("a int not", 1, "expected “null”"),
        (
            "a int\nA int not null identifier\na long",
            3,
            "two columns called a",
        ),
        ("a struct<x int, x long>", 1, "two columns called a.x"),
        ("`a.b` int\na struct<b int>", 2, "two columns called a.b"),
        ("1: a int\n1: b int", 2, "field id 1 stands there twice"),
        ("1: a list<1: int>", 1, "field id 1 stands there twice"),
        ("9999999999: a int", 1, "too large"),
        (
            "a struct<x int,\ny int",
            2,
            "expected “>” to close struct<, found the end",
        ),
        ("a map<int>", 1, "two types"),
        ("a decimal", 1, "decimal(12, 2)"),
        ("a decimal(39, 2)", 1, "at most 38"),
        ("a decimal(2, 3)", 1, "decimal(12, 2)"),
        ("a varchar(20)", 1, "no length"),
        ("a smallint", 1, "no smaller number"),
        ("a timestamp(3)", 1, "microseconds"),
        ("a int comment 'x", 1, "not closed"),
        ("a int comment x", 1, "expected a text"),
        ("a int default", 1, "expected a value"),
        ("a int default 1 default 2", 1, "twice"),
        ("a int not null null", 1, "twice"),
        ("`` int", 1, "empty name"),
        ("1a int", 1, "backticks"),
        ("order-id int", 1, "expected the type of order"),
        ("a int identifier", 1, "it can be null"),
        ("a double not null identifier", 1, "tell no rows apart"),
        ("a struct<b int not null identifier>", 1, "it can be null"),
        (
            "a list<struct<b int not null identifier>>",
            1,
            "inside a list",
        ),
        ("a struct<b int> not null identifier", 1, "no plain value"),
        ("a unknown not null", 1, "all null"),
    ] {
        let wrong = parse(text).expect_err(text);
        assert_eq!(wrong.line, line, "{text}: {wrong}");
        assert!(wrong.why.contains(said), "{text}: {wrong}");
    }
}

#[test]
fn it_is_bounded() {
    let deep = |depth: usize| format!("a {}int{}", "list<".repeat(depth), ">".repeat(depth));
    assert!(parse(&deep(MAX_DEPTH)).is_ok());
    assert!(
        parse(&deep(MAX_DEPTH + 1))
            .unwrap_err()
            .why
            .contains("nest")
    );
    assert!(parse(&deep(100_000)).is_err());
    let wide = |count: usize| {
        (0..count)
            .map(|at| format!("c{at} int\n"))
            .collect::<String>()
    };
    assert_eq!(parse(&wide(MAX_COLUMNS)).unwrap().len(), MAX_COLUMNS);
    assert_eq!(
        parse(&wide(MAX_COLUMNS + 1)).unwrap_err().line,
        MAX_COLUMNS + 1
    );
    assert!(parse(&" ".repeat(MAX_TEXT + 1)).is_err());
    let mut kind = json!("int");
    for _ in 0..=MAX_DEPTH {
        kind = json!({"type": "list", "element-id": null, "element": kind});
    }
    assert!(
        from_json(&json!([{"name": "a", "type": kind}]))
            .unwrap_err()
            .why
            .contains("nest")
    );
}

#[test]
fn a_default_keeps_its_digits_and_fits_its_type() {
    let of = |text: &str| parse(text).unwrap().remove(0);
    let column = of("a decimal(20, 2) default 123456789012345678.90");
    assert_eq!(column.default, Some(json!("123456789012345678.90")));
    let added = field(&column, &mut Ids::above(7), &mut vec![], true);
    assert_eq!(added["id"], 8);
    assert_eq!(added["initial-default"], added["write-default"]);
    for (text, fits) in [
        ("a decimal(20, 2) default 1.5", false),
        ("a decimal(3, 2) default 10.00", false),
        ("a int default 2147483648", false),
        ("a int default -1", true),
        ("a long default 9007199254740993", true),
        ("a boolean default TRUE", true),
        ("a string default 5", false),
        ("a string default ''", true),
        ("a date default '2026-01-31'", true),
        ("a timestamptz default '2026-01-31T10:30:00'", false),
        ("a timestamp default '2026-01-31T10:30:00.5'", true),
        ("a list<int> default [1, 2]", false),
        ("a variant default {\"b\": [1]}", false),
        (
            "a uuid default 'f79c3e09-677c-4bbd-a479-3f349cb785e7'",
            true,
        ),
    ] {
        let column = of(text);
        let value = column.default.as_ref().unwrap();
        assert_eq!(default_fits(&column.kind, value).is_ok(), fits, "{text}");
    }
    assert_eq!(of("a struct<b int default 5>").line, 1);
}

#[test]
fn another_table_gives_ids_of_its_own() {
    let text = "a map<string, struct<b list<int>>> not null\n";
    let columns = from_json(&to_json(&parse(text).unwrap(), 0)).unwrap();
    assert!(print(&columns).starts_with("1: a map<2: string, 3: struct<4: b list<5: int>>>"));
    assert_eq!(print(&without_ids(columns)), text);
}

#[test]
fn what_lines_do_not_say_is_told() {
    let schema = json!({"fields": [
        {"id": 1, "name": "a", "type": {"type": "list", "element": {"type": "struct", "fields": [
            {"name": "b", "type": "int", "initial-default": 1},
        ]}}, "x-owner": "me"},
    ]});
    assert_eq!(unheld(&schema), ["a: x-owner", "b: initial-default"]);
    assert!(from_json(&json!({"fields": [{"name": "a", "type": "interval"}]})).is_err());
    assert!(from_json(&json!({"fields": [{"name": "a", "type": {"type": "union"}}]})).is_err());
    assert!(from_json(&json!({"fields": [{"type": "int"}]})).is_err());
    assert!(from_json(&json!({"columns": []})).is_err());
    assert!(from_json(&json!([{"id": 1.5, "name": "a", "type": "int"}])).is_err());
}

#[test]
fn what_only_some_tables_can_have_is_found() {
    let of = |text: &str| parse(text).unwrap();
    let line = |wrong: Option<Wrong>| wrong.map(|wrong| wrong.line);
    assert_eq!(line(needs_format_3(&of("a int\nb list<variant>"))), Some(2));
    assert_eq!(
        line(needs_format_3(&of("a struct<b timestamp_ns>"))),
        Some(1)
    );
    assert_eq!(line(needs_format_3(&of("a int\nb int default 1"))), Some(2));
    assert_eq!(line(needs_format_3(&of("a timestamp"))), None);
    assert_eq!(line(duplicate_by_case(&of("a int\nA int"))), Some(2));
    assert_eq!(line(duplicate_by_case(&of("a struct<A int>"))), None);
    assert!(reserved("_Pos") && !reserved("pos"));
    let fresh = |text: &str| fresh(&of(text)).err().map(|wrong| (wrong.line, wrong.why));
    for (text, line, why) in [
        ("a int\nA int", 2, "upper and lower"),
        ("a int\n_file string", 2, "readers give"),
        ("a struct<b int default 'x'>", 1, "whole number"),
    ] {
        let (at, said) = fresh(text).expect(text);
        assert!(at == line && said.contains(why), "{at} {said}");
    }
    assert_eq!(fresh("a struct<_file string>\nb int default 5"), None);
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z_][a-z0-9_]{0,8}", "\\PC{1,8}", "[\\x00-\\x7f]{1,6}"]
        .prop_filter("not empty", |name| !name.trim().is_empty())
}

fn doc() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("\\PC{0,12}|[\\x00-\\x7f]{0,8}")
}

fn default() -> impl Strategy<Value = Option<Value>> {
    proptest::option::of(prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        "\\PC{0,8}|[\\x00-\\x7f]{0,8}".prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
        Just(json!([1, {"a>": "<'`\n"}])),
    ])
}

fn columns(kind: impl Strategy<Value = Kind> + Clone) -> impl Strategy<Value = Vec<Column>> {
    let column = (name(), any::<bool>(), kind, default(), doc()).prop_map(
        |(name, required, kind, default, doc)| Column {
            line: 0,
            id: None,
            name,
            required: required && kind != Kind::Primitive("unknown".into()),
            identifier: false,
            default: default.filter(|value| {
                !value.is_number() || kind != Kind::Primitive("decimal(9, 2)".into())
            }),
            kind,
            doc,
        },
    );
    proptest::collection::vec(column, 0..5)
}

fn kind() -> impl Strategy<Value = Kind> + Clone {
    const NAMES: [&str; 9] = [
        "int",
        "long",
        "decimal(9, 2)",
        "fixed[3]",
        "timestamptz_ns",
        "unknown",
        "geometry",
        "geography(srid:4326, vincenty)",
        "variant",
    ];
    let leaf = proptest::sample::select(&NAMES[..]).prop_map(|name| Kind::Primitive(name.into()));
    leaf.prop_recursive(3, 20, 4, |inner| {
        let member = (any::<bool>(), inner.clone()).prop_map(|(required, kind)| Member {
            id: None,
            required,
            kind,
        });
        prop_oneof![
            columns(inner).prop_map(Kind::Struct),
            member
                .clone()
                .prop_map(|element| Kind::List(element.into())),
            (member.clone(), member).prop_map(|(mut key, value)| {
                key.required = true;
                Kind::Map(key.into(), value.into())
            }),
        ]
        .boxed()
    })
    .boxed()
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_the_same(columns in columns(kind())) {
        if checks::sound(&columns).is_ok() {
            let text = print(&columns);
            prop_assert_eq!(&unplaced(parse(&text).unwrap()), &columns, "{}", text);
            let schema = to_json(&columns, 3);
            let read = from_json(&schema).unwrap();
            prop_assert_eq!(&to_json(&parse(&print(&read)).unwrap(), 3), &schema);
        }
    }

    #[test]
    fn no_text_brings_it_down(text in "\\PC*|[a-z:<>,(){}\\[\\]'\"` \n0-9]{0,60}") {
        if let Ok(columns) = parse(&text) {
            prop_assert_eq!(unplaced(parse(&print(&columns)).unwrap()), unplaced(columns));
        }
    }
}
