//! The name of an AWS host says what is signed for it, and where.

use destination::{Destination, Rule, lint};

/// What is found of a file with this address and these keys, and the keys of the file once it is mended.
fn judged(url: &str, more: &str) -> (Vec<Rule>, Destination) {
    let text = super::people::written(&format!(
        "\"catalog_type\": \"rest\", \"rest_catalog_url\": \"{url}\", \"iceberg_s3_path\": \"123456789012\", \"iceberg_db\": \"raw\"{more}"
    ));
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    let found = lint(&file).into_iter().map(|finding| finding.rule);
    (found.collect(), file.fixed().0)
}

const HOSTS: [(&str, &str); 6] = [
    ("glue.eu-west-1.amazonaws.com", "eu-west-1"),
    ("glue-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
    ("glue.us-east-1.api.aws", "us-east-1"),
    ("glue-fips.us-east-1.api.aws", "us-east-1"),
    ("glue.cn-north-1.amazonaws.com.cn", "cn-north-1"),
    (
        "vpce-0ab1-cd2e-eu-west-1a.glue.eu-west-1.vpce.amazonaws.com",
        "eu-west-1",
    ),
];

#[test]
fn service_and_region_are_taken_from_the_host() {
    for (host, region) in HOSTS {
        let url = format!("https://{host}/iceberg");
        let (found, mended) = judged(&url, ", \"rest_signing_v_4\": true");
        assert!(found.contains(&Rule::NoSigningName), "{host} {found:?}");
        assert!(found.contains(&Rule::NoSigningRegion), "{host} {found:?}");
        assert_eq!(mended.text("rest_signing_name"), "glue", "{host}");
        assert_eq!(mended.text("rest_signing_region"), region, "{host}");
        assert_eq!(mended.text("rest_catalog_url"), url, "{host}");
    }
}

#[test]
fn another_service_or_region_than_that_of_the_host_is_wrong() {
    for (host, region) in HOSTS {
        let (found, mended) = judged(
            &format!("https://{host}/iceberg"),
            ", \"rest_signing_v_4\": true, \"rest_signing_name\": \"execute-api\", \"rest_signing_region\": \"ap-south-1\"",
        );
        assert!(found.contains(&Rule::SigningName), "{host} {found:?}");
        assert!(found.contains(&Rule::Regions), "{host} {found:?}");
        assert_eq!(mended.text("rest_signing_name"), "glue", "{host}");
        assert_eq!(mended.text("rest_signing_region"), region, "{host}");
    }
}

#[test]
fn who_always_wants_signatures_is_not_asked_without() {
    let (found, mended) = judged("https://glue.eu-west-1.amazonaws.com/iceberg", "");
    assert!(found.contains(&Rule::SigningOff), "{found:?}");
    assert!(mended.is_true("rest_signing_v_4"));
}

#[test]
fn names_of_other_hosts_say_nothing() {
    let signed = ", \"rest_signing_v_4\": true, \"rest_signing_region\": \"eu-west-1\"";
    // Iceberg signs for a gateway by itself.
    let (found, _) = judged(
        "https://ab12.execute-api.eu-west-1.amazonaws.com/iceberg",
        signed,
    );
    assert!(!found.contains(&Rule::NoSigningName), "{found:?}");
    for url in [
        "https://glue.example.com/iceberg",
        "https://glue.eu-west-1.evilamazonaws.com/iceberg",
        "http://localstack:4566/iceberg",
    ] {
        let (found, mended) = judged(url, signed);
        assert!(found.contains(&Rule::NoSigningName), "{url} {found:?}");
        assert!(!mended.is_set("rest_signing_name"), "{url}");
        let (found, _) = judged(url, "");
        assert!(!found.contains(&Rule::SigningOff), "{url} {found:?}");
    }
}
