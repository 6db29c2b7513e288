use destination::{Secrets, fields};

use super::*;

const GOLDEN: [&str; 7] = [
    include_str!("../../../destination/tests/golden/generic.json"),
    include_str!("../../../destination/tests/golden/lakekeeper.json"),
    include_str!("../../../destination/tests/golden/nessie.json"),
    include_str!("../../../destination/tests/golden/s3tables.json"),
    include_str!("../../../destination/tests/golden/unity_token.json"),
    include_str!("../../../destination/tests/golden/unity_oauth2.json"),
    include_str!("../../../destination/tests/golden/polaris.json"),
];

/// Through the address and back, then the secrets as they are typed last.
fn through_the_address(file: &Destination) -> Destination {
    let address = Draft::imported(file.clone()).query().to_string();
    let mut read = Draft::read(&Query::parse(&address)).unwrap().file;
    for entry in file.entries() {
        if let Some(secret) = file.secret(&entry.key) {
            assert!(entry.key == keys::CREDENTIAL || !address.contains(secret.expose()));
            read.set(&entry.key, secret.expose());
        }
    }
    read
}

#[test]
fn every_published_example_survives_the_address() {
    for golden in GOLDEN {
        let file = Destination::import(golden.as_bytes()).unwrap();
        assert_eq!(through_the_address(&file).render(Secrets::Include), golden);
    }
}

#[test]
fn no_secret_enters_an_address() {
    for kind in Kind::ALL {
        for auth in kind.auth_modes() {
            let mut draft = Draft::new(Destination::new(kind, *auth, Target::Classic));
            for field in fields(kind, *auth, Target::Classic) {
                draft.set(
                    field.key,
                    if field.secret {
                        "id:CANARY"
                    } else {
                        "http://u:CANARY@h/"
                    },
                );
            }
            assert!(!draft.query().to_string().contains("CANARY"));
        }
    }
}

#[test]
fn no_secret_is_taken_from_an_address() {
    let draft = Draft::read(&Query::parse("?catalog=unity&token=t&aws_secret_key=s")).unwrap();
    assert!(!draft.file.is_set(keys::TOKEN));
    assert!(!draft.file.is_set(keys::SECRET_KEY));
}

#[test]
fn what_was_filled_in_follows_and_what_was_typed_stays() {
    let query =
        Query::parse("?catalog=s3-tables&aws_region=eu-west-1&account=123456789012&bucket=lake");
    let mut draft = Draft::read(&query).unwrap();
    assert_eq!(
        draft.file.text(keys::URL),
        "https://s3tables.eu-west-1.amazonaws.com/iceberg"
    );
    assert_eq!(
        draft.file.text(keys::WAREHOUSE),
        "arn:aws:s3tables:eu-west-1:123456789012:bucket/lake"
    );
    draft.set(keys::SIGNING_REGION, "us-east-1");
    draft.set(keys::REGION, "eu-central-1");
    draft.left(keys::REGION);
    assert_eq!(
        draft.file.text(keys::URL),
        "https://s3tables.eu-central-1.amazonaws.com/iceberg"
    );
    assert_eq!(
        draft.file.text(keys::WAREHOUSE),
        "arn:aws:s3tables:eu-central-1:123456789012:bucket/lake"
    );
    assert_eq!(draft.file.text(keys::SIGNING_REGION), "us-east-1");
}

#[test]
fn a_field_may_be_emptied() {
    let mut draft = Draft::read(&Query::parse(
        "?catalog=polaris&rest_catalog_url=http%3A%2F%2Fp%3A8181%2Fapi%2Fcatalog",
    ))
    .unwrap();
    assert_eq!(draft.file.text(keys::SCOPE), "PRINCIPAL_ROLE:ALL");
    draft.set(keys::SCOPE, "");
    draft.left(keys::SCOPE);
    assert_eq!(draft.file.text(keys::SCOPE), "");
}

#[test]
fn an_emptied_field_stays_empty_after_a_reload() {
    let mut draft = Draft::read(&Query::parse(
        "?catalog=polaris&rest_catalog_url=http%3A%2F%2Fp%3A8181%2Fapi%2Fcatalog",
    ))
    .unwrap();
    draft.set(keys::SCOPE, "");
    let mut draft = Draft::read(&draft.query()).unwrap();
    assert_eq!(draft.file.text(keys::SCOPE), "");
    draft.set(keys::SCOPE, "PRINCIPAL_ROLE:olake");
    let draft = Draft::read(&draft.query()).unwrap();
    assert_eq!(draft.file.text(keys::SCOPE), "PRINCIPAL_ROLE:olake");
}

#[test]
fn what_was_filled_in_still_follows_after_a_reload() {
    let draft = Draft::read(&Query::parse("?catalog=s3-tables&aws_region=eu-west-1")).unwrap();
    let mut draft = Draft::read(&draft.query()).unwrap();
    draft.set(keys::REGION, "eu-central-1");
    draft.left(keys::REGION);
    assert_eq!(
        draft.file.text(keys::URL),
        "https://s3tables.eu-central-1.amazonaws.com/iceberg"
    );
}

#[test]
fn an_older_address_of_the_same_draft_gets_its_secrets_back() {
    let address = Query::parse("?catalog=polaris&client_id=olake");
    let mut typed = Draft::read(&address).unwrap();
    typed.set_client("olake", "CANARY");
    typed.set(keys::SECRET_KEY, "CANARY");
    let again = Draft::read(&address).unwrap().with_secrets_of(&typed);
    assert_eq!(again.client_secret(), "CANARY");
    assert_eq!(again.client_id(), "olake");
    assert!(again.file.is_set(keys::SECRET_KEY));
    let other = Draft::read(&Query::parse("?catalog=unity")).unwrap();
    assert!(!other.with_secrets_of(&typed).file.is_set(keys::SECRET_KEY));
}

#[test]
fn a_file_that_no_address_can_describe_is_restored() {
    let text = r#"{"type": "ICEBERG", "writer": {"catalog_type": "glue", "iceberg_s3_path": "s3://lake"}}"#;
    let file = Destination::import(text.as_bytes()).unwrap();
    let query = Draft::imported(file.clone()).query();
    assert_eq!(query.to_string(), "?catalog=other");
    assert_eq!(Draft::read(&query), None);
    let restored = Draft::restored(&query, file.clone()).unwrap();
    assert_eq!((&restored.file, restored.query()), (&file, query));
    assert_eq!(Draft::restored(&Query::default(), file), None);
}

#[test]
fn blanks_around_a_value_are_gone_once_it_is_left() {
    let mut draft =
        Draft::read(&Query::parse("?catalog=polaris&iceberg_s3_path=%20lake%20")).unwrap();
    assert_eq!(draft.file.text(keys::WAREHOUSE), "lake");
    draft.set(keys::URL, " http://polaris:8181/api/catalog ");
    draft.left(keys::URL);
    assert_eq!(
        draft.file.text(keys::OAUTH_URL),
        "http://polaris:8181/api/catalog/v1/oauth/tokens"
    );
}

#[test]
fn a_whole_credential_in_the_secret_is_taken_apart() {
    let mut draft = Draft::read(&Query::parse("?catalog=polaris&client_id=olake")).unwrap();
    draft.set_client("olake", "olake:hush");
    assert_eq!(
        (draft.client_id(), draft.client_secret()),
        ("olake".to_owned(), "hush".to_owned())
    );
}

#[test]
fn a_secret_in_the_wrong_input_stays_out_of_the_address() {
    let mut draft = Draft::read(&Query::parse("?catalog=generic")).unwrap();
    draft.set(keys::REGION, "wJalrXUtnFEMIK7MDENGbPxRfiCANARYKEY0ab");
    assert!(!draft.query().to_string().contains("CANARY"));
}

#[test]
fn another_catalog_keeps_what_both_know() {
    let mut draft = Draft::read(&Query::parse(
        "?catalog=lakekeeper&auth=none&rest_catalog_url=http%3A%2F%2Fh%3A8181%2Fcatalog&iceberg_s3_path=lake&olake=1.1",
    ))
    .unwrap();
    draft.set_kind(Kind::Polaris);
    let again = Draft::read(&draft.query()).unwrap();
    assert_eq!(again.file.kind(), Some(Kind::Polaris));
    assert_eq!(again.file.auth(), Auth::OAuth2);
    assert_eq!(again.file.text(keys::WAREHOUSE), "lake");
    assert_eq!(again.file.release(), Release::V1_1_1);
}
