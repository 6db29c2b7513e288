//! What a connection offers follows from what its server is and lists, and is told once for all of its pages.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Json, Router,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use model::connections::Facts;
use serde_json::json;

use crate::{
    polaris_support::{Console, POLARIS},
    support::{Answer, ask, connection, console, get, sample_console},
};

const MENU: &str = "aria-label=\"Access control\"";

/// A Polaris that only its configuration tells to be one, and whose lists never end.
async fn endless(uri: Uri) -> Response {
    let path = uri.path();
    let ends = |end: &str| path.ends_with(end);
    let body = match path {
        _ if ends("/v1/config") => json!({
            "defaults": {},
            "overrides": {"prefix": "lake"},
            "endpoints": [
                "GET /v1/{prefix}/namespaces",
                "GET polaris/v1/{prefix}/namespaces/{namespace}/policies",
            ],
        }),
        _ if ends("/policies") || ends("/generic-tables") => json!({
            "identifiers": [{"namespace": ["sales"], "name": "kept_first"}],
            "next-page-token": "again",
        }),
        _ if ends("/applicable-policies") => {
            json!({"applicable-policies": [], "next-page-token": "again"})
        }
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    Json(body).into_response()
}

async fn page(console: &Router, path: &str) -> Answer {
    ask(console, get(path)).await
}

async fn over_endless() -> Router {
    let catalog = Router::new().fallback(endless);
    console(&connection(catalog, "", "").await)
}

fn facts(answer: &Answer) -> Facts {
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn what_only_its_configuration_tells_stands_in_the_first_page() {
    let console = over_endless().await;
    let first = page(&console, "/c/p/ns?ns=sales").await.body;
    assert!(first.contains(MENU), "{first}");
    assert!(first.contains("href=\"/c/p/policies?ns=sales\""), "{first}");
    assert!(!first.contains("/generic-tables"), "the server lists none");
}

#[tokio::test]
async fn a_server_that_was_down_is_known_later() {
    let up = Arc::new(AtomicBool::new(false));
    let catalog = {
        let up = up.clone();
        let answer = move |uri: Uri| async move {
            match up.load(Ordering::Relaxed) {
                true => endless(uri).await,
                false => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            }
        };
        Router::new().fallback(answer)
    };
    let console = console(&connection(catalog, "", "").await);
    let asked = "/api/facts?place=%2Fc%2Fp";
    assert_eq!(facts(&page(&console, asked).await).dialect, None);
    up.store(true, Ordering::Relaxed);
    let later = facts(&page(&console, asked).await);
    assert_eq!(later.dialect, Some(iceberg_rest::Dialect::Polaris));
}

#[tokio::test]
async fn a_list_that_is_not_whole_says_so() {
    let console = over_endless().await;
    for path in ["/c/p/policies?ns=sales", "/c/p/generic-tables?ns=sales"] {
        let body = page(&console, path).await.body;
        assert!(body.contains("kept_first"), "{body}");
        assert!(body.contains("There may be more than these."), "{body}");
        assert!(!body.contains("no policy is attached here"), "{body}");
    }
}

#[tokio::test]
async fn a_form_of_another_vendor_is_shown_off_with_the_reason() {
    let console = Console::start().await;
    for form in ["principal-new", "catalog-new", "principal-role-new"] {
        let page = console.get(&format!("/c/sample-nessie/{form}")).await;
        let off = r#" disabled title="The connection sample-nessie is Nessie: only Apache Polaris"#;
        assert!(page.body.contains(off), "{form}: {}", page.body);
    }
}

#[tokio::test]
async fn the_history_is_a_tab_where_the_catalog_keeps_commits() {
    let console = Console::start().await;
    let tab = "/t/history?";
    let nessie = console
        .get("/c/sample-nessie/t/overview?ns=sales&t=orders")
        .await;
    assert!(nessie.body.contains(tab), "{}", nessie.body);
    let polaris = console
        .get(&format!(
            "/c/{POLARIS}/t/overview?w=lakehouse&ns=sales&t=orders"
        ))
        .await;
    assert!(!polaris.body.contains(tab), "{}", polaris.body);
}

#[tokio::test]
async fn the_same_name_in_another_catalog_is_one_link_away() {
    let console = sample_console().await;
    let page = get("/c/sample-generic/t/overview?ns=sales&t=orders");
    let page = ask(&console, page).await.body;
    let other = "/c/sample-nessie/open?name=sales.orders&amp;kind=table&amp;sep=.";
    assert!(page.contains(other), "{page}");
    assert!(!page.contains("/c/sample-generic/open?name="));
}
