//! `crowsnest destination`, as pipelines run it.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

const GENERIC: &str = include_str!("../../../crates/destination/tests/golden/generic.json");
/// Five faults: a wrong type, a misspelt key, a bucket for a name, a console's path, a bad scope.
const FAULTS: &str = r#"{
  "type": "iceberg",
  "writer": {
    "catalog_type": "rest",
    "rest_catalog_url": "http://polaris:8181/api/management",
    "iceberg_s3_path": "s3://bucket",
    "rest_auth_uri": "http://polaris:8181/api/catalog/v1/oauth/tokens",
    "credential": "olake:CANARY-secret",
    "scope": "PRINCIPAL_ROLE:",
    "aws_region": "eu-central-1",
    "no_identifier_fields": "true"
  }
}
"#;

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crowsnest"))
        .env_clear()
        .arg("destination")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    for stream in [&output.stdout, &output.stderr] {
        assert!(
            !String::from_utf8_lossy(stream).contains("CANARY"),
            "a secret in the output"
        );
    }
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn lint_names_every_fault_and_its_place() {
    let output = run(&["lint", "-", "--json"], FAULTS.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let findings: Vec<serde_json::Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (id, line) in [
        ("type.envelope", 2),
        ("url.path.polaris", 5),
        ("wh.name-not-uri", 6),
        ("key.dead", 7),
        ("scope.polaris", 9),
        ("type.bool", 11),
    ] {
        let found = findings.iter().find(|finding| finding["id"] == id);
        let found = found.unwrap_or_else(|| panic!("no {id} in {findings:#?}"));
        assert_eq!(found["line"], line, "{id}");
        for key in ["severity", "key", "column", "message", "fix"] {
            assert!(!found[key].is_null(), "{id} has no {key}");
        }
    }
}

#[test]
fn lint_as_text_gives_place_rule_and_advice() {
    let output = run(&["lint", "-"], FAULTS.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).contains("-:6:5: error wh.name-not-uri: iceberg_s3_path: "),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn a_clean_file_is_0_and_silent() {
    let clean = r#"{"type": "ICEBERG", "writer": {"catalog_type": "rest", "rest_catalog_url": "http://rest:8181", "iceberg_s3_path": "s3://warehouse", "aws_region": "us-east-1"}}"#;
    let output = run(&["lint", "-"], clean.as_bytes());
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), ""));
}

#[test]
fn what_cannot_be_read_is_2() {
    for input in [
        &b"{\"type\": "[..],
        b"\xff\xfe",
        b"[]",
        b"\"encrypted\"",
        b"",
    ] {
        let output = run(&["lint", "-"], input);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stderr).lines().count(), 1);
    }
    assert_eq!(run(&["lint", "/no/such/file"], b"").status.code(), Some(2));
}

#[test]
fn fix_prints_the_corrected_file() {
    let output = run(&["fix", "-"], FAULTS.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let fixed = text(&output.stdout);
    for line in [
        "\"type\": \"ICEBERG\"",
        "\"oauth2_uri\": ",
        "\"no_identifier_fields\": true",
        "olake:<CLIENT_SECRET>",
    ] {
        assert!(fixed.contains(line), "{line} in {fixed}");
    }
    let untouched = run(&["fix", "-"], GENERIC.as_bytes());
    assert_eq!(text(&untouched.stdout), GENERIC);
}

#[test]
fn check_says_where_it_ends() {
    let file = r#"{"type": "ICEBERG", "writer": {"catalog_type": "rest", "rest_catalog_url": "http://127.0.0.1:9/catalog", "iceberg_s3_path": "lake", "token": "CANARY"}}"#;
    let output = run(&["check", "-"], file.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).contains("failed   Connect: "),
        "{}",
        text(&output.stdout)
    );
    assert_eq!(run(&["check", "-"], b"{").status.code(), Some(2));
}

#[test]
fn every_line_for_scripts_has_a_place() {
    let large = vec![b' '; destination::MAX_BYTES + 100];
    for input in [&b"{}"[..], b"{\"writer\": {}}", b"", &large] {
        let output = run(&["lint", "-", "--json"], input);
        assert!(!output.stdout.is_empty());
        for line in text(&output.stdout).lines() {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(
                finding["line"].is_u64() && finding["column"].is_u64(),
                "{line}"
            );
        }
    }
    let output = run(&["lint", "-"], &large);
    assert!(text(&output.stderr).contains("more than 10 MB"));
}
