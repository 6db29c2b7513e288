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
    "credential": "olake:CANARY",
    "odd key's secret": "CANARY",
    "pass": ["CANARY"],
    "Pass": 1,
    "hive_clients": 5,
    "scope": 5
  }
}
"#;
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    let template = file.render(Secrets::Placeholder);
    assert!(!template.contains("CANARY"), "{template}");
    assert!(
        template.contains("\"note\": {\"by\": \"me\"}")
            && template.contains("\"hive_clients\": 5,\n    \"scope\": 5\n"),
        "{template}"
    );
    let set = |name: &str| format!(r#"(env.{name} // error("{name} is not set"))"#);
    let parts = [
        format!(".writer.rest_catalog_url = {}", set("REST_CATALOG_URL")),
        format!(".writer.token = {}", set("TOKEN")),
        // The id stays, and the secret is called as everywhere.
        format!(
            r#".writer.credential = "olake:" + {}"#,
            set("CLIENT_SECRET")
        ),
        format!(
            r#".writer["odd key'\''s secret"] = {}"#,
            set("DESTINATION_ODD_KEY_S_SECRET")
        ),
        format!(
            r#".writer["pass"] = ({} | . as $text | try fromjson catch $text)"#,
            set("DESTINATION_PASS_2")
        ),
        format!(
            r#".writer["Pass"] = ({} | . as $text | try fromjson catch $text)"#,
            set("DESTINATION_PASS")
        ),
    ];
    let line = format!(
        "jq '{}' destination.template.json > destination.json",
        parts.join(" | ")
    );
    assert_eq!(file.jq_fill(), Some(line));
}

#[test]
fn of_a_key_given_twice_the_last_is_filled() {
    let text = r#"{"type": "ICEBERG", "writer": {"team_key": {}, "team_key": "x"}}"#;
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    assert_eq!(
        file.jq_fill().as_deref(),
        Some(
            r#"jq '.writer["team_key"] = (env.DESTINATION_TEAM_KEY // error("DESTINATION_TEAM_KEY is not set"))' destination.template.json > destination.json"#
        )
    );
}

/// A file without sign-in must not become one with two.
#[test]
fn what_is_empty_stays_empty() {
    let text = r#"{
  "$schema": "./olake.schema.json",
  "type": "ICEBERG",
  "writer": {
    "catalog_type": "rest",
    "token": "",
    "credential": "",
    "aws_session_token": "",
    "iceberg_properties": {"write.format.default": "orc"},
    "tags": ["a", "b"]
  }
}
"#;
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    assert_eq!(file.render(Secrets::Placeholder), text);
    assert_eq!(file.jq_fill(), None);
}

/// A credential without a colon is all secret: no client id is added to it.
#[test]
fn a_template_keeps_the_form_of_a_credential() {
    for (credential, template) in [
        ("olake:hush", "olake:<CLIENT_SECRET>"),
        ("hush", "<CREDENTIAL>"),
        (":hush", ":<CLIENT_SECRET>"),
        ("<CLIENT_ID>:<CLIENT_SECRET>", "<CLIENT_ID>:<CLIENT_SECRET>"),
    ] {
        let text = format!(r#"{{"type": "ICEBERG", "writer": {{"credential": "{credential}"}}}}"#);
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        let made = file.render(Secrets::Placeholder);
        assert!(made.contains(&format!("\"{template}\"")), "{made}");
    }
}
