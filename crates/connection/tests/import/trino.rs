use super::{left, lines, only};
use connection::Source;

#[test]
fn a_catalog_file_is_read() {
    let found = only(
        Source::Trino,
        "# etc/catalog/lake.properties\n\
         connector.name=iceberg\n\
         iceberg.catalog.type=rest\n\
         iceberg.rest-catalog.uri=https://lakekeeper.example.com/catalog\n\
         iceberg.rest-catalog.warehouse=demo\n\
         iceberg.rest-catalog.security=OAUTH2\n\
         iceberg.rest-catalog.oauth2.credential=trino:${ENV:LAKEKEEPER_SECRET}\n\
         iceberg.rest-catalog.oauth2.scope=lakekeeper\n\
         iceberg.rest-catalog.oauth2.server-uri=https://idp.example.com/token\n\
         iceberg.rest-catalog.http-headers=x-project-id: p1, X-Key: a, b\n\
         iceberg.rest-catalog.vended-credentials-enabled=true\n\
         iceberg.unique-table-location=true\n\
         fs.native-s3.enabled=true\n\
         s3.region=local\n",
    );
    assert_eq!(
        lines(&found),
        [
            "name = lake",
            "kind = lakekeeper",
            "url = https://lakekeeper.example.com/catalog",
            "warehouse = demo",
            "headers = {\"x-project-id\":\"p1\",\"X-Key\":\"a, b\"}",
            "auth.type = oauth2",
            "auth.client_id = trino",
            "auth.token_url = https://idp.example.com/token",
            "auth.scope = lakekeeper",
        ]
    );
    assert_eq!(
        left(&found),
        [
            "iceberg.rest-catalog.oauth2.credential: is taken from the program's environment: fill it in",
            "iceberg.rest-catalog.vended-credentials-enabled: is about the program itself",
            "iceberg.unique-table-location: is about the program itself",
            "fs.native-s3.enabled: is about the object store, which Crowsnest does not open",
            "s3.region: is about the object store, which Crowsnest does not open",
        ]
    );
}

#[test]
fn what_opens_the_bucket_signs_calls_too() {
    let found = only(
        Source::Trino,
        "connector.name=iceberg\niceberg.catalog.type=rest\n\
         iceberg.rest-catalog.uri=https://s3tables.us-east-1.amazonaws.com/iceberg\n\
         iceberg.rest-catalog.warehouse=arn:aws:s3tables:us-east-1:111122223333:bucket/b\n\
         iceberg.rest-catalog.sigv4-enabled=true\n\
         iceberg.rest-catalog.signing-name=s3tables\n\
         s3.region=us-east-1\ns3.aws-access-key=AKIAEXAMPLE\ns3.aws-secret-key=abc/def\n\
         s3.iam-role=arn:aws:iam::111122223333:role/reader\n",
    );
    assert_eq!(
        lines(&found),
        [
            "name = s3tables.us-east-1.amazonaws.com",
            "kind = s3-tables",
            "url = https://s3tables.us-east-1.amazonaws.com/iceberg",
            "warehouse = arn:aws:s3tables:us-east-1:111122223333:bucket/b",
            "auth.type = sigv4",
            "auth.region = us-east-1",
            "auth.signing_name = s3tables",
            "auth.access_key_id = AKIAEXAMPLE",
            "auth.secret_access_key = abc/def",
            "auth.role_arn = arn:aws:iam::111122223333:role/reader",
        ]
    );
    assert!(found.left.is_empty());
}

#[test]
fn a_statement_is_read_as_a_file_is() {
    let found = only(
        Source::Trino,
        "CREATE CATALOG IF NOT EXISTS biglake USING iceberg WITH (\n\
         \"iceberg.catalog.type\" = 'rest',\n\
         \"iceberg.rest-catalog.uri\" = 'https://biglake.googleapis.com/iceberg/v1/restcatalog',\n\
         \"iceberg.rest-catalog.warehouse\" = 'gs://bucket',\n\
         \"iceberg.rest-catalog.security\" = 'GOOGLE',\n\
         \"iceberg.rest-catalog.google-project-id\" = 'my-project',\n\
         \"iceberg.rest-catalog.warehose\" = 'typo');",
    );
    assert_eq!(
        lines(&found),
        [
            "name = biglake",
            "kind = generic",
            "url = https://biglake.googleapis.com/iceberg/v1/restcatalog",
            "warehouse = gs://bucket",
            "headers = {\"x-goog-user-project\":\"my-project\"}",
            "auth.type = none",
        ]
    );
    assert_eq!(
        left(&found),
        [
            "iceberg.rest-catalog.security: is a way to sign in that Crowsnest does not have: use type bearer with an access token, or passed-on where people sign in by Google",
            "iceberg.rest-catalog.warehose: is not known: iceberg.rest-catalog.warehouse may be meant",
        ]
    );
}

#[test]
fn a_header_may_be_the_sign_in() {
    let text = |value: &str, more: &str| {
        format!(
            "connector.name=iceberg\niceberg.catalog.type=rest\niceberg.rest-catalog.uri=http://gravitino:9001/iceberg\n\
             iceberg.rest-catalog.http-headers=X-Team: us, Authorization: {value}\n{more}"
        )
    };
    let bearer = only(
        Source::Trino,
        &text("Bearer to-ken", "iceberg.rest-catalog.security=NONE"),
    );
    assert_eq!(bearer.settings.text("auth.type"), Some("bearer"));
    assert_eq!(bearer.settings.text("auth.token"), Some("to-ken"));
    assert_eq!(bearer.settings.table("headers").len(), 1);
    let basic = only(Source::Trino, &text("Basic dXNlcjpwYXNz", ""));
    assert_eq!(basic.settings.text("auth.type"), Some("none"));
    assert_eq!(basic.settings.table("headers").len(), 2);
    assert!(!format!("{basic:?}").contains("dXNlcjpwYXNz"));
    let both = only(
        Source::Trino,
        &text(
            "Basic dXNlcjpwYXNz",
            "iceberg.rest-catalog.oauth2.credential=a:b",
        ),
    );
    assert_eq!(both.settings.table("headers").len(), 1);
    assert_eq!(
        left(&both),
        ["Authorization: has no meaning for sign-in of type oauth2"]
    );
}
