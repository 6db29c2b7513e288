//! S3 Tables: requests signed by botocore and by AWS' own library are let in, and no others.

mod support;

use sample_catalog::{Dialect, SampleAuth, connections};
use support::{send, server};

#[path = "replay/signing.rs"]
mod signing;

use signing::Signing;

const TABLES: &str = "/iceberg/v1/arn%3Aaws%3As3tables%3Aeu-central-1%3A111122223333%3Abucket%2Flakehouse/namespaces/sales/tables?pageToken=&pageSize=2";

async fn status(signing: &Signing, path: &str) -> u16 {
    let headers = signing.headers("GET", path, "");
    let headers: Vec<_> = headers
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    send(&server(Dialect::S3Tables), "GET", path, &headers, "")
        .await
        .status
}

#[tokio::test]
async fn a_path_is_encoded_twice() {
    assert_eq!(status(&Signing::right(), TABLES).await, 200);
    assert_eq!(
        status(
            &Signing {
                path_twice: false,
                ..Signing::right()
            },
            TABLES
        )
        .await,
        403
    );
    assert_eq!(
        status(
            &Signing {
                service: "s3".into(),
                path_twice: false,
                ..Signing::right()
            },
            TABLES
        )
        .await,
        200
    );
}

#[tokio::test]
async fn only_the_right_key_region_and_service_get_in() {
    let wrong = |change: fn(&mut Signing)| {
        let mut signing = Signing::right();
        change(&mut signing);
        signing
    };
    assert_eq!(
        status(&wrong(|signing| signing.secret = "x".into()), TABLES).await,
        403
    );
    assert_eq!(
        status(
            &wrong(|signing| signing.access_key_id = "AKIAX".into()),
            TABLES
        )
        .await,
        403
    );
    assert_eq!(
        status(
            &wrong(|signing| signing.region = "us-east-1".into()),
            TABLES
        )
        .await,
        403
    );
    assert_eq!(
        status(
            &wrong(|signing| signing.service = "execute-api".into()),
            TABLES
        )
        .await,
        501
    );
    let unsigned = send(&server(Dialect::S3Tables), "GET", TABLES, &[], "").await;
    assert_eq!(
        (unsigned.status, unsigned.json()["error"]["code"].as_u64()),
        (403, Some(403))
    );
}

#[tokio::test]
async fn a_changed_body_is_noticed() {
    let path = "/iceberg/v1/arn%3Aaws%3As3tables%3Aeu-central-1%3A111122223333%3Abucket%2Flakehouse/namespaces";
    let body = r#"{"namespace":["fresh"]}"#;
    let signed = Signing::right().headers("POST", path, body);
    let mut headers: Vec<_> = signed
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    headers.push(("content-type", "application/json"));
    let server = server(Dialect::S3Tables);
    assert_eq!(
        send(
            &server,
            "POST",
            path,
            &headers,
            r#"{"namespace":["other"]}"#
        )
        .await
        .status,
        400
    );
    assert_eq!(
        send(&server, "POST", path, &headers, body).await.status,
        200
    );
}

#[test]
fn the_sample_publishes_its_key() {
    let auth = connections("http://127.0.0.1:1")
        .into_iter()
        .find(|one| one.dialect == Dialect::S3Tables)
        .map(|one| one.auth);
    assert!(matches!(auth, Some(SampleAuth::SigV4 { region, .. }) if region == "eu-central-1"));
}
