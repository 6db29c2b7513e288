use super::{all, left, lines, only};
use connection::Source;

#[test]
fn an_attachment_signs_in_by_its_secret() {
    let found = only(
        Source::DuckDb,
        "INSTALL iceberg; LOAD iceberg;\n\
         CREATE OR REPLACE PERSISTENT SECRET polaris_secret (\n  TYPE iceberg,\n  CLIENT_ID 'a1b2',\n  \
         CLIENT_SECRET 'it''s;secret',\n  OAUTH2_SCOPE 'PRINCIPAL_ROLE:ALL',\n  \
         OAUTH2_SERVER_URI 'https://polaris.example.com/api/catalog/v1/oauth/tokens',\n  \
         EXTRA_HTTP_HEADERS MAP {'Polaris-Realm': 'main'}\n);\n\
         CREATE SECRET other (TYPE iceberg, TOKEN 'not this one');\n\
         ATTACH 'lakehouse' AS polaris (\n  TYPE iceberg, -- as documented\n  SECRET polaris_secret,\n  \
         ENDPOINT 'https://polaris.example.com/api/catalog',\n  ACCESS_DELEGATION_MODE 'none',\n  ENDPOIT 'x'\n);",
    );
    assert_eq!(
        lines(&found),
        [
            "name = polaris",
            "kind = polaris",
            "url = https://polaris.example.com/api/catalog",
            "warehouse = lakehouse",
            "headers = {\"Polaris-Realm\":\"main\"}",
            "auth.type = oauth2",
            "auth.client_id = a1b2",
            "auth.client_secret = it's;secret",
            "auth.token_url = https://polaris.example.com/api/catalog/v1/oauth/tokens",
            "auth.scope = PRINCIPAL_ROLE:ALL",
        ]
    );
    assert_eq!(
        left(&found),
        [
            "ACCESS_DELEGATION_MODE: is about the program itself",
            "ENDPOIT: is not known: endpoint may be meant",
        ]
    );
}

#[test]
fn the_types_that_know_their_address_have_it() {
    let read = all(
        Source::DuckDb,
        "CREATE SECRET (TYPE s3, KEY_ID 'AKIAEXAMPLE', SECRET 'abc', REGION 'eu-west-1', USE_SSL true);\n\
         ATTACH 'arn:aws:s3tables:us-east-1:111122223333:bucket/b' AS tables (TYPE iceberg, ENDPOINT_TYPE s3_tables);\n\
         ATTACH '111122223333' AS lake (TYPE iceberg, ENDPOINT_TYPE 'glue');\n\
         ATTACH 'local.db' AS local;\n",
    );
    assert_eq!(
        lines(&read.found[0])[..4],
        [
            "name = tables",
            "kind = s3-tables",
            "url = https://s3tables.us-east-1.amazonaws.com/iceberg",
            "warehouse = arn:aws:s3tables:us-east-1:111122223333:bucket/b",
        ]
    );
    assert_eq!(
        lines(&read.found[1]),
        [
            "name = lake",
            "kind = generic",
            "url = https://glue.eu-west-1.amazonaws.com/iceberg",
            "warehouse = 111122223333",
            "auth.type = sigv4",
            "auth.region = eu-west-1",
            "auth.signing_name = glue",
            "auth.access_key_id = AKIAEXAMPLE",
            "auth.secret_access_key = abc",
        ]
    );
    assert_eq!(
        left(&read.found[1]),
        ["USE_SSL: is about the object store, which Crowsnest does not open"]
    );
    assert_eq!(read.left[0].key, "local");
}

#[test]
fn a_secret_may_be_looked_up_or_called_for() {
    let found = only(
        Source::DuckDb,
        "CREATE SECRET (TYPE s3, PROVIDER credential_chain, REGION 'eu-west-1');\n\
         ATTACH 'w' AS x (TYPE ICEBERG, URI 'https://r.example.com', TOKEN getenv('TOKEN'));",
    );
    assert_eq!(found.settings.text("auth.type"), Some("bearer"));
    assert_eq!(
        left(&found),
        [
            "TOKEN: is a variable or a call of the program: fill it in",
            "PROVIDER: is about the object store, which Crowsnest does not open",
            "REGION: is about the object store, which Crowsnest does not open",
        ]
    );
}

#[test]
fn keys_that_are_looked_up_are_to_be_filled_in() {
    let found = only(
        Source::DuckDb,
        "CREATE SECRET (TYPE s3, PROVIDER credential_chain, REGION 'eu-west-1');\n\
         ATTACH 'w' AS x (TYPE iceberg, ENDPOINT 'https://api.example.com', AUTHORIZATION_TYPE sigv4);",
    );
    assert_eq!(found.settings.text("auth.region"), Some("eu-west-1"));
    assert_eq!(
        found.settings.text("auth.signing_name"),
        Some("execute-api")
    );
    assert_eq!(
        left(&found),
        ["PROVIDER: is taken from the program's environment: fill it in"]
    );
}
