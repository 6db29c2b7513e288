//! The configured connections, as the pages show them.

use std::net::SocketAddr;

use axum::{Json, Router, http::StatusCode, routing};
use backend::Spec;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use crate::support::{NOT_YET, ask, ask_while, connect_to, console, console_over, get, request};

/// A connection without a warehouse to a server at `address`.
fn local(address: SocketAddr) -> String {
    format!("[[connection]]\nname = \"local\"\nkind = \"generic\"\nurl = \"http://{address}\"")
}

/// A console over one catalog.
async fn console_of(config: Value, namespace: &str, table: &str) -> Router {
    console(&local(catalog_of(config, namespace, table).await))
}

/// A catalog with this configuration, which holds one namespace and one table.
async fn catalog_of(config: Value, namespace: &str, table: &str) -> SocketAddr {
    let namespaces = json!({"namespaces": [[namespace]]});
    let tables = json!({"identifiers": [{"namespace": [namespace], "name": table}]});
    let answer = |body: Value| routing::get(move || async move { Json(body) });
    let catalog = Router::new()
        .route("/v1/config", answer(config))
        .route("/v1/namespaces", answer(namespaces))
        .route("/v1/namespaces/{namespace}/tables", answer(tables));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, catalog).await });
    address
}

#[tokio::test]
async fn where_no_warehouse_is_configured_the_home_page_offers_those_there_are() {
    let mut samples = server::sample::start().await.unwrap();
    let naming = ["sample-polaris", "sample-lakekeeper", "sample-unity"];
    samples.retain(|sample| naming.contains(&sample.name.as_str()));
    samples
        .iter_mut()
        .for_each(|sample| sample.warehouse = None);
    let registry = connect_to(samples);
    let connections = registry.now();
    assert_eq!(connections.iter().count(), naming.len());
    for connection in connections.iter() {
        connection.probe().await;
        let probe = connection.probed().unwrap();
        let name = &connection.spec.name;
        assert!(probe.outcome.is_ok(), "{name}: {:?}", probe.outcome);
        let listed = connection.warehouses(None, false).await.unwrap();
        assert!(!listed.value.items.is_empty(), "{name}");
    }
    let home = ask(&console_over(registry), get("/")).await;
    assert!(home.body.contains("?w=lakehouse"), "{}", home.body);
    let offers = home.body.matches(">Choose a warehouse<").count();
    assert_eq!(offers, naming.len(), "{}", home.body);
}

#[tokio::test]
async fn the_home_page_says_how_each_catalog_fares_with_what_fails_first() {
    let registry = connect_to(server::sample::start().await.unwrap());
    let away = Spec::new("away", "http://127.0.0.1:9");
    registry.put(away).unwrap();
    for connection in registry.now().iter() {
        connection.probe().await;
    }
    let console = console_over(registry);
    let home = async || ask(&console, get("/")).await.body.replace("<!>", "");
    let page = home().await;
    for says in [
        "7 catalogs · 6 answer · 1 cannot be reached",
        ">Cannot be reached<",
        ">1 look: no answer<",
        "Not since Crowsnest began",
        "root (oauth2)",
        "Needs attention",
        "No table was read lately",
        "Crowsnest shows what Iceberg catalogs hold",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let place = |name: &str| page.find(&format!("href=\"/c/{name}\"")).expect("a row");
    assert!(place("away") < place("sample-generic"), "{page}");
    let orders = "/c/sample-polaris/t/overview?ns=sales&t=orders";
    ask_while(&console, orders, NOT_YET).await;
    let page = home().await;
    assert!(page.contains("26 delete files to 37 data files"), "{page}");
}

#[tokio::test]
async fn a_refresh_of_the_home_page_looks_anew_and_waits_for_nobody() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    // Accepts, and never answers.
    let console = console(&local(listener.local_addr().unwrap()));
    let cards = async || ask(&console, get("/api/connections")).await.body;
    assert!(cards().await.contains("\"probing\":false"));
    for _ in 0..2 {
        let headers = [("sec-fetch-site", "same-origin")];
        let answer = ask(&console, request("POST", "/connections/probe", &headers)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), "/");
    }
    // Had it waited for the end, nobody would be looked at any more.
    assert!(cards().await.contains("\"probing\":true"));
    let home = ask(&console, get("/")).await;
    assert!(home.body.contains("Being looked at"), "{}", home.body);
}

#[tokio::test]
async fn where_names_are_split_at_dots_the_pages_say_so() {
    for (separator, split) in [("%2E", true), ("%1F", false)] {
        let config = json!({"defaults": {}, "overrides": {"namespace-separator": separator}});
        let console = console_of(config, "sales", "orders").await;
        for path in ["/c/local", "/c/local/ns"] {
            let page = ask(&console, get(path)).await;
            assert_eq!(page.status, 200, "{path}");
            let noted = page.body.contains("This server splits names at dots");
            assert_eq!(noted, split, "{separator} {path}: {}", page.body);
        }
    }
}

#[tokio::test]
async fn names_that_reorder_what_stands_around_them_are_shown_as_they_are() {
    let config = json!({"defaults": {}, "overrides": {}});
    let console = console_of(config, "a\u{202e}b", "t\u{200b}x").await;
    for path in ["/c/local/ns", "/c/local/ns?ns=a%E2%80%AEb"] {
        let page = ask(&console, get(path)).await;
        assert_eq!(page.status, 200, "{path}");
        // Scripts and hidden fields hold the data as it came.
        let parts = page.body.split("<script");
        let text: String = parts
            .map(|part| part.rsplit("</script>").next().unwrap_or_default())
            .collect();
        let text = text.replace("type=\"hidden\" name=\"ns\" value=\"a\u{202e}b\"", "");
        assert!(text.contains("a⟨U+202E⟩b"), "{path}: {text}");
        assert_eq!(text.contains("t⟨U+200B⟩x"), path.contains('?'), "{path}");
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "{path}: {text}");
        assert!(text.contains("ns=a%E2%80%AEb"), "{path}: {text}");
    }
}

#[tokio::test]
async fn a_connection_is_added_changed_and_removed_while_pages_are_served() {
    let spec = async |namespace| {
        let config = json!({"defaults": {}, "overrides": {}});
        let address = catalog_of(config, namespace, "orders").await;
        Spec::new("local", format!("http://{address}"))
    };
    let (before, after) = (spec("before").await, spec("after").await);
    let registry = connect_to(Vec::new());
    let console = console_over(registry.clone());
    let mut visitors = JoinSet::new();
    for path in ["/", "/c/local", "/c/local/ns"] {
        let console = console.clone();
        visitors.spawn(async move {
            loop {
                let page = ask(&console, get(path)).await;
                let expected = [StatusCode::OK, StatusCode::NOT_FOUND];
                assert!(expected.contains(&page.status), "{path} {}", page.status);
                let seen = [">before<", ">after<"].map(|name| page.body.contains(name));
                assert_ne!(seen, [true, true], "{path}: {}", page.body);
            }
        });
    }
    let rows = "ask%5Bfilter%5D=&ask%5Bdescending%5D=false&ask%5Bstart%5D=0&ask%5Bcount%5D=200";
    let list = format!("/api/names?place=%2Fc%2Flocal%2Fns&kind=namespaces&{rows}&fresh=false");
    let list = async || ask(&console, get(&list)).await.body;
    let cards = async || ask(&console, get("/api/connections")).await.body;
    let unknown = "There is no connection named";
    assert!(list().await.contains(unknown), "{}", list().await);
    assert_eq!(cards().await, "[]");
    registry.put(before).unwrap();
    for _ in 0..2 {
        assert!(list().await.contains("[\"before\"]"), "{}", list().await);
    }
    registry.put(after).unwrap();
    assert!(list().await.contains("[\"after\"]"), "{}", list().await);
    assert_eq!(cards().await.matches("\"name\":\"local\"").count(), 1);
    assert!(registry.remove("local"));
    assert!(list().await.contains(unknown), "{}", list().await);
    assert_eq!(cards().await, "[]");
    // None has stopped at what it did not expect.
    assert!(visitors.try_join_next().is_none());
}
