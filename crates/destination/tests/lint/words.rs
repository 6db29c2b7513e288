//! Names, scopes and releases: what is meant by them, and what is not read aloud.

use destination::{Destination, Severity, lint};

use crate::people::written;
use crate::sound::ids;

/// Names of other programs lead to OLake's, whether or not those are there already.
#[test]
fn what_others_call_a_key_leads_to_it() {
    for (theirs, olakes) in [
        ("catalog_url", "rest_catalog_url"),
        ("warehouse", "iceberg_s3_path"),
        ("database", "iceberg_db"),
        ("oauth2_server_uri", "oauth2_uri"),
        ("endpoint_url", "s3_endpoint"),
        ("s3.path-style-access", "s3_path_style"),
        ("restCatalogCredential", "credential"),
    ] {
        for taken in ["", &format!("\"{olakes}\": \"x\", ")] {
            let value = if olakes == "s3_path_style" {
                "true"
            } else {
                "\"x\""
            };
            let text = written(&format!(
                "\"catalog_type\": \"rest\", {taken}\"{theirs}\": {value}"
            ));
            let file = Destination::import(text.as_bytes()).expect("it is an object");
            let found = lint(&file);
            let finding = found
                .iter()
                .find(|finding| finding.key == theirs)
                .unwrap_or_else(|| panic!("{theirs} in {found:?}"));
            assert!(
                finding
                    .message
                    .contains(&format!("OLake calls it {olakes}")),
                "{finding:?}"
            );
            assert_eq!(finding.edits.is_empty(), !taken.is_empty(), "{finding:?}");
        }
    }
    // A remark is none of them, and stays.
    let text = "{\"$schema\": \"x\", \"type\": \"ICEBERG\", \"writer\": {\"_comment\": \"x\", \"team\": \"x\"}}";
    let (fixed, _) = Destination::import(text.as_bytes())
        .expect("it is an object")
        .fixed();
    assert!(["$schema", "_comment", "team"].iter().all(|key| {
        fixed
            .render(destination::Secrets::Placeholder)
            .contains(&format!("\"{key}\": \"x\""))
    }));
}

/// Roles that a comma joins are told apart; what else a comma may be is left to the person.
#[test]
fn joined_roles_are_separated() {
    for (scope, right) in [
        (
            "PRINCIPAL_ROLE:a,PRINCIPAL_ROLE:b",
            "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b",
        ),
        (
            "PRINCIPAL_ROLE:a, PRINCIPAL_ROLE:b",
            "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b",
        ),
        (
            "PRINCIPAL_ROLE:a+PRINCIPAL_ROLE:b",
            "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b",
        ),
        ("PRINCIPAL_ROLE:a,b", "PRINCIPAL_ROLE:a,b"),
        ("catalog", "PRINCIPAL_ROLE:ALL"),
        ("principal_role:loader", "PRINCIPAL_ROLE:loader"),
        ("principal_role:all", "PRINCIPAL_ROLE:ALL"),
        ("PRINCIPAL_ROLE%3Aloader", "PRINCIPAL_ROLE%3Aloader"),
        ("api.read", "api.read"),
    ] {
        let text = written(&format!(
            "\"catalog_type\": \"rest\", \"rest_catalog_url\": \"http://polaris:8181/api/catalog\", \"iceberg_s3_path\": \"lake\", \"oauth2_uri\": \"http://polaris:8181/api/catalog/v1/oauth/tokens\", \"credential\": \"a:b\", \"scope\": \"{scope}\""
        ));
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        assert_eq!(file.fixed().0.text("scope"), right);
        let found = lint(&file);
        assert!(
            found
                .iter()
                .any(|finding| finding.key == "scope" && finding.severity < Severity::Info),
            "{scope}: {found:?}"
        );
    }
}

/// What stands for one thing only is shown as such only: a password under the wrong key is not read aloud.
#[test]
fn a_password_in_the_wrong_place_is_not_shown() {
    for (key, value) in [
        ("aws_region", "hunter2"),
        ("rest_signing_region", "hunter2"),
        ("rest_auth_type", "hunter2"),
        ("catalog_type", "hunter2"),
        ("scope", "s3cr3t-pw"),
        ("scope", "root:s3cr3t-pw"),
        ("iceberg_s3_path", "s3://s3cr3t-pw-of-mine"),
    ] {
        for catalog in ["rest", "polaris", "s3tables"] {
            let text = written(&format!(
                "\"catalog_type\": \"{catalog}\", \"rest_catalog_url\": \"http://polaris:8181/api/catalog\", \"oauth2_uri\": \"http://polaris:8181/api/catalog/v1/oauth/tokens\", \"credential\": \"root:s3cr3t-pw-of-mine\", \"{key}\": \"{value}\""
            ));
            let file = Destination::import(text.as_bytes()).expect("it is an object");
            for finding in lint(&file) {
                let said = format!("{} {}", finding.message, finding.fix);
                assert!(
                    !said.contains("hunter2") && !said.contains("s3cr3t"),
                    "{said}"
                );
            }
        }
    }
}

/// What is said of a later OLake follows from its notes, and says so.
#[test]
fn a_later_release_is_judged_by_its_notes() {
    let text = written(
        "\"catalog_type\": \"polaris\", \"rest_catalog_url\": \"http://polaris:8181/api/catalog\", \"iceberg_s3_path\": \"lake\", \"aws_region\": \"eu-west-1\", \"token\": \"t\", \"rest_auth_type\": \"Token\"",
    );
    let mut file = Destination::import(text.as_bytes()).expect("it is an object");
    let severity = |file: &Destination| {
        let found = lint(file);
        found
            .iter()
            .find(|finding| finding.id == "auth.type.value")
            .map(|finding| finding.severity)
    };
    assert_eq!(severity(&file), Some(Severity::Error));
    file.set_release(destination::Release::V0_9_5);
    assert_eq!(severity(&file), Some(Severity::Error));
    file.set_release(destination::Release::V1_1_1);
    assert_eq!(severity(&file), Some(Severity::Info));
    assert!(ids(&file).contains(&("target.hearsay", "catalog_type".to_owned())));
    let horizon = text.replace("\"polaris\"", "\"horizon\"");
    let mut file = Destination::import(horizon.as_bytes()).expect("it is an object");
    assert!(file.decode().is_err());
    file.set_release(destination::Release::V0_10_1);
    assert!(file.decode().is_ok());
}

/// Files without a form are explained all the same.
#[test]
fn settings_of_other_catalogs_are_explained() {
    for (keys, title, key, required) in [
        (
            "\"catalog_type\": \"glue\"",
            "AWS Glue",
            "glue_catalog_id",
            false,
        ),
        ("\"catalog_type\": \"jdbc\"", "JDBC", "jdbc_url", true),
        (
            "\"catalog_type\": \"hive\"",
            "Hive Metastore",
            "hive_uri",
            true,
        ),
        (
            "\"catalog_type\": \"biglake\"",
            "BigLake",
            "gcp_project_id",
            false,
        ),
        (
            "\"catalog_type\": \"horizon\"",
            "Snowflake Horizon",
            "snowflake_workload_identity_provider",
            false,
        ),
        (
            "\"aws_region\": \"eu-west-1\"",
            "AWS Glue",
            "aws_region",
            false,
        ),
    ] {
        let file = Destination::import(written(keys).as_bytes()).expect("it is an object");
        assert_eq!(destination::other_title(&file), title);
        let settings = destination::other_settings(&file);
        let setting = settings
            .iter()
            .find(|setting| setting.key == key)
            .unwrap_or_else(|| panic!("{key} of {title}"));
        assert_eq!(
            (setting.required, setting.set),
            (required, key == "aws_region"),
            "{key}"
        );
        for setting in settings {
            assert!(
                destination::keys::find(setting.key).is_some_and(|key| key.is_read()),
                "{}",
                setting.key
            );
        }
    }
}
