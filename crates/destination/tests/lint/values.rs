use destination::{Kind, lint};

use crate::sound::{ids, sound};

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
        ("req.region", S3Tables, &[("aws_region", "")], "aws_region"),
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
                "https://vpce-0ab1-cd2e.glue.eu-west-1.vpce.amazonaws.com/iceberg",
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
            Polaris,
            &[("aws_access_key", "AKIA")],
            "aws_secret_key",
        ),
        (
            "keys.pair",
            Polaris,
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
            "s3.endpoint.service",
            Generic,
            &[("s3_endpoint", "https://glue-fips.us-east-1.api.aws")],
            "s3_endpoint",
        ),
        (
            "s3.endpoint.service",
            Polaris,
            &[("s3_endpoint", "https://s3tables.eu-west-1.amazonaws.com")],
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
            "tls.plain",
            Polaris,
            &[
                ("rest_catalog_url", ""),
                ("oauth2_uri", "http://login.example.com/token"),
            ],
            "oauth2_uri",
        ),
        (
            "upsert.identifier",
            Polaris,
            &[("no_identifier_fields", "true")],
            "no_identifier_fields",
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

/// The region is compared with the key that it was read from.
#[test]
fn regions_that_differ_name_their_witness() {
    let mut file = sound(Kind::S3Tables);
    file.set("rest_catalog_url", "");
    file.set("iceberg_s3_path", "");
    file.set("rest_signing_region", "us-east-1");
    let found = lint(&file);
    let finding = found
        .iter()
        .find(|finding| finding.id == "region.consistency")
        .expect("the regions differ");
    assert!(
        finding.message.contains("but aws_region says eu-west-1"),
        "{finding:?}"
    );
}
