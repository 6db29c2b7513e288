//! What a page gives up waiting for is there when it is asked for again, and the catalog was asked once.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use sample_catalog::{Dialect, Options};
use tokio::{sync::watch, task::JoinSet};

use crate::support::{AS_ROOT, NOT_YET, OFTEN, ask, connection, console, get, request};

/// A catalog that answers nothing but its configuration and tokens until it is told to.
#[derive(Clone, Default)]
struct Slow {
    answers: Arc<watch::Sender<bool>>,
    calls: Arc<Mutex<BTreeMap<String, usize>>>,
}

async fn hold(State(slow): State<Slow>, request: Request, next: Next) -> Response {
    let call = format!("{} {}", request.method(), request.uri());
    if !call.contains("/v1/config") && !call.contains("/oauth/tokens") {
        *slow.calls.lock().unwrap().entry(call).or_default() += 1;
        let mut answers = slow.answers.subscribe();
        answers.wait_for(|answers| *answers).await.unwrap();
    }
    next.run(request).await
}

async fn over(dialect: Dialect, path: &str, lines: &str) -> (Router, Slow) {
    let slow = Slow::default();
    let catalog = sample_catalog::router(Options {
        dialect,
        ..Options::default()
    });
    let catalog = catalog.layer(from_fn_with_state(slow.clone(), hold));
    (console(&connection(catalog, path, lines).await), slow)
}

/// Asks for a page, lets the catalog answer, and asks as a person does who reloads: it shows `expected`.
async fn arrives((console, slow): (Router, Slow), page: &str, expected: &str) {
    let reload = async || {
        let headers = [("cache-control", "max-age=0")];
        ask(&console, request("GET", page, &headers)).await.body
    };
    let first = reload().await;
    assert!(first.contains(NOT_YET), "{page}: {first}");
    slow.answers.send_replace(true);
    let mut shown = reload().await;
    for _ in 0..OFTEN {
        if !shown.contains(NOT_YET) {
            break;
        }
        shown = reload().await;
    }
    assert!(shown.contains(expected), "{page}: {shown}");
    for (call, times) in slow.calls.lock().unwrap().iter() {
        assert_eq!(*times, 1, "{page}: {call}");
    }
}

async fn polaris(page: &str, expected: &str) {
    let lines = format!("kind = \"polaris\"\nwarehouse = \"lakehouse\"\n{AS_ROOT}");
    let over = over(Dialect::Polaris, "/api/catalog", &lines).await;
    arrives(over, &format!("/c/p/{page}"), expected).await;
}

/// Each page of a Polaris, with what stands on it.
async fn all_arrive<const N: usize>(pages: [(&'static str, &'static str); N]) {
    let pages = pages.into_iter();
    let all: JoinSet<()> = pages
        .map(|(page, expected)| polaris(page, expected))
        .collect();
    all.join_all().await;
}

#[tokio::test]
async fn objects_of_access_control_arrive() {
    let pages = [
        ("principals", "trino_bi"),
        ("principal?name=trino_bi", "trino_bi"),
        ("principal?name=nobody", "There is no principal"),
        ("principal-roles", "analysts"),
        ("principal-role?name=analysts", "analysts"),
        ("catalogs", "lakehouse"),
        ("catalog?w=lakehouse", "catalog_admin"),
        ("catalog-roles?w=lakehouse", "catalog_admin"),
        ("catalog-role?w=lakehouse&name=reader", "reader"),
        ("grants", "lakehouse"),
        ("grants?w=lakehouse", "catalog_admin"),
        ("grants?role=reader&w=lakehouse", "reader"),
        (
            "onboard?w=lakehouse&principal=new_svc&preset=reader&step=review",
            "new_svc",
        ),
    ];
    all_arrive(pages).await;
}

#[tokio::test]
async fn objects_of_a_namespace_arrive() {
    let pages = [
        ("policies?w=lakehouse&ns=sales", "compact_orders"),
        (
            "policy?w=lakehouse&ns=sales&name=compact_orders",
            "compact_orders",
        ),
        ("generic-tables?w=lakehouse&ns=sales", "generic-table-new"),
        (
            "generic-table?w=lakehouse&ns=sales&name=none",
            "There is no generic table",
        ),
        ("v/overview?ns=sales&v=revenue_by_day", "revenue_by_day"),
        ("v/sql?ns=sales&v=revenue_by_day", "SELECT"),
        ("v/schema?ns=sales&v=revenue_by_day", "day"),
        ("v/versions?ns=sales&v=revenue_by_day", "Version"),
        ("v/properties?ns=sales&v=revenue_by_day", "Properties"),
        ("v/overview?ns=sales&v=none", "There is no view"),
        ("t/overview?ns=sales&t=orders", "s3://"),
        ("ns?ns=sales", "orders"),
        ("ns?ns=sales&tab=properties", "owner"),
        ("open?name=sales.orders", "orders"),
    ];
    all_arrive(pages).await;
}

#[tokio::test]
async fn commits_arrive() {
    let over = over(Dialect::Nessie, "/iceberg", "kind = \"nessie\"").await;
    arrives(over, "/c/p/t/history?ns=sales&t=orders", "main").await;
}

#[tokio::test]
async fn a_late_page_says_what_it_waits_for() {
    let lines = format!("kind = \"polaris\"\nwarehouse = \"lakehouse\"\n{AS_ROOT}");
    let (console, _slow) = over(Dialect::Polaris, "/api/catalog", &lines).await;
    for (path, words) in [
        ("ns?ns=sales", "the table list of sales in p"),
        (
            "t/overview?ns=sales&t=orders",
            "the table sales.orders in p",
        ),
        ("principals", "principals of p"),
    ] {
        let page = ask(&console, get(&format!("/c/p/{path}"))).await.body;
        assert!(page.contains(&format!("Waiting for {words}, ")), "{page}");
    }
}
