//! Filling a template from environment variables.

use destination::{Destination, Secrets};

#[test]
fn every_value_that_a_template_left_out_is_filled() {
    let text = r#"{
  "note": {"by": "me"},
  "type": "ICEBERG",
  "writer": {
    "catalog_type": "rest",
    "rest_catalog_url": "http://me:CANARY@rest:8181",
    "token": "CANARY",
    "odd key's": "CANARY",
    "path": ["CANARY"],
    "Path": 1,
    "hive_clients": 5,
    "scope": 5
  }
}
"#;
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    let template = file.render(Secrets::Placeholder);
    assert!(!template.contains("CANARY"), "{template}");
    assert!(
        template.contains("\"hive_clients\": 5,\n    \"scope\": 5\n"),
        "{template}"
    );
    let parts = [
        r#".["note"] = (env.DESTINATION_NOTE | . as $text | try fromjson catch $text)"#,
        ".writer.rest_catalog_url = env.REST_CATALOG_URL",
        ".writer.token = env.TOKEN",
        r#".writer["odd key'\''s"] = env.DESTINATION_ODD_KEY_S"#,
        r#".writer["path"] = (env.DESTINATION_PATH_2 | . as $text | try fromjson catch $text)"#,
        r#".writer["Path"] = (env.DESTINATION_PATH | . as $text | try fromjson catch $text)"#,
    ];
    let line = format!(
        "jq '{}' destination.template.json > destination.json",
        parts.join(" | ")
    );
    assert_eq!(file.jq_fill(), Some(line));
}

#[test]
fn of_a_key_given_twice_the_last_is_filled() {
    let text = r#"{"type": "ICEBERG", "writer": {"team": {}, "team": "x"}}"#;
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    assert_eq!(
        file.jq_fill().as_deref(),
        Some(
            r#"jq '.writer["team"] = env.DESTINATION_TEAM' destination.template.json > destination.json"#
        )
    );
}
