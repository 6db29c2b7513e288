use super::{all, left, lines, only};
use connection::Source;

#[test]
fn every_profile_is_a_connection() {
    let read = all(
        Source::Polaris,
        r#"{
  "dev": { "client_id": "root", "client_secret": "s3cr3t!", "host": "localhost", "port": "8181",
    "realm": "POLARIS", "header": "Polaris-Realm" },
  "prod": { "client_id": "id", "client_secret": "s", "host": "https://polaris.example.com", "port": 443,
    "realm": "", "header": "Polaris-Realm", "color": "blue" }
}"#,
    );
    assert_eq!(
        lines(&read.found[0]),
        [
            "name = dev",
            "kind = polaris",
            "url = http://localhost:8181/api/catalog",
            "headers = {\"Polaris-Realm\":\"POLARIS\"}",
            "auth.type = oauth2",
            "auth.client_id = root",
            "auth.client_secret = s3cr3t!",
            "auth.scope = PRINCIPAL_ROLE:ALL",
        ]
    );
    assert_eq!(
        lines(&read.found[1])[..3],
        [
            "name = prod",
            "kind = polaris",
            "url = https://polaris.example.com/api/catalog",
        ]
    );
    assert_eq!(left(&read.found[1]), ["color: is not known"]);
}

#[test]
fn the_file_before_profiles_is_one() {
    let found = only(
        Source::Polaris,
        r#"{"client_id": "root", "client_secret": "s", "host": "polaris.example.com", "port": 8181}"#,
    );
    assert_eq!(found.name, "polaris.example.com");
}
