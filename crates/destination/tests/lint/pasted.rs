//! What was copied with a value, or instead of it.

use destination::{Destination, Severity, keys, lint};

use crate::people::written;

fn read(keys: &str) -> Destination {
    Destination::import(written(keys).as_bytes()).expect("it is an object")
}

fn at_polaris(more: &str) -> Destination {
    read(&format!(
        "\"catalog_type\": \"rest\", \"rest_catalog_url\": \"https://polaris.example.com/api/catalog\", \"iceberg_s3_path\": \"lake\", \"aws_region\": \"eu-west-1\", {more}"
    ))
}

/// The value alone is what OLake passes on.
#[test]
fn a_value_is_taken_out_of_what_was_copied_with_it() {
    for (key, value, right) in [
        (keys::TOKEN, "Bearer t0k.en", "t0k.en"),
        (keys::TOKEN, "bearer  t0k.en ", "t0k.en"),
        (keys::TOKEN, "Authorization: Bearer t0k.en", "t0k.en"),
        (keys::TOKEN, "\\\"t0k.en\\\"", "t0k.en"),
        (keys::TOKEN, "'Bearer t0k.en'", "t0k.en"),
        (keys::TOKEN, "“t0k.en”", "t0k.en"),
        (keys::TOKEN, "t0k.en\\n", "t0k.en"),
        (keys::TOKEN, "t0k.en\\\\n", "t0k.en"),
        (keys::TOKEN, "token=t0k.en", "t0k.en"),
        (keys::TOKEN, "access_token: t0k.en", "t0k.en"),
        (keys::TOKEN, "t0k.\\nen", "t0k.en"),
        (keys::ACCESS_KEY, "AWS_ACCESS_KEY_ID=AKIAX", "AKIAX"),
        (
            keys::SECRET_KEY,
            "aws_secret_access_key = s/ecret=",
            "s/ecret=",
        ),
        (
            keys::SECRET_KEY,
            "export AWS_SECRET_ACCESS_KEY='s/ecret='",
            "s/ecret=",
        ),
        (keys::CREDENTIAL, "\\\"id:hush\\\"", "id:hush"),
        (keys::CREDENTIAL, "credential=id:hush", "id:hush"),
        (keys::REGION, "\\\"eu-west-1\\\"", "eu-west-1"),
        (
            keys::URL,
            "'https://polaris.example.com/api/catalog'",
            "https://polaris.example.com/api/catalog",
        ),
    ] {
        let file = read(&format!("\"{key}\": \"{value}\""));
        let found = lint(&file);
        let told = found
            .iter()
            .find(|finding| finding.key == key && finding.id.starts_with("value."))
            .unwrap_or_else(|| panic!("{value} in {found:?}"));
        assert_eq!(told.severity, Severity::Error, "{told:?}");
        let (fixed, _) = file.fixed();
        let now = match fixed.secret(key) {
            Some(secret) => secret.expose().to_owned(),
            None => fixed.text(key).to_owned(),
        };
        assert_eq!(now, right, "{value}");
    }
    // What only looks like it stays.
    for (key, value) in [
        (keys::TOKEN, "bearer"),
        (keys::CREDENTIAL, "token:hush"),
        (keys::CREDENTIAL, "client:\\\"hush\\\""),
        ("jdbc_password", "'hush'"),
        (keys::SECRET_KEY, "abc=def=="),
        (keys::SCOPE, "token:read"),
        (keys::TOKEN, "t0k\\\"en"),
    ] {
        let file = read(&format!("\"{key}\": \"{value}\""));
        assert!(
            !lint(&file)
                .iter()
                .any(|finding| finding.id == "value.wrapped"),
            "{value}"
        );
    }
}

/// Port and path settle which server an address is of, then its name.
#[test]
fn a_port_says_more_than_a_name() {
    let swapped = |catalog: &str, store: &str| -> Vec<String> {
        let file = read(&format!(
            "\"catalog_type\": \"rest\", \"rest_catalog_url\": \"{catalog}\", \"iceberg_s3_path\": \"s3://lake\", \"s3_endpoint\": \"{store}\", \"aws_access_key\": \"a\", \"aws_secret_key\": \"b\""
        ));
        lint(&file)
            .into_iter()
            .filter(|finding| finding.id == "url.swapped")
            .map(|finding| finding.key)
            .collect()
    };
    for (catalog, store) in [
        ("http://seaweedfs:8181", "http://seaweedfs:8333"),
        ("http://minio:9000/_iceberg", "http://minio:9000"),
        ("http://ceph-host:8181/catalog", "http://ceph-host:7480"),
        ("http://garage.lan:19120/iceberg", "http://garage.lan:3900"),
        ("http://minio:8181", "http://minio:9000"),
        (
            "https://catalog.cloudflarestorage.com/0123456789abcdef0123456789abcdef/lake",
            "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
        ),
        ("http://lake:8080/iceberg", "http://polaris-store:9000"),
        ("http://nessie:19120/iceberg/main", "http://nessie:9000"),
    ] {
        assert_eq!(swapped(catalog, store), [""; 0], "{catalog} {store}");
    }
    for (catalog, store, keys) in [
        (
            "http://seaweedfs:8333",
            "http://seaweedfs:8181",
            vec![keys::URL, keys::S3_ENDPOINT],
        ),
        (
            "http://garage:3900",
            "http://10.0.0.5:9000",
            vec![keys::URL],
        ),
        (
            "http://ceph:7480",
            "http://ceph:7480",
            vec![keys::S3_ENDPOINT],
        ),
        (
            "http://rook-ceph-rgw.svc",
            "http://10.0.0.5:9000",
            vec![keys::URL],
        ),
        (
            "http://rest:8181",
            "http://minio:8181/catalog",
            vec![keys::S3_ENDPOINT],
        ),
        (
            "http://rest:8181",
            "http://gravitino:9001/iceberg",
            vec![keys::S3_ENDPOINT],
        ),
        (
            "https://nyc3.digitaloceanspaces.com",
            "http://10.0.0.5:9000",
            vec![keys::URL],
        ),
    ] {
        assert_eq!(swapped(catalog, store), keys, "{catalog} {store}");
    }
}

/// Roles are proposed as Polaris takes them: each with its own prefix.
#[test]
fn every_role_is_proposed_with_its_prefix() {
    for (scope, right) in [
        ("PRINCIPAL_ROLE:a,b", "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b"),
        (
            "PRINCIPAL_ROLE:a, b ,c",
            "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b PRINCIPAL_ROLE:c",
        ),
        ("PRINCIPAL_ROLE:a;b", "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b"),
        ("PRINCIPAL_ROLE:a|b", "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b"),
        ("PRINCIPAL_ROLE:a b", "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b"),
        (
            "principal_role:a,principal_role:b",
            "PRINCIPAL_ROLE:a PRINCIPAL_ROLE:b",
        ),
        ("PRINCIPAL_ROLE: ALL", "PRINCIPAL_ROLE:ALL"),
        ("PRINCIPAL_ROLE=loader", "PRINCIPAL_ROLE:loader"),
        (
            "PRINCIPAL_ROLE:all,PRINCIPAL_ROLE:b",
            "PRINCIPAL_ROLE:ALL PRINCIPAL_ROLE:b",
        ),
    ] {
        let file = at_polaris(&format!(
            "\"credential\": \"id:hush\", \"scope\": \"{scope}\""
        ));
        let found = lint(&file);
        let said = found.iter().any(|finding| {
            finding.key == keys::SCOPE
                && finding.severity < Severity::Info
                && finding.fix.contains(&format!(" {right}"))
        });
        assert!(said, "{scope}: {found:?}");
    }
}

/// A client of Snowflake signs in with one token, and a Java class is a way to sign in.
#[test]
fn what_works_elsewhere_is_no_fault_there() {
    for text in [
        "\"rest_catalog_url\": \"https://xy12345.eu-central-1.snowflakecomputing.com/polaris/api/catalog\", \"credential\": \"eyJraWQiOiIxIn0.e30.c2ln\", \"scope\": \"session:role:LOADER\"",
        "\"rest_catalog_url\": \"https://org-acct.snowflakecomputing.com/polaris/api/catalog\", \"credential\": \"hush-hush\", \"scope\": \"PRINCIPAL_ROLE:ALL\", \"oauth2_uri\": \"https://org-acct.snowflakecomputing.com/polaris/api/catalog/v1/oauth/tokens\"",
        "\"rest_catalog_url\": \"http://polaris:8181/api/catalog\", \"credential\": \"root:hush\", \"scope\": \"PRINCIPAL_ROLE:ALL\"",
        "\"rest_catalog_url\": \"http://rest:8181\", \"rest_auth_type\": \"org.apache.iceberg.rest.auth.OAuth2Manager\", \"token\": \"t\", \"iceberg_s3_path\": \"s3://lake\"",
        "\"rest_catalog_url\": \"http://rest:8181\", \"rest_auth_type\": \"com.acme.lake2.auth.KerberosAuthManagerV2\", \"iceberg_s3_path\": \"s3://lake\"",
    ] {
        let file = read(&format!("\"catalog_type\": \"rest\", \"iceberg_s3_path\": \"lake\", \"aws_region\": \"eu-west-1\", {text}").replacen("\"iceberg_s3_path\": \"lake\", ", if text.contains("iceberg_s3_path") { "" } else { "\"iceberg_s3_path\": \"lake\", " }, 1));
        for finding in lint(&file) {
            assert!(
                finding.severity == Severity::Info || finding.id == "tls.plain",
                "{finding:?} of {text}"
            );
        }
        assert_eq!(file.fixed().0, file, "{text}");
    }
}

/// Faults that stand beside others of their kind.
#[test]
fn what_is_said_of_one_is_said_of_its_kin() {
    use Severity::{Error, Info, Warn};
    for (more, key, severity) in [
        ("\"token\": \"root:hush\"", keys::TOKEN, Some(Warn)),
        ("\"token\": \"ver:1-hint:1-ETMs\"", keys::TOKEN, None),
        (
            "\"oauth2_uri\": \"https://idp/token\", \"credential\": \":hush\"",
            keys::CREDENTIAL,
            Some(Warn),
        ),
        (
            "\"oauth2_uri\": \"https://idp/token\", \"credential\": \"minio:minio\"",
            keys::CREDENTIAL,
            None,
        ),
        (
            "\"rest_catalog_url\": \"http://rest:8181/v1/config\"",
            keys::URL,
            Some(Warn),
        ),
        (
            "\"rest_catalog_url\": \"http://rest:8181/v1/oauth/tokens\"",
            keys::URL,
            Some(Warn),
        ),
        (
            "\"s3_endpoint\": \"http://seaweedfs:8888\"",
            keys::S3_ENDPOINT,
            Some(Warn),
        ),
        (
            "\"s3_endpoint\": \"http://garage:3903\"",
            keys::S3_ENDPOINT,
            Some(Warn),
        ),
        (
            "\"s3_endpoint\": \"http://garage:3900\"",
            keys::S3_ENDPOINT,
            None,
        ),
        (
            "\"catalog_type\": \"jdbc\", \"jdbc_url\": \"jdbc://db/lake\"",
            "jdbc_url",
            Some(Error),
        ),
        (
            "\"catalog_type\": \"jdbc\", \"jdbc_url\": \"jdbc:sqlite:/tmp/lake.db\"",
            "jdbc_url",
            None,
        ),
        ("\"aws_secret_key\": \"n/a\"", keys::SECRET_KEY, Some(Warn)),
        (
            "\"aws_secret_key\": \"abcd****\"",
            keys::SECRET_KEY,
            Some(Warn),
        ),
        (
            "\"aws_secret_key\": \"ChangeMe123\"",
            keys::SECRET_KEY,
            Some(Warn),
        ),
        (
            "\"iceberg_s3_path\": \"analytics\"",
            keys::WAREHOUSE,
            Some(Info),
        ),
        (
            "\"iceberg_s3_path\": \"s3:/lake\"",
            keys::WAREHOUSE,
            Some(Warn),
        ),
        ("\"aws_region\": \"auto\"", keys::REGION, None),
        (
            "\"rest_catalog_url\": \"https://glue.eu-west-1.amazonaws.com/iceberg\", \"iceberg_s3_path\": \"111122223333\", \"aws_region\": \"auto\"",
            keys::REGION,
            Some(Warn),
        ),
    ] {
        let mut all = String::new();
        for (key, value) in [
            ("catalog_type", "rest"),
            ("rest_catalog_url", "http://10.0.0.5:8181"),
            ("iceberg_s3_path", "s3://lake/wh"),
            ("aws_region", "us-east-1"),
            ("aws_access_key", "minio"),
            ("aws_secret_key", "hush"),
        ] {
            if !more.contains(&format!("\"{key}\"")) {
                all.push_str(&format!("\"{key}\": \"{value}\", "));
            }
        }
        let file = read(&format!("{all}{more}"));
        let found = lint(&file);
        let worst = found
            .iter()
            .filter(|finding| finding.key == key)
            .map(|finding| finding.severity)
            .min();
        assert_eq!(worst, severity, "{more}: {found:?}");
        if more.contains("minio:minio") {
            assert_eq!(file.fixed().0, file);
        }
    }
}
