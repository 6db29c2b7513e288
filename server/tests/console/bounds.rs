//! What an address or a form may cost: the largest that is legal, and what is refused before it costs.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Json, Router, extract::Request, http::StatusCode, middleware::map_request};
use model::page::Page;
use sample_catalog::{Dialect, Options};
use serde_json::json;
use server::page_paths;

use crate::support::{AS_ROOT, ask, connection, console, get, post_text, team};

const ADDRESS: usize = 8 * 1024;
/// Bytes of a page. Each link of a line repeats the address.
const PAGE: usize = 2 * 1024 * 1024;
/// Calls for a page: a list for each of 100 open branches, and what the page itself is about.
const CALLS: usize = 120;

const STEPS: [&str; 6] = ["choose", "import", "prepare", "form", "check", "review"];

/// A console over a sample Polaris whose calls are counted.
async fn polaris() -> (Router, Arc<AtomicUsize>) {
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = calls.clone();
    let count = map_request(move |request: Request| {
        counter.fetch_add(1, Ordering::SeqCst);
        async { request }
    });
    let catalog = sample_catalog::router(Options {
        dialect: Dialect::Polaris,
        ..Options::default()
    });
    let lines = format!("kind = \"polaris\"\nwarehouse = \"lakehouse\"\n{AS_ROOT}");
    let settings = connection(catalog.layer(count), "/api/catalog", &lines).await;
    (team(&settings, Vec::new()).await.0, calls)
}

/// The path of every page there is.
fn paths() -> Vec<String> {
    let tabs = Page::all().filter(|page| matches!(page, Page::Table(_) | Page::View(_)));
    let tabs = tabs.map(|page| format!("/c/p{page}"));
    let others = page_paths().filter(|path| !path.contains("{tab}"));
    let filled = others.flat_map(|path| {
        let path = path
            .replace("{connection}", "p")
            .replace("connections/{form}", "connections/new");
        let steps: &[&str] = match path.contains("{step}") {
            true => &STEPS,
            false => &[""],
        };
        let fill = move |step: &&str| path.replace("{step}", step);
        steps.iter().map(fill).collect::<Vec<_>>()
    });
    let paths: Vec<String> = tabs.chain(filled).collect();
    assert!(
        paths.len() > 50 && paths.iter().all(|path| !path.contains('{')),
        "{paths:?}"
    );
    paths
}

/// As many of `pairs` as an address holds, whole rounds of them.
fn full(mut address: String, pairs: &str) -> String {
    while address.len() + pairs.len() <= ADDRESS {
        address += pairs;
    }
    address
}

fn deepest(path: &str) -> String {
    let level = "n".repeat((ADDRESS - path.len()) / 64 - "&ns=".len() - 1);
    full(format!("{path}?w=lakehouse"), &format!("&ns={level}"))
}

fn widest(path: &str) -> String {
    full(
        format!("{path}?w=lakehouse&ns=sales&t=orders&v=revenue_by_day&name=analysts&role=reader"),
        "&open=%2Fsales&open=%2Fx%2Fy&more=%2F&shut=%2Fsales&snapshot=1&privilege=TABLE_DROP",
    )
}

#[tokio::test]
async fn the_largest_address_costs_what_its_page_shows() {
    let (console, calls) = polaris().await;
    let (mut largest, mut most) = (0, 0);
    for path in paths() {
        for address in [deepest(&path), widest(&path)] {
            let before = calls.load(Ordering::SeqCst);
            let page = ask(&console, get(&address)).await;
            let made = calls.load(Ordering::SeqCst) - before;
            assert!(page.body.contains("<main"), "{path}: {}", page.body);
            assert_ne!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            largest = largest.max(page.body.len());
            most = most.max(made);
            assert!(page.body.len() <= PAGE, "{path}: {} bytes", page.body.len());
            assert!(made <= CALLS, "{path}: {made} calls");
        }
    }
    println!("largest page {largest} bytes, most calls {most}");
}

#[tokio::test]
async fn a_long_address_is_not_repeated_in_a_thousand_lines() {
    let catalog = Router::new().fallback(async |request: Request| {
        let names: Vec<_> = (0..5_000).map(|number| [format!("n{number:05}")]).collect();
        Json(match request.uri().path() {
            "/v1/namespaces" => json!({"namespaces": names}),
            _ => json!({"defaults": {}, "overrides": {}, "identifiers": [], "namespace": ["a"]}),
        })
    });
    let console = console(&connection(catalog, "", "kind = \"generic\"").await);
    let all = format!("/c/p/ns?{}", "more=%2F&".repeat(9));
    let short = ask(&console, get(&all)).await.body;
    assert_eq!(short.matches("role=\"treeitem\"").count(), 1_000);
    for pair in ["a=b&", "shut=/x&", "open=/x&", "q=///////&"] {
        let pairs = pair.repeat(((ADDRESS - all.len()) / pair.len()).min(1_000));
        let page = ask(&console, get(&format!("{all}{pairs}"))).await.body;
        assert!(page.contains("n00000"), "{page}");
        assert!(page.len() <= PAGE, "{pair}: {} bytes", page.len());
    }
}

#[tokio::test]
async fn what_is_too_long_or_too_deep_is_refused_before_anything_is_asked() {
    let (console, calls) = polaris().await;
    let flood = format!("/c/x/ns?{}", "ns=a&".repeat(8_000));
    let refused = ask(&console, get(&flood)).await;
    assert_eq!(refused.status, StatusCode::URI_TOO_LONG);
    assert!(refused.body.len() < 1024, "{}", refused.body);
    let deep = "&ns=a".repeat(65);
    let joined = "%2Fa".repeat(65);
    for path in paths() {
        for query in [
            deep.clone(),
            deep.replace("ns", "to-ns"),
            format!("w=lakehouse&open={joined}"),
            format!("w=lakehouse&on=namespace&path={joined}"),
            "a=b&".repeat(1_100),
        ] {
            let answer = ask(&console, get(&format!("{path}?{query}"))).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}?{query}");
            assert!(answer.body.len() < 1024, "{path}: {}", answer.body);
        }
        let long = format!("{path}?name={}", "n".repeat(ADDRESS));
        assert_eq!(
            ask(&console, get(&long)).await.status,
            StatusCode::URI_TOO_LONG
        );
    }
    let place = format!("/c/p?{}", &deep[1..]);
    let place = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("place", &place)
        .append_pair("ask", "")
        .finish();
    let read = ask(&console, get(&format!("/api/tree?{place}"))).await;
    assert_eq!(read.status, StatusCode::BAD_REQUEST, "{}", read.body);
    for (path, form) in [
        (
            "/c/p/principal",
            format!("operation=delete&confirm=a{deep}"),
        ),
        (
            "/c/p/grants",
            format!("role=reader&w=lakehouse&privilege=TABLE_DROP{deep}"),
        ),
        (
            "/c/p/onboard",
            format!("w=lakehouse&principal=a&preset=reader&path={joined}"),
        ),
        ("/c/p/principal-new", format!("name=a{deep}")),
        ("/c/p/access/collect", "a&".repeat(500_000)),
        ("/c/p/principal-new", "a&".repeat(500_000)),
    ] {
        let answer = post_text(&console, path, form).await;
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "{path}: {}",
            answer.body
        );
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0, "the catalog was asked");
}
