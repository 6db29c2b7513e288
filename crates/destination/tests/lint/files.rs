use destination::{Auth, Destination, Kind, Severity, lint};

use crate::sound::ids;

/// Faults that only a file can have.
#[test]
fn a_faulty_file_is_judged_with_line_and_column() {
    let sound = "\"catalog_type\": \"rest\",\n\"rest_catalog_url\": \"http://rest:8181\",\n\"iceberg_s3_path\": \"s3://lake\",\n\"aws_region\": \"eu-west-1\"";
    let cases = [
        (
            "type.bool",
            "\"no_identifier_fields\": \"true\"",
            "no_identifier_fields",
            Severity::Error,
        ),
        (
            "type.bool",
            "\"arrow_writes\": 1",
            "arrow_writes",
            Severity::Error,
        ),
        (
            "type.bool",
            "\"rest_signing_v_4\": \"true\"",
            "rest_signing_v_4",
            Severity::Error,
        ),
        (
            "type.text",
            "\"token\": 12345678901234567890",
            "token",
            Severity::Error,
        ),
        ("type.text", "\"scope\": [\"a\"]", "scope", Severity::Error),
        (
            "type.int",
            "\"hive_clients\": 1.5",
            "hive_clients",
            Severity::Error,
        ),
        ("type.null", "\"token\": null", "token", Severity::Info),
        (
            "key.unknown",
            "\"aws_regoin\": \"x\"",
            "aws_regoin",
            Severity::Warn,
        ),
        (
            "placeholder",
            "\"team\": \"<TEAM>\"",
            "team",
            Severity::Warn,
        ),
        (
            "key.dead",
            "\"rest_credential\": \"a:b\"",
            "rest_credential",
            Severity::Info,
        ),
        (
            "key.case",
            "\"S3_Endpoint\": \"http://minio:9000\"",
            "S3_Endpoint",
            Severity::Info,
        ),
        (
            "s3.pathstyle",
            "\"s3_path_style\": false, \"s3_endpoint\": \"http://minio:9000\"",
            "s3_path_style",
            Severity::Info,
        ),
    ];
    for (id, fault, key, severity) in cases {
        let text = format!("{{\"type\": \"ICEBERG\",\n\"writer\": {{\n{sound},\n  {fault}\n}}}}");
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        let finding = lint(&file)
            .into_iter()
            .find(|finding| finding.id == id && finding.key == key);
        let finding = finding.unwrap_or_else(|| panic!("{id} in {:?}", ids(&file)));
        assert_eq!(finding.severity, severity, "{id}");
        let at = finding.at.expect("it stands in the file");
        assert_eq!((at.line, at.column), (7, 3), "{id}");
    }
}

#[test]
fn the_envelope_is_exact() {
    for (text, id, key) in [
        (
            "{\"type\": \"iceberg\", \"writer\": {}}",
            "type.envelope",
            "type",
        ),
        ("{\"writer\": {}}", "type.envelope", "type"),
        ("{\"type\": \"ICEBERG\"}", "type.envelope", "writer"),
        (
            "{\"type\": \"ICEBERG\", \"writer\": []}",
            "type.envelope",
            "writer",
        ),
    ] {
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        assert!(ids(&file).contains(&(id, key.to_owned())), "{text}");
        for finding in lint(&file) {
            assert!(finding.at.is_some(), "{finding:?} has no place in {text}");
        }
    }
}

#[test]
fn settings_that_stand_beside_writer_are_ignored() {
    let text = "{\"type\": \"ICEBERG\",\n \"token\": \"CANARY\",\n \"note\": 1,\n \"writer\": {\"token\": \"a\"},\n \"writer\": {}}";
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    let found = lint(&file);
    for (id, key, line) in [
        ("key.unknown", "token", 2),
        ("key.unknown", "note", 3),
        ("key.duplicate", "writer", 4),
    ] {
        assert!(
            found.iter().any(|finding| finding.id == id
                && finding.key == key
                && finding.at.is_some_and(|at| at.line == line)),
            "{id} {key} in {found:?}"
        );
    }
    assert!(!format!("{found:?}").contains("CANARY"));
}

/// Five planted faults are listed, each at its place, and mended.
#[test]
fn planted_faults_are_listed_and_mended() {
    let text = "{\n  \"type\": \"iceberg\",\n  \"writer\": {\n    \"catalog_type\": \"rest\",\n    \"rest_catalog_url\": \"http://polaris:8181/\",\n    \"iceberg_s3_path\": \"olake_catalog\",\n    \"rest_credential\": \"id:secret\",\n    \"oauth2_uri\": \"http://polaris:8181/api/catalog/v1/oauth/tokens\",\n    \"scope\": \"catalog\",\n    \"arrow_writes\": \"true\",\n    \"aws_region\": \"eu-west-1\"\n  }\n}\n";
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    assert_eq!(
        (file.kind(), file.auth()),
        (Some(Kind::Polaris), Auth::OAuth2)
    );
    let found: Vec<(&str, usize)> = lint(&file)
        .iter()
        .filter_map(|finding| Some((finding.id, finding.at?.line)))
        .collect();
    for fault in [
        ("type.envelope", 2),
        ("url.path.polaris", 5),
        ("key.dead", 7),
        ("scope.polaris", 9),
        ("type.bool", 10),
    ] {
        assert!(found.contains(&fault), "{fault:?} in {found:?}");
    }
    let (fixed, _) = file.fixed();
    assert_eq!(ids(&fixed), []);
    assert_eq!(
        fixed.render(destination::Secrets::Include),
        text.replace("iceberg\",\n  \"w", "ICEBERG\",\n  \"w")
            .replace("8181/\"", "8181/api/catalog\"")
            .replace("rest_credential", "credential")
            .replace("\"catalog\"", "\"PRINCIPAL_ROLE:ALL\"")
            .replace("\"true\"", "true")
    );
}

#[test]
fn other_catalogs_are_left_alone() {
    for text in [
        "{\n  \"type\": \"ICEBERG\",\n  \"writer\": {\n    \"catalog_type\": \"glue\",\n    \"iceberg_s3_path\": \"s3://lake\",\n    \"aws_region\": \"eu-west-1\"\n  }\n}\n",
        "{\n  \"type\": \"ICEBERG\",\n  \"writer\": {\n    \"catalog_type\": \"jdbc\",\n    \"jdbc_url\": \"jdbc:postgresql://db/lake\",\n    \"iceberg_s3_path\": \"s3://lake\",\n    \"s3_path_style\": false\n  }\n}\n",
        "{\n  \"type\": \"ICEBERG\",\n  \"writer\": {\n    \"catalog_type\": \"hive\",\n    \"hive_uri\": \"thrift://hive:9083\",\n    \"hive_clients\": 5,\n    \"iceberg_s3_path\": \"s3://lake\"\n  }\n}\n",
    ] {
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        assert_eq!(file.kind(), None);
        assert_eq!(ids(&file), []);
        let (fixed, _) = file.fixed();
        assert_eq!(fixed.render(destination::Secrets::Include), text);
        if !text.contains("jdbc") {
            assert_eq!(fixed.render(destination::Secrets::Placeholder), text);
            assert_eq!(fixed.jq_fill(), None);
        }
    }
}

/// Whatever else is kept as it is: OLake stops without the address.
#[test]
fn other_catalogs_need_their_address() {
    for (catalog_type, key) in [
        ("jdbc", "jdbc_url"),
        ("hive", "hive_uri"),
        ("biglake", "rest_catalog_url"),
    ] {
        let text = format!(
            "{{\"type\": \"ICEBERG\", \"writer\": {{\"catalog_type\": \"{catalog_type}\", \"iceberg_s3_path\": \"s3://lake\"}}}}"
        );
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        let mut found = ids(&file);
        found.retain(|(id, _)| *id != "catalog.unjudged");
        assert_eq!(found, [("req.url", key.to_owned())]);
        assert!(file.decode().is_err(), "{catalog_type}");
    }
}

/// What the command line prints for scripts: one object a finding, its place beside the rest.
#[test]
fn a_finding_is_one_flat_object() {
    let file = Destination::import(b"{\"type\": \"ICEBERG\",\n \"writer\": {\"token\": null}}")
        .expect("it is an object");
    let findings = lint(&file);
    let finding = findings
        .iter()
        .find(|finding| finding.id == "type.null")
        .expect("it is found");
    let json = serde_json::to_value(finding).expect("it serialises");
    assert_eq!(
        (&json["severity"], &json["key"]),
        (&"info".into(), &"token".into())
    );
    assert_eq!((&json["line"], &json["column"]), (&2.into(), &13.into()));
    let mut keys: Vec<&String> = json.as_object().expect("an object").keys().collect();
    keys.sort();
    assert_eq!(
        keys,
        ["column", "fix", "id", "key", "line", "message", "severity"]
    );
}
