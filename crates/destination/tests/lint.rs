//! Every rule fires on the fault it is named for, on the right key, and falls silent without it.

use destination::{Auth, Destination, Kind, Severity, Target, lint};

/// A file of each catalog that nothing is wrong with.
fn sound(kind: Kind) -> Destination {
    let auth = kind.auth_modes()[0];
    let mut file = Destination::new(kind, auth, Target::Classic);
    let values: &[(&str, &str)] = match kind {
        Kind::Generic => &[
            ("rest_catalog_url", "http://rest:8181"),
            ("iceberg_s3_path", "s3://lake/warehouse"),
            ("s3_endpoint", "http://minio:9000"),
        ],
        Kind::Lakekeeper => &[
            ("rest_catalog_url", "http://lakekeeper:8181/catalog"),
            ("iceberg_s3_path", "demo"),
        ],
        Kind::Nessie => &[
            ("rest_catalog_url", "http://nessie:19120/iceberg/"),
            ("iceberg_s3_path", "s3://lake"),
            ("s3_endpoint", "http://minio:9000/"),
        ],
        Kind::S3Tables => &[
            (
                "rest_catalog_url",
                "https://s3tables.eu-west-1.amazonaws.com/iceberg",
            ),
            (
                "iceberg_s3_path",
                "arn:aws:s3tables:eu-west-1:123456789012:bucket/lake",
            ),
            ("aws_region", "eu-west-1"),
            ("rest_signing_region", "eu-west-1"),
        ],
        Kind::Unity => &[
            (
                "rest_catalog_url",
                "https://dbc-1.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest",
            ),
            ("iceberg_s3_path", "main"),
            ("token", "dapi0123456789"),
            ("normalization", ""),
        ],
        Kind::Polaris => &[
            ("rest_catalog_url", "http://polaris:8181/api/catalog"),
            ("iceberg_s3_path", "olake_catalog"),
            (
                "oauth2_uri",
                "http://polaris:8181/api/catalog/v1/oauth/tokens",
            ),
            ("credential", "id:secret"),
            ("scope", "PRINCIPAL_ROLE:ALL"),
            ("aws_region", "eu-west-1"),
        ],
    };
    for (key, value) in values {
        file.set(key, value);
    }
    file
}

fn ids(file: &Destination) -> Vec<(&'static str, String)> {
    lint(file)
        .into_iter()
        .map(|finding| (finding.id, finding.key))
        .collect()
}

#[test]
fn sound_files_raise_nothing() {
    for kind in Kind::ALL {
        let left: Vec<_> = ids(&sound(kind))
            .into_iter()
            .filter(|(id, _)| *id != "unity.appendonly")
            .collect();
        assert_eq!(left, [], "{kind}");
    }
}

/// Rule, catalog, values that break it, and the key it speaks of.
type Case = (
    &'static str,
    Kind,
    &'static [(&'static str, &'static str)],
    &'static str,
);

/// One wrong value in a sound file.
#[test]
fn a_wrong_value_is_found_and_the_right_one_is_not() {
    use Kind::*;
    let cases: &[Case] = &[
        (
            "req.url",
            Generic,
            &[("rest_catalog_url", "")],
            "rest_catalog_url",
        ),
        (
            "req.warehouse",
            Generic,
            &[("iceberg_s3_path", "")],
            "iceberg_s3_path",
        ),
        ("req.token", Unity, &[("token", "")], "token"),
        ("req.oauth", Polaris, &[("credential", "")], "credential"),
        ("req.oauth", Polaris, &[("credential", "id:")], "credential"),
        ("req.oauth", Polaris, &[("oauth2_uri", "")], "oauth2_uri"),
        ("req.oauth", Polaris, &[("scope", "")], "scope"),
        ("req.region", Polaris, &[("aws_region", "")], "aws_region"),
        (
            "catalog.type",
            Generic,
            &[("catalog_type", "Rest")],
            "catalog_type",
        ),
        (
            "url.syntax",
            Generic,
            &[("rest_catalog_url", "rest:8181")],
            "rest_catalog_url",
        ),
        (
            "url.syntax",
            Generic,
            &[("rest_catalog_url", "http://rest:8181?x=1")],
            "rest_catalog_url",
        ),
        (
            "url.syntax",
            Generic,
            &[("s3_endpoint", "minio:9000")],
            "s3_endpoint",
        ),
        (
            "url.syntax",
            Polaris,
            &[("oauth2_uri", "http://")],
            "oauth2_uri",
        ),
        (
            "url.userinfo",
            Generic,
            &[("rest_catalog_url", "http://me:pass@rest:8181")],
            "rest_catalog_url",
        ),
        (
            "url.v1suffix",
            Generic,
            &[("rest_catalog_url", "http://rest:8181/v1/")],
            "rest_catalog_url",
        ),
        (
            "url.localhost",
            Generic,
            &[("rest_catalog_url", "http://localhost:8181")],
            "rest_catalog_url",
        ),
        (
            "url.localhost",
            Generic,
            &[("s3_endpoint", "http://127.0.0.1:9000")],
            "s3_endpoint",
        ),
        (
            "url.path.lakekeeper",
            Lakekeeper,
            &[("rest_catalog_url", "http://lakekeeper:8181/ui")],
            "rest_catalog_url",
        ),
        (
            "url.path.lakekeeper",
            Lakekeeper,
            &[("rest_catalog_url", "http://lakekeeper:8181/management")],
            "rest_catalog_url",
        ),
        (
            "url.path.lakekeeper",
            Lakekeeper,
            &[("rest_catalog_url", "http://lakekeeper:8181")],
            "rest_catalog_url",
        ),
        (
            "url.path.nessie",
            Nessie,
            &[("rest_catalog_url", "http://nessie:19120/api/v2")],
            "rest_catalog_url",
        ),
        (
            "url.path.unity",
            Unity,
            &[("rest_catalog_url", "https://dbc-1.cloud.databricks.com/")],
            "rest_catalog_url",
        ),
        (
            "url.path.unity",
            Unity,
            &[(
                "rest_catalog_url",
                "https://dbc-1.cloud.databricks.com/api/2.1/unity-catalog/iceberg",
            )],
            "rest_catalog_url",
        ),
        (
            "url.path.polaris",
            Polaris,
            &[("rest_catalog_url", "http://polaris:8181/api/management/v1")],
            "rest_catalog_url",
        ),
        (
            "url.path.polaris",
            Polaris,
            &[("rest_catalog_url", "http://polaris:8080/api/catalog")],
            "rest_catalog_url",
        ),
        (
            "url.path.s3tables",
            S3Tables,
            &[(
                "rest_catalog_url",
                "https://glue.eu-west-1.amazonaws.com/iceberg",
            )],
            "rest_catalog_url",
        ),
        (
            "url.path.s3tables",
            S3Tables,
            &[(
                "rest_catalog_url",
                "http://s3tables.eu-west-1.amazonaws.com/iceberg",
            )],
            "rest_catalog_url",
        ),
        (
            "wh.uri",
            Generic,
            &[("iceberg_s3_path", "warehouse")],
            "iceberg_s3_path",
        ),
        (
            "wh.uri",
            Nessie,
            &[("iceberg_s3_path", "file:///tmp")],
            "iceberg_s3_path",
        ),
        (
            "wh.name-not-uri",
            Lakekeeper,
            &[("iceberg_s3_path", "s3://warehouse/")],
            "iceberg_s3_path",
        ),
        (
            "wh.name-not-uri",
            Polaris,
            &[("iceberg_s3_path", "s3://bucket")],
            "iceberg_s3_path",
        ),
        (
            "wh.name-not-uri",
            Unity,
            &[("iceberg_s3_path", "main/default")],
            "iceberg_s3_path",
        ),
        (
            "wh.arn",
            S3Tables,
            &[("iceberg_s3_path", "s3://lake")],
            "iceberg_s3_path",
        ),
        (
            "wh.arn",
            S3Tables,
            &[(
                "iceberg_s3_path",
                "arn:aws:s3tables:eu-west-1:12345678901:bucket/lake",
            )],
            "iceberg_s3_path",
        ),
        (
            "wh.bucketname",
            S3Tables,
            &[(
                "iceberg_s3_path",
                "arn:aws:s3tables:eu-west-1:123456789012:bucket/aws-lake",
            )],
            "iceberg_s3_path",
        ),
        (
            "region.consistency",
            S3Tables,
            &[("aws_region", "us-east-1")],
            "aws_region",
        ),
        (
            "region.consistency",
            S3Tables,
            &[("rest_signing_region", "us-east-1")],
            "rest_signing_region",
        ),
        (
            "region.consistency",
            S3Tables,
            &[(
                "rest_catalog_url",
                "https://s3tables.us-east-1.amazonaws.com/iceberg",
            )],
            "rest_catalog_url",
        ),
        (
            "region.name",
            Polaris,
            &[("aws_region", "eu-west-1a")],
            "aws_region",
        ),
        (
            "ns.s3tables",
            S3Tables,
            &[("iceberg_db", "Sales")],
            "iceberg_db",
        ),
        (
            "ns.s3tables",
            S3Tables,
            &[("iceberg_db", "aws_sales")],
            "iceberg_db",
        ),
        (
            "sigv4.incomplete",
            S3Tables,
            &[("rest_signing_v_4", "")],
            "rest_signing_v_4",
        ),
        (
            "sigv4.incomplete",
            S3Tables,
            &[("rest_signing_region", "")],
            "rest_signing_region",
        ),
        (
            "sigv4.incomplete",
            S3Tables,
            &[("rest_signing_name", "execute-api")],
            "rest_signing_name",
        ),
        (
            "keys.pair",
            Generic,
            &[("aws_access_key", "AKIA")],
            "aws_secret_key",
        ),
        (
            "keys.pair",
            Generic,
            &[("aws_secret_key", "abc")],
            "aws_access_key",
        ),
        (
            "keys.session",
            Generic,
            &[("aws_session_token", "abc")],
            "aws_session_token",
        ),
        (
            "s3.endpoint.forbidden",
            S3Tables,
            &[("s3_endpoint", "http://minio:9000")],
            "s3_endpoint",
        ),
        (
            "s3.endpoint.forbidden",
            Unity,
            &[("s3_endpoint", "http://minio:9000")],
            "s3_endpoint",
        ),
        (
            "s3.endpoint.service",
            Generic,
            &[("s3_endpoint", "https://glue.eu-west-1.amazonaws.com")],
            "s3_endpoint",
        ),
        (
            "s3.port.console",
            Generic,
            &[("s3_endpoint", "http://minio:9001")],
            "s3_endpoint",
        ),
        (
            "s3.port.console",
            Nessie,
            &[("s3_endpoint", "http://minio:9090")],
            "s3_endpoint",
        ),
        ("s3.ssl", Generic, &[("s3_use_ssl", "true")], "s3_use_ssl"),
        ("auth.mixed", Polaris, &[("token", "t")], "token"),
        ("auth.mixed", S3Tables, &[("token", "t")], "token"),
        (
            "auth.mixed",
            Unity,
            &[("rest_auth_type", "none")],
            "rest_auth_type",
        ),
        (
            "auth.type.value",
            Unity,
            &[("rest_auth_type", "Personal Access Token (PAT)")],
            "rest_auth_type",
        ),
        (
            "auth.type.value",
            S3Tables,
            &[("rest_auth_type", "SigV4")],
            "rest_auth_type",
        ),
        (
            "auth.credential.colon",
            Polaris,
            &[("credential", "onlyasecret")],
            "credential",
        ),
        (
            "auth.oauth.origin",
            Polaris,
            &[(
                "oauth2_uri",
                "http://elsewhere:8181/api/catalog/v1/oauth/tokens",
            )],
            "oauth2_uri",
        ),
        ("scope.polaris", Polaris, &[("scope", "catalog")], "scope"),
        (
            "scope.syntax",
            Polaris,
            &[("scope", "PRINCIPAL_ROLE:\"a\"")],
            "scope",
        ),
        (
            "unity.identifier",
            Unity,
            &[("no_identifier_fields", "")],
            "no_identifier_fields",
        ),
        (
            "unity.storage",
            Unity,
            &[("aws_region", "eu-west-1")],
            "aws_region",
        ),
        ("unity.token", Unity, &[("token", "hello")], "token"),
        (
            "key.dead",
            Unity,
            &[("normalization", "true")],
            "normalization",
        ),
        (
            "key.legacy.iceberg_db",
            Generic,
            &[("iceberg_db", "sales")],
            "iceberg_db",
        ),
        (
            "tls.plain",
            Polaris,
            &[(
                "rest_catalog_url",
                "http://polaris.example.com:8181/api/catalog",
            )],
            "rest_catalog_url",
        ),
        (
            "placeholder",
            Generic,
            &[("aws_region", "<AWS_REGION>")],
            "aws_region",
        ),
        (
            "value.space",
            Generic,
            &[("iceberg_s3_path", " s3://lake")],
            "iceberg_s3_path",
        ),
    ];
    for (id, kind, faults, key) in cases {
        let mut file = sound(*kind);
        let expected = (*id, (*key).to_owned());
        assert!(!ids(&file).contains(&expected), "{id} on a sound file");
        for (key, value) in *faults {
            file.set(key, value);
        }
        let found = lint(&file);
        let finding = found
            .iter()
            .find(|finding| finding.id == *id && finding.key == *key);
        let finding =
            finding.unwrap_or_else(|| panic!("{id} on {key} of {kind}, not only {:?}", ids(&file)));
        assert!(
            finding.message.len() > 10 && finding.fix.len() > 5,
            "{finding:?}"
        );
    }
}

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
            "sigv4.string",
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
    }
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
