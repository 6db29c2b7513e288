use super::{all, left, lines};
use connection::Source;

#[test]
fn what_reads_the_server_is_left() {
    let read = all(
        Source::Crowsnest,
        r#"
listen = "127.0.0.1:3000"

[[connection]]
name = "polaris"
kind = "polaris"
url = "https://polaris.example.com/api/catalog"
headers = { Polaris-Realm = "POLARIS" }
read_only = true
ca_file = "/etc/ssl/polaris.pem"
warehose = "lake"
[connection.auth]
type = "oauth2"
client_id = "crowsnest"
client_secret_file = "/run/secrets/polaris"
scope = "PRINCIPAL_ROLE:ALL"
region = "eu-west-1"

[[connection]]
name = "glue"
url = "https://glue.eu-west-1.amazonaws.com/iceberg"
[connection.auth]
type = "sigv4"
credentials = "ambient"
region = 5
"#,
    );
    assert_eq!(
        lines(&read.found[0]),
        [
            "name = polaris",
            "kind = polaris",
            "url = https://polaris.example.com/api/catalog",
            "headers = {\"Polaris-Realm\":\"POLARIS\"}",
            "read_only = true",
            "auth.type = oauth2",
            "auth.client_id = crowsnest",
            "auth.scope = PRINCIPAL_ROLE:ALL",
        ]
    );
    let server = "reads files, variables or an identity of the server: that can stand in crowsnest.toml only";
    let mut all = left(&read.found[0]);
    all.sort();
    assert_eq!(
        all,
        [
            format!("auth.client_secret_file: {server}"),
            "auth.region: has no meaning for sign-in of type oauth2".to_owned(),
            format!("ca_file: {server}"),
            "warehose: is not known: warehouse may be meant".to_owned(),
        ]
    );
    assert_eq!(read.found[1].name, "glue");
    assert_eq!(
        left(&read.found[1]),
        [
            format!("auth.credentials: {server}"),
            "auth.region: is not a value of its kind".to_owned(),
        ]
    );
    assert_eq!(read.left[0].key, "listen");
}
