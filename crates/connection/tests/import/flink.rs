use super::{all, left, lines};
use connection::Source;

#[test]
fn a_statement_is_read() {
    let read = all(
        Source::Flink,
        "SET 'execution.runtime-mode' = 'batch'; -- CREATE CATALOG no WITH ('type'='iceberg')\n\
         CREATE CATALOG `lake` WITH (\n  'type'='iceberg', 'catalog-type' = 'rest',\n  \
         'uri'='http://user:pass@localhost:8181/?x=1',\n  'warehouse'='it''s',\n  'rest.auth.type'='basic',\n  \
         'rest.auth.basic.username'='u',\n  'header.Authorization'='Bearer to-ken-value',\n  'clients'='5',\n  \
         'prefix'='x', 's3.endpoint'='http://minio:9000'\n);\n\
         CREATE CATALOG hive WITH ('type'='iceberg','catalog-type'='hive','uri'='thrift://localhost:9083');\n",
    );
    let found = &read.found[0];
    assert_eq!(
        lines(found),
        [
            "name = lake",
            "url = http://localhost:8181",
            "warehouse = it's",
            "auth.type = bearer",
            "auth.token = to-ken-value",
        ]
    );
    assert_eq!(
        left(found),
        [
            "uri: was taken without its user, password or query, which do not belong into an address",
            "rest.auth.type: is a way to sign in that Crowsnest does not have: it takes a token, a client or AWS keys",
            "rest.auth.basic.username: is a way to sign in that Crowsnest does not have: it takes a token, a client or AWS keys",
            "clients: is about the program itself",
            "prefix: is about the program itself",
            "s3.endpoint: is about the object store, which Crowsnest does not open",
        ]
    );
    assert_eq!(read.left[0].key, "hive");
}
