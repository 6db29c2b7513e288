//! Two catalogs beside each other.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::IntoResponse,
};
use sample_catalog::{Options, router};
use tower::ServiceExt;

use crate::support::{Answer, ask, ask_while, connection, console, get, post, request};

const PAGE: &str = "/compare?c=p&to-c=q";

/// The console over two that begin alike.
async fn two(from: Router, to: Router) -> Router {
    let first = connection(from, "", "").await;
    let second = connection(to, "", "").await;
    console(&(first + &second.replace("name = \"p\"", "name = \"q\"")))
}

fn sample() -> Router {
    router(Options::default())
}

async fn changed(catalog: &Router, method: &str, path: &str, body: &str) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap();
    let answer = catalog.clone().oneshot(request).await.unwrap();
    assert!(answer.status().is_success(), "{method} {path}: {answer:?}");
}

async fn done(console: &Router, path: &str) -> Answer {
    ask_while(console, path, "Under way").await
}

#[tokio::test]
async fn what_differs_is_listed_with_what_of_it_and_nothing_else() {
    let (from, to) = (sample(), sample());
    let console = two(from.clone(), to.clone()).await;
    let same = done(&console, PAGE).await.body;
    assert!(
        same.contains("Done: ") && same.contains("Nothing is like that."),
        "{same}"
    );

    let set = r#"{"requirements": [], "updates": [{"action": "set-properties", "updates": {"owner": "someone"}}]}"#;
    changed(&to, "POST", "/v1/namespaces/sales/tables/customers", set).await;
    changed(&to, "DELETE", "/v1/namespaces/sales/tables/orders", "").await;
    let new = r#"{"namespace": ["sales", "=new"], "properties": {}}"#;
    changed(&from, "POST", "/v1/namespaces", new).await;
    // What was compared stands until somebody asks anew.
    assert!(
        done(&console, PAGE)
            .await
            .body
            .contains("Nothing is like that.")
    );
    let anew = "/api/catalog-comparison?query=c%3Dp%26to-c%3Dq&fresh=true";
    let begun = ask(&console, get(anew)).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.body);
    let both = done(&console, PAGE).await.body;
    for words in [
        "sales.customers</a></td><td>Different: properties",
        "sales.orders</a></td><td>Only in the first",
        "sales.=new</a></td><td>Only in the first",
        "to-c=q&amp;to-ns=sales&amp;to-t=customers",
    ] {
        let plain = both
            .replace("<!>", "")
            .replace(" class=\"wrap-anywhere\"", "");
        assert!(plain.contains(words), "{words}: {plain}");
    }
    let some = done(&console, &format!("{PAGE}&show=differs&q=CUSTOM"))
        .await
        .body;
    assert!(
        some.contains("sales.customers") && !some.contains("sales.orders<"),
        "{some}"
    );

    let file = ask(&console, get("/compare/export?c=p&to-c=q&format=csv")).await;
    assert!(
        file.body
            .contains("\"table\",\"sales\",\"customers\",\"differs\",\"Different: properties\""),
        "{}",
        file.body
    );
    assert!(file.body.contains("\"'=new\""), "{}", file.body);
    assert!(!file.body.contains("not complete"));
    let file = ask(&console, get("/compare/export?c=p&to-c=q&format=json")).await;
    let json: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(
        (&json["complete"], json["rows"].as_array().map(Vec::len)),
        (&true.into(), Some(3))
    );
}

#[tokio::test]
async fn what_cannot_be_listed_is_not_said_to_be_missing() {
    let broken = sample().layer(middleware::from_fn(|request: Request, next: Next| async {
        match request.uri().path() {
            "/v1/namespaces/sales/tables" => StatusCode::FORBIDDEN.into_response(),
            "/v1/namespaces/sales/views/active_customers" => StatusCode::NOT_FOUND.into_response(),
            _ => next.run(request).await,
        }
    }));
    let console = two(sample(), broken).await;
    let both = done(&console, PAGE).await.body;
    assert!(
        both.contains("Not seen in the second, of which not all could be listed"),
        "{both}"
    );
    assert!(!both.contains("Only in the first</td>"), "{both}");
    assert!(
        both.contains("Of the second, tables could not all be listed: "),
        "{both}"
    );
    let file = ask(&console, get("/compare/export?c=p&to-c=q&format=csv"))
        .await
        .body;
    assert!(file.contains("\"not complete\""), "{file}");
}

#[tokio::test]
async fn what_is_under_way_is_stopped_and_says_so() {
    let silent = sample().layer(middleware::from_fn(|request: Request, next: Next| async {
        if request.uri().path().contains("/tables/") {
            std::future::pending::<()>().await;
        }
        next.run(request).await
    }));
    let console = two(sample(), silent).await;
    let running = ask(&console, get(PAGE)).await.body;
    assert!(
        running.contains("Under way: ") && running.contains("/compare/stop?c=p&amp;to-c=q"),
        "{running}"
    );
    let stopped = post(&console, "/compare/stop?c=p&to-c=q", &[("back", PAGE)]).await;
    assert_eq!(stopped.headers["location"], PAGE);
    let page = ask(&console, get(PAGE)).await.body;
    assert!(
        page.contains("Stopped: ") && page.contains("is not all"),
        "{page}"
    );
}

#[tokio::test]
async fn what_cannot_be_compared_says_why() {
    let console = two(sample(), sample()).await;
    let choose = ask(&console, get("/compare?c=p")).await;
    assert!(
        choose.body.contains("Compare two catalogs"),
        "{}",
        choose.body
    );
    for (path, words) in [
        ("/compare?c=p&to-c=p", "Both are the same"),
        ("/compare?c=p&to-c=nowhere", "nowhere"),
        ("/compare/export?c=p&to-c=q&w=other", "not compared yet"),
    ] {
        let answer = ask(&console, get(path)).await;
        assert!(answer.body.contains(words), "{path}: {}", answer.body);
    }
    // A link elsewhere begins nothing.
    let foreign = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    let led = ask(&console, request("GET", "/compare?c=p&to-c=q", &foreign)).await;
    assert!(
        !led.body.contains("Under way") && !led.body.contains("Done: "),
        "{}",
        led.body
    );
}

#[tokio::test]
async fn a_gateway_in_place_of_a_catalog_has_not_lost_its_tables() {
    for status in [
        StatusCode::NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED,
        StatusCode::NOT_IMPLEMENTED,
    ] {
        let gateway = sample().layer(middleware::from_fn(
            move |request: Request, next: Next| async move {
                match request.uri().path() {
                    "/v1/namespaces/sales/tables" => (status, "<html>gone</html>").into_response(),
                    _ => next.run(request).await,
                }
            },
        ));
        let console = two(sample(), gateway).await;
        done(&console, PAGE).await;
        let file = ask(&console, get("/compare/export?c=p&to-c=q&format=json")).await;
        let json: serde_json::Value = serde_json::from_str(&file.body).unwrap();
        assert_eq!(json["complete"], false, "{status}: {}", file.body);
        assert!(
            !file.body.contains("\"found\":\"first\""),
            "{status}: {}",
            file.body
        );
    }
}

#[tokio::test]
async fn what_neither_lists_is_not_said_to_be_empty() {
    let closed = || {
        sample().layer(middleware::from_fn(|request: Request, next: Next| async {
            match request.uri().path() {
                "/v1/namespaces" => StatusCode::FORBIDDEN.into_response(),
                _ => next.run(request).await,
            }
        }))
    };
    let console = two(closed(), closed()).await;
    let page = done(&console, PAGE).await.body;
    assert!(
        page.contains("Nothing could be listed.") && !page.contains("Both are empty"),
        "{page}"
    );
}
