use iceberg_rest::types::{ViewMetadata, metadata::TableMetadata};

use super::{FieldRow, SchemaPage, Schemas, paths};

const NESTED: &str = include_str!("../samples/nested.json");

fn page(json: &str, wanted: &str, filter: &str, page: usize) -> SchemaPage {
    let metadata: TableMetadata = serde_json::from_str(json).unwrap();
    SchemaPage::new(&Schemas::from(&metadata), wanted, filter, page).unwrap()
}

fn lines(page: &SchemaPage) -> Vec<String> {
    let line = |row: &FieldRow| {
        let required = if row.required { "!" } else { "" };
        let identifier = if row.identifier { "*" } else { "" };
        let indent = "  ".repeat(row.depth);
        format!(
            "{indent}{} {}{identifier} {}{required}",
            row.id, row.name, row.kind
        )
    };
    page.fields.rows.iter().map(line).collect()
}

#[test]
fn members_follow_what_they_belong_to() {
    assert_eq!(
        lines(&page(NESTED, "", "", 1)),
        [
            "1 id* long!",
            "2 address struct",
            "  3 city string!",
            "  4 spots list<struct>",
            "    5 element struct!",
            "      6 lat double",
            "7 labels map<string, list<int>>",
            "  8 key string!",
            "  9 value list<int>",
            "    10 element int",
            "11 shape geometry(srid:4326)",
        ]
    );
}

#[test]
fn defaults_and_docs_come_along() {
    let page = page(NESTED, "", "shape", 1);
    let shape = &page.fields.rows[0];
    assert_eq!(shape.doc.as_deref(), Some("Outline"));
    assert_eq!(shape.initial_default.as_deref(), Some("\"POINT (0 0)\""));
    assert_eq!(shape.write_default.as_deref(), Some("9007199254740993"));
}

#[test]
fn a_match_keeps_what_it_belongs_to() {
    assert_eq!(
        lines(&page(NESTED, "", "LAT", 1)),
        [
            "2 address struct",
            "  4 spots list<struct>",
            "    5 element struct!",
            "      6 lat double",
        ]
    );
    assert!(page(NESTED, "", "nowhere", 1).fields.rows.is_empty());
}

#[test]
fn an_older_schema_is_shown_when_asked_for() {
    let page = page(NESTED, "0", "", 1);
    assert_eq!(lines(&page), ["1 id int"]);
    let marks: Vec<_> = page
        .schemas
        .iter()
        .map(|one| (one.id.as_str(), one.current, one.shown))
        .collect();
    assert_eq!(marks, [("1", true, false), ("0", false, true)]);
}

#[test]
fn no_schema_stands_in_silence_for_another() {
    let metadata: TableMetadata = serde_json::from_str(NESTED).unwrap();
    assert_eq!(
        SchemaPage::new(&Schemas::from(&metadata), "17", "", 1),
        None
    );
    assert_eq!(page(NESTED, "", "", 1).note, None);

    let missing = r#"{"current-schema-id": 2, "schemas": [{"schema-id": 0, "fields": []}, {"schema-id": 1, "fields": []}]}"#;
    let page_ = page(missing, "", "", 1);
    let note = page_.note.unwrap();
    assert!(
        note.contains("is 2") && note.contains("Schema 1,"),
        "{note}"
    );
    assert!(page_.schemas.iter().all(|schema| !schema.current));
    assert_eq!(page(missing, "0", "", 1).note, None, "it was asked for");

    let unsaid = page(&missing.replace("2,", "null,"), "", "", 1)
        .note
        .unwrap();
    assert!(unsaid.contains("does not say"), "{unsaid}");
}

#[test]
fn without_its_current_version_the_schema_of_a_view_is_not_told_to_be_missing() {
    let view = r#"{"current-version-id": 7, "versions": [{"version-id": 1, "schema-id": 0}], "schemas": [{"schema-id": 0, "fields": []}]}"#;
    for (view, said) in [
        (view.to_owned(), "The current version is 7"),
        (
            view.replace("7,", "null,"),
            "does not say which version is current",
        ),
        (
            view.replace("7,", "1,")
                .replace("-id\": 0}],", "-id\": 5}],"),
            "The current schema is 5",
        ),
    ] {
        let metadata: ViewMetadata = serde_json::from_str(&view).unwrap();
        let page = SchemaPage::new(&Schemas::from(&metadata), "", "", 1).unwrap();
        let note = page.note.unwrap();
        assert!(note.contains(said) && note.contains("Schema 0,"), "{note}");
    }
}

#[test]
fn two_thousand_columns_come_in_pages() {
    let fields: Vec<_> = (1..=2000)
        .map(|id| serde_json::json!({"id": id, "name": format!("c{id}"), "type": "long"}))
        .collect();
    let json = serde_json::json!({"schemas": [{"schema-id": 0, "fields": fields}]}).to_string();
    let last = page(&json, "", "", 4);
    assert_eq!((last.columns, last.fields.total), (2000, 2000));
    assert_eq!(last.fields.rows[499].name, "c2000");
    assert_eq!(page(&json, "", "c1999", 1).fields.total, 1);
}

#[test]
fn names_come_from_the_current_schema_first() {
    let metadata: TableMetadata = serde_json::from_str(NESTED).unwrap();
    let names = paths(metadata.schemas.iter(), metadata.current_schema());
    assert_eq!(names["6"], "address.spots.element.lat");
    assert_eq!(names["1"], "id");
}

#[test]
fn a_default_or_a_comment_that_carries_a_credential_is_masked() {
    let json = r#"{"schemas": [{"schema-id": 0, "fields": [{"id": 1, "name": "a", "type": "string",
        "doc": "postgres://u:hunter2@h/d", "initial-default": "Bearer hunter2hunter2", "write-default": 1.50}]}]}"#;
    let row = &page(json, "", "", 1).fields.rows[0];
    assert_eq!(row.doc.as_deref(), Some("postgres://[masked]@h/d"));
    assert_eq!(row.initial_default.as_deref(), Some("[masked]"));
    assert_eq!(row.write_default.as_deref(), Some("1.50"));
}
