//! Follows the links of the console over the sample catalogs, whose answers hold marked secrets.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::support::{ask, get, sample_console};
use sample_catalog::SampleAuth;

/// Pages of one kind that are opened for each connection.
const OF_A_KIND: usize = 2;

#[tokio::test]
async fn no_page_shows_a_secret_or_fails() {
    let pages = crawl().await;
    for secret in secrets() {
        assert_eq!(shows(&pages, &secret), None, "{secret}");
    }
    for connection in sample_catalog::connections("http://sample") {
        for page in ["ns", "t/overview", "t/schema", "t/metadata.json"] {
            let kind = format!("/c/{}/{page}?", connection.name);
            let found = pages.keys().any(|address| address.starts_with(&kind));
            assert!(found, "no link led to {kind}");
        }
    }
    // What stands only deep in them, in a page's text and in the answer's headers, is found.
    for planted in ["table-uuid", "metadata.json", "frame-ancestors"] {
        assert!(shows(&pages, planted).is_some(), "{planted}");
        assert!(
            shows(&pages, &planted.to_uppercase()).is_some(),
            "{planted}"
        );
    }
}

/// The address of an answer that holds `secret`, as it is or encoded.
fn shows<'a>(pages: &'a BTreeMap<String, String>, secret: &str) -> Option<&'a str> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let forms = [secret, &hex, &percent].map(str::to_lowercase);
    pages
        .iter()
        .find(|(_, text)| forms.iter().any(|form| text.contains(form)))
        .map(|(address, _)| address.as_str())
}

/// Headers and bodies in lower case, by address.
async fn crawl() -> BTreeMap<String, String> {
    let console = sample_console().await;
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut seen = BTreeSet::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = BTreeMap::new();
    while let Some(address) = waiting.pop_front() {
        let answer = ask(&console, get(&address)).await;
        assert!(
            answer.status.as_u16() < 500 || address.contains("err"),
            "{} for {address}",
            answer.status
        );
        for link in links(&answer.body) {
            let kind = link.split('?').next().unwrap_or_default().to_owned();
            let count = kinds.entry(kind).or_default();
            if *count < OF_A_KIND && seen.insert(link.clone()) {
                *count += 1;
                waiting.push_back(link);
            }
        }
        let text = format!("{:?}\n{}", answer.headers, answer.body);
        pages.insert(address, text.to_lowercase());
    }
    pages
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
