//! The file as OLake reads it, and the Iceberg properties that come out.

use destination::{Auth, Destination, Kind, Target};
use std::collections::BTreeMap;

fn file(writer: &str) -> Destination {
    let text = format!("{{\"type\": \"ICEBERG\", \"writer\": {{{writer}}}}}");
    Destination::import(text.as_bytes()).expect("it is an object")
}

fn refused(writer: &str) -> String {
    file(writer)
        .decode()
        .expect_err("OLake refuses it")
        .to_string()
}

#[test]
fn keys_in_any_case_and_the_last_one_wins() {
    let file = file(
        "\"catalog_type\": \"rest\", \"REST_CATALOG_URL\": \"http://a\", \"iceberg_s3_path\": \"w\", \"Token\": \"one\", \"token\": null, \"TOKEN\": \"two\", \"rest_catalog_url\": \"http://b\"",
    );
    let decoded = file.decode().expect("OLake reads it");
    assert_eq!(decoded.properties["token"], "two");
    assert_eq!(decoded.properties["uri"], "http://b");
}

#[test]
fn wrong_types_stop_it() {
    let rest = "\"catalog_type\": \"rest\", \"rest_catalog_url\": \"http://a\", \"iceberg_s3_path\": \"w\"";
    for (key, value, ty) in [
        ("rest_signing_v_4", "\"true\"", "bool"),
        ("token", "1", "string"),
        ("scope", "[\"a\"]", "string"),
        ("hive_clients", "1.0", "int"),
    ] {
        let message = refused(&format!("{rest}, \"{key}\": {value}"));
        assert_eq!(
            message,
            format!("json: cannot unmarshal into Go struct field Config.{key} of type {ty}")
        );
    }
    // Keys that OLake does not read may be anything.
    let ignored = file(&format!(
        "{rest}, \"normalization\": \"x\", \"anything\": [1]"
    ));
    assert!(ignored.decode().is_ok());
}

#[test]
fn olakes_own_checks() {
    assert_eq!(refused(""), "s3_path is required");
    assert_eq!(
        refused("\"iceberg_s3_path\": \"w\", \"catalog_type\": \"REST\""),
        "unsupported catalog_type: REST"
    );
    assert_eq!(
        refused("\"iceberg_s3_path\": \"w\", \"catalog_type\": \"polaris\""),
        "rest_catalog_url is required when using REST catalog"
    );
    let glue = file("\"iceberg_s3_path\": \"s3://w\"")
        .decode()
        .expect("OLake takes it for Glue");
    assert_eq!(
        glue.properties["catalog-impl"],
        "org.apache.iceberg.aws.glue.GlueCatalog"
    );
    let wrong =
        Destination::import(b"{\"type\": \"iceberg\", \"writer\": {}}").expect("it is an object");
    assert_eq!(
        wrong.decode().expect_err("it is refused").to_string(),
        "invalid destination type has been passed"
    );
}

#[test]
fn polaris_becomes_these_properties() {
    let mut file = Destination::new(Kind::Polaris, Auth::OAuth2, Target::Classic);
    for (key, value) in [
        ("rest_catalog_url", "http://polaris:8181/api/catalog"),
        ("iceberg_s3_path", "olake_catalog"),
        ("credential", "id:secret"),
        ("aws_region", "eu-west-1"),
        ("aws_access_key", "AKIA"),
        ("aws_secret_key", "hush"),
        ("s3_endpoint", "http://minio:9000"),
    ] {
        file.set(key, value);
    }
    file.derive();
    let decoded = file.decode().expect("OLake reads it");
    let expected = BTreeMap::from([
        ("arrow-writer-enabled", "false"),
        ("catalog-impl", "org.apache.iceberg.rest.RESTCatalog"),
        ("catalog-name", "olake_iceberg"),
        ("credential", "id:secret"),
        ("io-impl", "org.apache.iceberg.aws.s3.S3FileIO"),
        (
            "oauth2-server-uri",
            "http://polaris:8181/api/catalog/v1/oauth/tokens",
        ),
        ("rest.auth.type", "oauth2"),
        ("rest.sigv4-enabled", "false"),
        ("s3.access-key-id", "AKIA"),
        ("s3.endpoint", "http://minio:9000"),
        ("s3.path-style-access", "true"),
        ("s3.region", "eu-west-1"),
        ("s3.secret-access-key", "hush"),
        ("s3.ssl-enabled", "false"),
        ("scope", "PRINCIPAL_ROLE:ALL"),
        ("uri", "http://polaris:8181/api/catalog"),
        ("warehouse", "olake_catalog"),
    ]);
    let properties: BTreeMap<&str, &str> = decoded
        .properties
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(properties, expected);
    assert_eq!(decoded.environment["AWS_ACCESS_KEY_ID"], "AKIA");
    assert!(decoded.identifier_fields);
}

/// Both dialects must mean the same to Iceberg.
#[test]
fn a_typed_file_means_what_the_classic_one_means() {
    for kind in Kind::ALL {
        for auth in kind.auth_modes() {
            let mut classic = Destination::new(kind, *auth, Target::Classic);
            for field in destination::fields(kind, *auth, Target::Classic) {
                classic.set(
                    field.key,
                    if field.sample.is_empty() {
                        "x"
                    } else {
                        field.sample
                    },
                );
            }
            let mut typed = classic.clone();
            typed.set_target(Target::Typed);
            let (mut before, mut after) = (
                classic.decode().expect("classic"),
                typed.decode().expect("typed"),
            );
            // Iceberg takes the scheme from `credential` by itself.
            before.properties.remove("rest.auth.type");
            after.properties.remove("rest.auth.type");
            assert!(before == after, "{kind} {auth:?}: {before:?} {after:?}");
        }
    }
}
