use super::{
    super::lines::{parse, print},
    *,
};

pub fn schema() -> Value {
    json!({"type": "struct", "schema-id": 4, "identifier-field-ids": [1], "x-note": true, "fields": [
        {"id": 1, "name": "id", "required": true, "type": "int", "x-owner": "me"},
        {"id": 2, "name": "amount", "required": true, "type": "decimal(9,2)", "doc": "gross"},
        {"id": 3, "name": "at", "required": false, "type": "timestamptz"},
        {"id": 4, "name": "price", "required": false, "type": {"type": "struct", "fields": [
            {"id": 5, "name": "net", "required": false, "type": "float"},
            {"id": 6, "name": "vat", "required": false, "type": "int"}]}},
        {"id": 7, "name": "tags", "required": false, "type":
            {"type": "list", "element-id": 8, "element-required": true, "element": "string"}},
        {"id": 9, "name": "labels", "required": false, "type":
            {"type": "map", "key-id": 10, "key": "string", "value-id": 11, "value-required": false, "value": "int"}}
    ]})
}

const LINES: &str = "\
1: id int not null identifier
2: amount decimal(9, 2) not null comment 'gross'
3: at timestamptz
4: price struct<5: net float, 6: vat int>
7: tags list<8: string not null>
9: labels map<10: string, 11: int>
";

fn uses() -> Vec<Use> {
    let of = |source, what: &str, is_current| Use {
        source,
        what: what.to_owned(),
        transform: "day".to_owned(),
        is_current,
        is_partition: true,
    };
    vec![
        of(3, "partition field at_day of the current spec", true),
        of(6, "partition field vat of the earlier spec 0", false),
    ]
}

fn typed(text: &str, format_version: i64) -> Result<Evolved, String> {
    let (schema, uses) = (schema(), uses());
    let now = Now {
        schema: &schema,
        last_column_id: 12,
        format_version,
        uses: &uses,
    };
    evolve(&now, &parse(text).map_err(|wrong| wrong.to_string())?, None)
}

/// The lines with one of them replaced.
fn with(line: &str, by: &str) -> String {
    assert!(LINES.contains(line), "{line}");
    LINES.replace(line, by)
}

#[test]
fn what_is_not_changed_says_all_that_it_said() {
    assert_eq!(print(&from_json(&schema()).unwrap()), LINES);
    let same = typed(LINES, 2).unwrap();
    assert_eq!((same.edits.len(), same.notes.len()), (0, 0), "{same:?}");
    assert_eq!((&same.schema, same.last_column_id), (&schema(), 12));
    let carriage = LINES.replace('\n', "\r\n");
    assert_eq!(typed(&carriage, 2).unwrap().schema, schema());
}

#[test]
fn names_that_nobody_finds_any_more_are_told() {
    for (line, by, names) in [
        ("2: amount ", "2: total ", &["amount"][..]),
        ("9: labels map<10: string, 11: int>\n", "", &["labels"]),
        ("5: net float, ", "", &["net"]),
        ("6: vat int", "6: tax int", &["vat"]),
        ("1: id int", "1: id long", &[]),
    ] {
        let evolved = typed(&with(line, by), 2).unwrap();
        assert_eq!(evolved.names, names, "{by}");
    }
}

#[test]
fn many_edits_are_one_schema() {
    let text = "\
2: total decimal(12, 2) comment 'net'
1: id long not null
4: price struct<6: vat long comment 'percent', 5: net double, gross float>
7: tags list<string>
3: at timestamptz
9: labels map<10: string, 11: long>
channel string
";
    let evolved = typed(text, 2).unwrap();
    assert_eq!(
        evolved.edits,
        [
            "The column “amount” will be called “total”.",
            "“total” may be null from then on.",
            "The comment of “total” will be “net”.",
            "“total” will be decimal(12, 2); now it is decimal(9,2).",
            "“id” will be long; now it is int.",
            "The comment of “price.vat” will be “percent”.",
            "“price.vat” will be long; now it is int.",
            "“price.net” will be double; now it is float.",
            "There will be a field “price.gross”: float.",
            "“price.vat” will stand first.",
            "“tags.element” may be null from then on.",
            "“labels.value” will be long; now it is int.",
            "There will be a column “channel”: string.",
            "“total” will stand first.",
            "“at” will stand behind “tags”.",
            "“id” will be no identifier field any more.",
        ]
    );
    let schema = evolved.schema;
    assert_eq!(schema["x-note"], true);
    assert_eq!(schema["fields"][1]["x-owner"], "me");
    assert_eq!(schema["identifier-field-ids"], json!([]));
    assert_eq!(schema["fields"][3]["type"]["element-id"], 8);
    let added = &schema["fields"][2]["type"]["fields"][2];
    assert_eq!(
        (&added["name"], &added["id"]),
        (&json!("gross"), &json!(13))
    );
    assert_eq!(evolved.last_column_id, schema["fields"][6]["id"]);
}

#[test]
fn what_goes_and_what_that_touches_is_told() {
    let evolved = typed(
        &with("4: price struct<5: net float, 6: vat int>", "price string"),
        2,
    );
    let evolved = evolved.unwrap();
    assert_eq!(
        evolved.edits,
        [
            "The column “price” goes: struct.",
            "There will be a column “price”: string."
        ]
    );
    let notes = evolved.notes.join(" ");
    assert!(
        notes.contains("is another one than that which goes"),
        "{notes}"
    );
    assert!(
        notes.contains("earlier spec 0 went by “price.vat”"),
        "{notes}"
    );
    let renamed = typed(&with("3: at", "3: moment"), 2).unwrap();
    assert_eq!(
        renamed.notes,
        ["The partition field at_day of the current spec goes by it, and keeps its name."]
    );
    let alike = typed(&with("3: at", "3: ID"), 2).unwrap();
    assert!(
        alike.notes.iter().any(|note| note.contains("another “ID”")),
        "{alike:?}"
    );
}

#[test]
fn what_cannot_be_is_refused_at_its_line() {
    for (line, by, format, why) in [
        (
            "2: amount decimal(9, 2)",
            "2: amount string",
            2,
            "Line 2: “amount” is decimal(9,2). Files",
        ),
        (
            "3: at timestamptz",
            "3: at timestamptz not null",
            2,
            "Line 3: “at” may be null",
        ),
        (
            "3: at timestamptz\n",
            "",
            2,
            "cannot go, and its line is missing. The partition field at_day",
        ),
        (
            "1: id int not null identifier\n",
            "",
            2,
            "It is an identifier field",
        ),
        (
            "7: tags",
            "17: tags",
            2,
            "Line 5: the schema has no field with the id 17",
        ),
        (
            "7: tags",
            "12: tags",
            2,
            "Line 5: the schema has no field with the id 12",
        ),
        ("5: net float, ", "", 2, ""),
        (
            "5: net float, ",
            "new struct<5: net float>, ",
            2,
            "Line 4: the id 5 is that of “price.net”, which stands in “price”",
        ),
        (
            "6: vat int>",
            "6: vat int>\n5: net float",
            2,
            "stands there twice",
        ),
        (
            "5: net float, 6: vat int>",
            "6: vat int>\n5: net float",
            2,
            "Line 5: the id 5 is that of “price.net”, which stands in “price”",
        ),
        (
            "6: vat int>",
            "6: vat int, gross float not null>",
            2,
            "Line 4: the field “price.gross” cannot be required",
        ),
        (
            "6: vat int>",
            "6: vat int not null>",
            2,
            "Line 4: “price.vat” may be null",
        ),
        (
            "<10: string",
            "<10: binary",
            2,
            "Line 6: “labels.key” is string",
        ),
        (
            "<8: string not null>",
            "<9: string not null>",
            2,
            "stands there twice",
        ),
        (
            "<8: string not null>",
            "<6: string not null>",
            2,
            "stands there twice",
        ),
        (
            "<8: string not null>",
            "<12: string not null>",
            2,
            "“tags.element” has the id 8",
        ),
        (
            "list<8: string not null>",
            "string",
            2,
            "“tags” is list<string>, and cannot become string",
        ),
        (
            "4: price struct<5: net float, 6: vat int>",
            "4: price int",
            2,
            "cannot become int",
        ),
        (
            "9: labels",
            "shape geometry\n9: labels",
            2,
            "Line 6: the column “shape” cannot be geometry",
        ),
        (
            "9: labels",
            "n int default 5\n9: labels",
            2,
            "Line 6: the column “n” cannot have a default",
        ),
        (
            "1: id int not null",
            "1: id int not null default 5",
            2,
            "Line 1: “id” cannot have a default",
        ),
        (
            "9: labels",
            "n int not null\n9: labels",
            3,
            "or give it a default",
        ),
        (
            "9: labels",
            "n int not null default 'x'\n9: labels",
            3,
            "a whole number",
        ),
        (
            "9: labels",
            "_pos int\n9: labels",
            3,
            "Line 6: readers give",
        ),
        ("3: at", "3: _file", 3, "Line 3: readers give"),
    ] {
        let told = typed(&with(line, by), format);
        match (told, why) {
            (Ok(_), "") => {}
            (Ok(evolved), _) => panic!("{by}: {evolved:?}"),
            (Err(told), why) => assert!(!why.is_empty() && told.contains(why), "{by}: {told}"),
        }
    }
}

#[test]
fn defaults_are_those_of_format_3() {
    let text = with("9: labels", "n int not null default 5\n9: labels");
    let evolved = typed(&text, 3).unwrap();
    assert_eq!(
        evolved.edits,
        ["There will be a column “n”: int, required. Rows that are there read it as 5."]
    );
    let added = &evolved.schema["fields"][5];
    assert_eq!(
        (&added["initial-default"], &added["write-default"]),
        (&json!(5), &json!(5))
    );

    let schema = evolved.schema;
    let now = Now {
        schema: &schema,
        last_column_id: 13,
        format_version: 3,
        uses: &[],
    };
    let lines = print(&from_json(&schema).unwrap()).replace("default 5", "default 6");
    let evolved = evolve(&now, &parse(&lines).unwrap(), None).unwrap();
    assert_eq!(evolved.edits, ["Writers that give no “n” will write 6."]);
    let field = &evolved.schema["fields"][5];
    assert_eq!(
        (&field["initial-default"], &field["write-default"]),
        (&json!(5), &json!(6))
    );
}

#[test]
fn a_date_that_is_in_the_values_of_partitions_stays_one() {
    let schema = json!({"fields": [{"id": 1, "name": "day", "required": false, "type": "date"}]});
    let told = |transform: &str| {
        let used = Use {
            source: 1,
            what: "partition field d of the current spec".to_owned(),
            transform: transform.to_owned(),
            is_current: true,
            is_partition: true,
        };
        let now = Now {
            schema: &schema,
            last_column_id: 1,
            format_version: 3,
            uses: &[used],
        };
        evolve(&now, &parse("1: day timestamp").unwrap(), None).map(|evolved| evolved.edits)
    };
    assert!(told("month").is_ok());
    assert!(told("identity").unwrap_err().contains("another value"));
    assert!(told("bucket[4]").is_err());
}

#[test]
fn what_is_masked_stays_as_it_is() {
    let schema = json!({"fields": [{"id": 1, "name": "a", "required": false, "type": "int",
        "doc": "from https://anna:hunter2@lake/x"}]});
    let lines = print(&columns(&schema).unwrap());
    assert!(!lines.contains("hunter2"), "{lines}");
    let now = Now {
        schema: &schema,
        last_column_id: 1,
        format_version: 2,
        uses: &[],
    };
    for base in [None, Some(&schema)] {
        let renamed = lines.replace("1: a", "1: b");
        let evolved = evolve(&now, &parse(&renamed).unwrap(), base).unwrap();
        assert_eq!(evolved.edits, ["The column “a” will be called “b”."]);
        assert_eq!(
            evolved.schema["fields"][0]["doc"],
            schema["fields"][0]["doc"]
        );
    }
}

#[test]
fn a_default_is_of_the_type_that_its_field_gets() {
    let schema = json!({"fields": [{"id": 1, "name": "day", "required": false, "type": "date",
        "initial-default": "2026-01-31", "write-default": "2026-01-31"}]});
    let now = Now {
        schema: &schema,
        last_column_id: 1,
        format_version: 3,
        uses: &[],
    };
    let told = |text: &str| evolve(&now, &parse(text).unwrap(), None).map(|evolved| evolved.edits);
    let why = told("1: day timestamp default '2026-01-31T00:00:00'").unwrap_err();
    assert!(
        why.contains("Line 1: “day” has a default of its old type"),
        "{why}"
    );
    assert!(told("1: day date default '2027-01-31'").is_ok());
}

#[test]
fn thousands_of_columns_are_no_trouble() {
    let fields: Vec<_> = (1..=10_000)
        .map(|id| json!({"id": id, "name": format!("c{id}"), "required": false, "type": "int"}))
        .collect();
    let schema = json!({"fields": fields});
    let now = Now {
        schema: &schema,
        last_column_id: 10_000,
        format_version: 2,
        uses: &[],
    };
    let mut columns = from_json(&schema).unwrap();
    columns.reverse();
    let evolved = evolve(&now, &columns, Some(&schema)).unwrap();
    assert_eq!(evolved.edits.len(), 9_999);
}
