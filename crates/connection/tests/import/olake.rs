use super::{left, lines, only};
use connection::{NotRead, Source, read};

#[test]
fn a_destination_of_s3_tables_is_read() {
    let found = only(
        Source::Olake,
        r#"{ "type": "ICEBERG", "writer": {
    "catalog_type": "rest",
    "rest_catalog_url": "https://s3tables.eu-west-1.amazonaws.com/iceberg",
    "iceberg_s3_path": "arn:aws:s3tables:eu-west-1:111122223333:bucket/b",
    "iceberg_db": "sales",
    "aws_access_key": "AKIAEXAMPLE", "aws_secret_key": "abc",
    "aws_region": "eu-west-1",
    "rest_signing_name": "s3tables", "rest_signing_region": "eu-west-1", "rest_signing_v_4": true } }"#,
    );
    assert_eq!(
        lines(&found),
        [
            "name = s3tables.eu-west-1.amazonaws.com",
            "kind = s3-tables",
            "url = https://s3tables.eu-west-1.amazonaws.com/iceberg",
            "warehouse = arn:aws:s3tables:eu-west-1:111122223333:bucket/b",
            "auth.type = sigv4",
            "auth.region = eu-west-1",
            "auth.signing_name = s3tables",
            "auth.access_key_id = AKIAEXAMPLE",
            "auth.secret_access_key = abc",
        ]
    );
    assert_eq!(
        left(&found),
        [
            "iceberg_db: is about the program itself",
            "aws_region: is about the object store, which Crowsnest does not open",
        ]
    );
}

#[test]
fn a_destination_of_polaris_is_read_although_it_is_no_json() {
    let found = only(
        Source::Olake,
        r#"{ "type": "ICEBERG", "writer": {
    "catalog_type": "polaris", "catalog_name": "lake",
    "rest_catalog_url": "http://polaris:8181/api/catalog",
    "iceberg_s3_path": "lakehouse", "rest_auth_type": "oauth2",
    "oauth2_uri": "http://polaris:8181/api/catalog/v1/oauth/tokens",
    "credential": "<client>:<secret>", "scope": "PRINCIPAL_ROLE:ALL", "s3_endpoint": "http://minio:9000",
    "no_identifer_fields": true, } }"#,
    );
    assert_eq!(
        lines(&found),
        [
            "name = lake",
            "kind = polaris",
            "url = http://polaris:8181/api/catalog",
            "warehouse = lakehouse",
            "auth.type = oauth2",
            "auth.token_url = http://polaris:8181/api/catalog/v1/oauth/tokens",
            "auth.scope = PRINCIPAL_ROLE:ALL",
        ]
    );
    assert_eq!(
        left(&found),
        [
            "credential: is a placeholder: fill it in",
            "s3_endpoint: is about the object store, which Crowsnest does not open",
            "no_identifer_fields: is not known: no_identifier_fields may be meant",
        ]
    );
}

#[test]
fn a_destination_that_is_no_rest_catalog_is_refused() {
    let text =
        r#"{"type": "ICEBERG", "writer": {"catalog_type": "jdbc", "jdbc_password": "hunter22"}}"#;
    let error = read(text).expect_err("JDBC");
    assert!(!format!("{error:?}{error}").contains("hunter22"));
    let NotRead::Nothing { left, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(
        left[0].why.to_string(),
        "is a catalog of type jdbc, which is not Iceberg REST"
    );
}
