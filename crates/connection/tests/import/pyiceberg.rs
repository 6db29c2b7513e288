use super::{all, left, lines, only};
use connection::{NotRead, Source, read};

#[test]
fn every_catalog_of_the_file_is_read() {
    let read = all(
        Source::PyIceberg,
        "legacy-current-snapshot-id: false\n\
         catalog:\n  \
           default:\n    uri: http://rest-catalog/ws/\n    credential: t-1234:secret\n    \
             oauth2-server-uri: https://auth-service/cc\n    scope: openid offline\n    audience: rest_catalog\n    \
             resource: rest_catalog.iceberg.com\n    ssl:\n      cabundle: /etc/ca.pem\n    s3.endpoint: http://minio:9000\n  \
           signed:\n    type: rest\n    uri: https://api.example.com/iceberg\n    rest.sigv4-enabled: true\n    \
             rest.signing-region: eu-west-1\n    client.access-key-id: AKIAEXAMPLE\n    client.secret-access-key: 'a#b'\n  \
           sql:\n    type: sql\n    uri: postgresql+psycopg2://user:password@host/db\n",
    );
    assert_eq!(
        lines(&read.found[0]),
        [
            "name = default",
            "url = http://rest-catalog/ws",
            "auth.type = oauth2",
            "auth.client_id = t-1234",
            "auth.client_secret = secret",
            "auth.token_url = https://auth-service/cc",
            "auth.scope = openid offline",
            "auth.audience = rest_catalog",
            "auth.resource = rest_catalog.iceberg.com",
        ]
    );
    assert_eq!(
        left(&read.found[0]),
        [
            "ssl.cabundle: names a file of another machine: fill in what it holds",
            "s3.endpoint: is about the object store, which Crowsnest does not open",
        ]
    );
    assert_eq!(
        lines(&read.found[1]),
        [
            "name = signed",
            "url = https://api.example.com/iceberg",
            "auth.type = sigv4",
            "auth.region = eu-west-1",
            "auth.signing_name = execute-api",
            "auth.access_key_id = AKIAEXAMPLE",
            "auth.secret_access_key = a#b",
        ]
    );
    let keys: Vec<&str> = read.left.iter().map(|left| left.key.as_str()).collect();
    assert_eq!(keys, ["legacy-current-snapshot-id", "sql"]);
    assert!(!format!("{read:?}").contains("password"), "{read:?}");
}

#[test]
fn the_auth_section_is_a_map_of_maps() {
    let found = only(
        Source::PyIceberg,
        "catalog:\n  lk:\n    type: rest\n    uri: https://lk.example.com/catalog\n    warehouse: demo\n    auth:\n      \
           type: oauth2\n      oauth2:\n        client_id: me\n        client_secret: ${SECRET}\n        \
           token_url: https://idp.example.com/token\n        scope: lakekeeper\n",
    );
    assert_eq!(
        lines(&found),
        [
            "name = lk",
            "kind = lakekeeper",
            "url = https://lk.example.com/catalog",
            "warehouse = demo",
            "auth.type = oauth2",
            "auth.client_id = me",
            "auth.token_url = https://idp.example.com/token",
            "auth.scope = lakekeeper",
        ]
    );
    assert_eq!(
        left(&found),
        ["auth.oauth2.client_secret: is taken from the program's environment: fill it in"]
    );
}

#[test]
fn calls_of_python_are_read() {
    let read = all(
        Source::PyIceberg,
        r#"from pyiceberg.catalog import load_catalog
import os
r2 = load_catalog(
    "r2",
    **{
        "type": "rest",  # "uri": "no"
        "uri": 'https://catalog.cloudflarestorage.com/0123456789abcdef0123456789abcdef/lake',
        "warehouse": "0123456789abcdef0123456789abcdef_lake",
        "token": os.environ["R2_TOKEN"],
        "header.X-Team": f"{team}",
        "s3.path-style-access": True,
    }
)
open = RestCatalog(name="open", uri="https://acme-open.snowflakecomputing.com/polaris/api/catalog",
    credential="id:se\"cret", scope='PRINCIPAL_ROLE:ALL', warehouse=pick("x", 1))
other = load_catalog("other", **settings)"#,
    );
    assert_eq!(
        lines(&read.found[0]),
        [
            "name = r2",
            "kind = generic",
            "url = https://catalog.cloudflarestorage.com/0123456789abcdef0123456789abcdef/lake",
            "warehouse = 0123456789abcdef0123456789abcdef_lake",
            "auth.type = bearer",
        ]
    );
    assert_eq!(
        left(&read.found[0]),
        [
            "token: is taken from the program's environment: fill it in",
            "header.X-Team: is a variable or a call of the program: fill it in",
            "s3.path-style-access: is about the object store, which Crowsnest does not open",
        ]
    );
    assert_eq!(
        lines(&read.found[1]),
        [
            "name = open",
            "kind = polaris",
            "url = https://acme-open.snowflakecomputing.com/polaris/api/catalog",
            "auth.type = oauth2",
            "auth.client_id = id",
            "auth.client_secret = se\"cret",
            "auth.scope = PRINCIPAL_ROLE:ALL",
        ]
    );
    assert_eq!(read.left[0].key, "other");
}

#[test]
fn an_alias_is_left_where_it_stands() {
    let found = only(
        Source::PyIceberg,
        "catalog:\n  a:\n    uri: &uri http://one.example.com\n    token: abc\n    warehouse: *uri\n",
    );
    assert_eq!(
        left(&found),
        ["warehouse: is an alias, which is not followed: fill it in"]
    );
}

#[test]
fn a_broken_file_says_where() {
    let error = read("catalog:\n  a:\n    uri: \"http://x\n").expect_err("not closed");
    assert!(
        matches!(
            error,
            NotRead::Broken {
                source: Source::PyIceberg,
                line: Some(_)
            }
        ),
        "{error:?}"
    );
}
