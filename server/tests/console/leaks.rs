//! Follows the links of the console over the sample catalogs, whose answers hold marked secrets.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::support::{ask, get, sample_console};
use sample_catalog::SampleAuth;

/// Pages of one kind that are opened for each connection.
const OF_A_KIND: usize = 2;

#[tokio::test]
async fn no_page_shows_a_secret_or_fails() {
    let console = sample_console().await;
    let secrets = secrets();
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut seen = BTreeSet::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(address) = waiting.pop_front() {
        let answer = ask(&console, get(&address)).await;
        assert!(
            answer.status.as_u16() < 500 || address.contains("err"),
            "{} for {address}",
            answer.status
        );
        for secret in &secrets {
            assert!(
                !answer.body.contains(secret.as_str()),
                "{address} shows {secret}"
            );
            let headers = format!("{:?}", answer.headers);
            assert!(
                !headers.contains(secret.as_str()),
                "a header of {address} shows {secret}"
            );
        }
        for link in links(&answer.body) {
            let kind = link.split('?').next().unwrap_or_default().to_owned();
            let count = kinds.entry(kind).or_default();
            if *count < OF_A_KIND && seen.insert(link.clone()) {
                *count += 1;
                waiting.push_back(link);
            }
        }
    }
    for connection in sample_catalog::connections("http://sample") {
        for page in ["ns", "t/overview", "t/schema", "t/metadata.json"] {
            let kind = format!("/c/{}/{page}", connection.name);
            assert!(kinds.contains_key(&kind), "no link led to {kind}");
        }
    }
}

/// What the samples mark, and the credentials they are called with.
fn secrets() -> Vec<String> {
    let mut secrets = vec!["CANARY-".to_owned()];
    for connection in sample_catalog::connections("http://sample") {
        secrets.extend(match connection.auth {
            SampleAuth::None => None,
            SampleAuth::Bearer { token } => Some(token),
            SampleAuth::OAuth2 { client_secret, .. } => Some(client_secret),
            SampleAuth::SigV4 {
                secret_access_key, ..
            } => Some(secret_access_key),
        });
    }
    secrets
}

/// Addresses of the console that a page links to, but for those that are slow on purpose.
fn links(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|link| link.replace("&amp;", "&"))
        .filter(|link| link.starts_with("/c/"))
        .filter(|link| {
            !["slow", "stall", "huge"]
                .iter()
                .any(|fault| link.contains(fault))
        })
        .collect()
}
