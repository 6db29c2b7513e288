//! Two people at once on catalogs that are called as each of them, and on one that is not: nothing of one reaches the
//! other.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use backend::Acts;
use futures_util::{StreamExt, stream};

use super::{Browser, lake::Lake, provider::Provider};
use crate::support::team;

/// Requests, and how many of them at once.
const ALL: usize = if cfg!(debug_assertions) {
    2_000
} else {
    10_000
};
const AT_ONCE: usize = 64;
const PEOPLE: [&str; 2] = ["ada", "bob"];
const LIST: &str = "ask%5Bfilter%5D=&ask%5Bdescending%5D=false&ask%5Bstart%5D=0&ask%5Bcount%5D=9&ask%5Bfigures%5D=page";

/// What is asked of a connection.
fn paths(connection: &str) -> [String; 6] {
    let place = |path: &str| {
        let path = format!("/c/{connection}{path}");
        let path: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
        format!("place={path}&filter=&search=&page=1&fresh=false")
    };
    let table = place("/t/overview?ns=ns&t=orders");
    [
        format!("/api/table?{table}"),
        format!("/api/table_properties?{table}"),
        format!("/api/table_raw?{table}"),
        format!("/api/namespace?{}", place("/ns?ns=ns")),
        format!("/api/names?{}&kind=tables&{LIST}", place("/ns?ns=ns")),
        format!("/api/names?{}&kind=namespaces&{LIST}", place("")),
    ]
}

async fn signed_in(console: &Router) -> Vec<Browser<'_>> {
    let mut browsers = Vec::new();
    for person in PEOPLE {
        let mut browser = Browser::new(console);
        browser.sign_in_at_provider(person).await;
        let token = format!("token-of-{person}");
        let own = [("access_token", token.as_str())];
        let to = "/sign-in/catalog?connection=own";
        let answer = browser.post(to, &own).await;
        assert!(answer.status.is_redirection(), "{}", answer.body);
        browsers.push(browser);
    }
    browsers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_of_two_people_at_once_show_each_what_is_theirs() {
    let (provider, lake) = (Provider::new().await, Lake::new().await);
    let other = Lake::new().await;
    let specs = vec![
        lake.spec("own", Acts::Person(None)),
        lake.spec("passed", Acts::PassedOn),
        other.exchanged("exchanged"),
        other.shared("shared"),
    ];
    let (console, _) = team(&provider.settings(), specs).await;
    let people = signed_in(&console).await;
    let connections = ["own", "passed", "exchanged", "shared"];
    let paths: Vec<(bool, String)> = connections
        .iter()
        .flat_map(|name| paths(name).map(|path| (*name == "shared", path)))
        .collect();
    // The same order each time.
    let mut seed = 0x5eed_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let asked: Vec<(usize, usize)> = (0..ALL).map(|_| (next(2), next(paths.len() + 1))).collect();
    let shown = AtomicUsize::new(0);
    let asking = asked.iter().enumerate().map(|(at, &(person, which))| {
        let (browser, paths, shown) = (&people[person], &paths, &shown);
        async move {
            let (own, others) = (PEOPLE[person], PEOPLE[1 - person]);
            let (is_shared, path) = match paths.get(which) {
                // Pages take longer, so that they are fewer.
                None if at % 20 == 0 => (false, "/c/passed/t/overview?ns=ns&t=orders"),
                None => (false, "/api/search?ask=q%3Dorders"),
                Some((is_shared, path)) => (*is_shared, path.as_str()),
            };
            let body = browser.get(path).await.body;
            for mark in [
                "ns_of_",
                "orders_of_",
                "table_of_",
                "column_of_",
                "property_of_",
            ] {
                let theirs = format!("{mark}{others}");
                assert!(!body.contains(&theirs), "{own} is shown {theirs}: {path}");
            }
            let has = match is_shared {
                true => body.contains("_of_all"),
                false => body.contains(&format!("_of_{own}")),
            };
            shown.fetch_add(usize::from(has), Ordering::Relaxed);
            // A search may still be reading.
            assert!(
                has || which == paths.len(),
                "{own} is not shown what is theirs: {path} {body}"
            );
        }
    });
    stream::iter(asking)
        .buffer_unordered(AT_ONCE)
        .for_each(|()| async {})
        .await;
    assert!(shown.load(Ordering::Relaxed) > ALL * 9 / 10);
    for token in [lake.tokens(), other.tokens()].concat() {
        let known = ["token-of-", "access-", "exchanged-"];
        assert!(known.iter().any(|kind| token.starts_with(kind)), "{token}");
    }
}
