use destination::{Destination, Kind, Target, lint};

/// A file of each catalog that nothing is wrong with.
pub fn sound(kind: Kind) -> Destination {
    let auth = kind.auth_modes()[0];
    let mut file = Destination::new(kind, auth, Target::Classic);
    let values: &[(&str, &str)] = match kind {
        Kind::Generic => &[
            ("rest_catalog_url", "http://rest:8181"),
            ("iceberg_s3_path", "s3://lake/warehouse"),
            ("s3_endpoint", "http://minio:9000"),
            ("aws_access_key", "minio"),
            ("aws_secret_key", "hush"),
        ],
        Kind::Lakekeeper => &[
            ("rest_catalog_url", "http://lakekeeper:8181/catalog"),
            ("iceberg_s3_path", "demo"),
        ],
        Kind::Nessie => &[
            ("rest_catalog_url", "http://nessie:19120/iceberg/"),
            ("iceberg_s3_path", "s3://lake"),
            ("s3_endpoint", "http://minio:9000/"),
            ("aws_access_key", "minio"),
            ("aws_secret_key", "hush"),
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

pub fn ids(file: &Destination) -> Vec<(&'static str, String)> {
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

#[test]
fn a_token_may_go_unencrypted_within_a_private_network() {
    let is_told = |host: &str| {
        let mut file = sound(Kind::Polaris);
        file.set(
            "rest_catalog_url",
            &format!("http://{host}:8181/api/catalog"),
        );
        let told = ids(&file).into_iter();
        told.filter(|(id, _)| *id == "tls.plain").count() > 0
    };
    for host in [
        "10.1.2.3",
        "[fd00::5]",
        "[fe80::5]",
        "[::ffff:10.1.2.3]",
        "polaris",
        "polaris.svc.internal",
    ] {
        assert!(!is_told(host), "{host}");
    }
    for host in ["203.0.113.7", "[2001:db8::5]", "polaris.example.com"] {
        assert!(is_told(host), "{host}");
    }
}
