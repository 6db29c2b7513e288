//! Against a catalog that answers each identity with its name.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::{Json, Router, extract::State, http::HeaderMap, routing::get};
use iceberg_rest::{Auth, Client, Dialect, Namespace, SnapshotsMode, TableIdent};
use model::polaris::lists::Listing;
use serde_json::{Value, json};
use tokio::{io::AsyncReadExt, net::TcpListener, time::timeout};

use super::*;
use crate::listing::ListKind;

/// More than what is tested takes, and less than a silent server is waited for.
const SOON: Duration = Duration::from_secs(10);

/// Counts what it is asked for.
type Asked = Arc<AtomicUsize>;

async fn serve(asked: Asked) -> String {
    /// As whom a request comes.
    fn who(headers: &HeaderMap) -> String {
        let token = headers
            .get("authorization")
            .and_then(|token| token.to_str().ok());
        let who = token.and_then(|token| token.strip_prefix("Bearer secret-of-"));
        who.unwrap_or("nobody").to_owned()
    }
    let answer = |with: fn(String) -> Value| {
        get(
            move |State(asked): State<Asked>, headers: HeaderMap| async move {
                asked.fetch_add(1, Ordering::SeqCst);
                Json(with(who(&headers)))
            },
        )
    };
    let catalog = Router::new()
        .route("/api/catalog/v1/config", answer(|who| json!({"defaults": {"who": who}, "overrides": {}})))
        .route("/api/catalog/v1/namespaces", answer(|who| json!({"namespaces": [[who]]})))
        .route(
            "/api/catalog/v1/namespaces/sales/tables/orders",
            answer(|who| json!({"metadata-location": who, "metadata": {"format-version": 2, "location": who}})),
        )
        .route(
            "/api/management/v1/principals",
            answer(|who| json!({"principals": [{"name": who, "entityVersion": 1}]})),
        )
        .with_state(asked);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/api/catalog", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, catalog).await });
    url
}

fn identity(who: &str) -> Auth {
    Auth::Bearer(format!("secret-of-{who}").into())
}

fn spec(name: &str, url: &str, who: &str) -> Spec {
    Spec {
        kind: Some(Dialect::Polaris),
        auth: identity(who),
        ..Spec::new(name, url)
    }
}

fn names(connections: &Connections) -> Vec<&str> {
    connections.iter().map(|it| &*it.spec.name).collect()
}

/// As whom the catalog answers, for each kind of answer that is kept.
async fn seen(catalog: &Catalog) -> [String; 5] {
    let client = catalog.client(None, None).await.unwrap();
    let table = TableIdent::try_new(Namespace::try_new(["sales"]).unwrap(), "orders").unwrap();
    let loaded = catalog.table(&client, &table, SnapshotsMode::Refs, false);
    let loaded = loaded.await.unwrap().value.metadata_location.clone();
    let raw = catalog
        .raw_table(&client, &table, SnapshotsMode::All, false)
        .await
        .unwrap();
    let raw: Value = serde_json::from_str(&raw.value).unwrap();
    let rows = catalog
        .entities(Listing::Principals, None, false)
        .await
        .unwrap();
    [
        config(&client),
        loaded.unwrap_or_default(),
        raw["location"].as_str().unwrap_or_default().to_owned(),
        rows.value[0].name.clone(),
        listed(catalog, &client).await,
    ]
}

fn config(client: &Client) -> String {
    client.config().get("who").unwrap_or_default().to_owned()
}

async fn listed(catalog: &Catalog, client: &Client) -> String {
    let list = catalog.list(client, ListKind::Namespaces(None), false);
    list.so_far().await.names.join(" ")
}

fn all(who: &str) -> [String; 5] {
    std::array::from_fn(|_| who.to_owned())
}

#[tokio::test]
async fn a_connection_takes_the_place_of_its_name_and_a_request_sees_what_there_was_when_it_came() {
    let registry = Registry::new(None, crate::Ways::default()).unwrap();
    for name in ["a", "b", "c"] {
        registry.put(spec(name, "http://old.test", "t")).unwrap();
    }
    let before = registry.now();
    registry.put(spec("b", "http://new.test", "t")).unwrap();
    assert!(registry.remove("a") && !registry.remove("a"));
    registry.put(spec("d", "http://new.test", "t")).unwrap();
    let after = registry.now();
    assert_eq!(names(&after), ["b", "c", "d"]);
    assert_eq!(after.named("b").unwrap().spec.url, "http://new.test");
    assert!(after.named("a").is_err());
    assert_eq!(names(&before), ["a", "b", "c"]);
    assert_eq!(before.named("b").unwrap().spec.url, "http://old.test");
    assert!(registry.put(spec("c", "not an address", "t")).is_err());
    assert_eq!(names(&registry.now()), ["b", "c", "d"]);
}

#[tokio::test]
async fn two_identities_on_one_connection_never_share_an_answer() {
    let asked = Asked::default();
    let url = serve(asked.clone()).await;
    let http = http_client(options(Origin::File)).unwrap();
    let connection = Arc::new(spec("c", &url, "its own"));
    let of = |who| {
        Catalog::new(
            connection.clone(),
            identity(who),
            None,
            http.clone(),
            &http,
            Arc::default(),
            None,
        )
    };
    let (ada, bob) = (of("ada").unwrap(), of("bob").unwrap());
    for _ in 0..2 {
        let (one, other) = tokio::join!(seen(&ada), seen(&bob));
        assert_eq!((one, other), (all("ada"), all("bob")));
    }
    assert_eq!(
        asked.load(Ordering::SeqCst),
        2 * all("").len(),
        "the second time from what is kept"
    );
}

#[tokio::test]
async fn what_a_replaced_or_removed_connection_read_is_never_shown_again() {
    let url = serve(Asked::default()).await;
    let registry = Registry::new(None, crate::Ways::default()).unwrap();
    let catalog = || registry.now().named("c").unwrap();
    registry.put(spec("c", &url, "ada")).unwrap();
    let old = catalog();
    assert_eq!(seen(&old).await, all("ada"));
    registry.put(spec("c", &url, "bob")).unwrap();
    assert_eq!(seen(&catalog()).await, all("bob"));
    assert_eq!(seen(&old).await, all("ada"), "a request that had begun");
    assert_eq!(seen(&catalog()).await, all("bob"));
    registry.remove("c");
    registry.put(spec("c", &url, "eve")).unwrap();
    assert_eq!(seen(&catalog()).await, all("eve"));
}

#[tokio::test]
async fn a_read_under_way_through_a_replaced_connection_is_not_joined_through_the_new_one() {
    // Answers nobody.
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let registry = Registry::new(None, crate::Ways::default()).unwrap();
    let (mut reads, mut open) = (Vec::new(), Vec::new());
    for who in ["ada", "bob"] {
        registry.put(spec("c", &url, who)).unwrap();
        let catalog = registry.now().named("c").unwrap();
        for _ in 0..2 {
            let catalog = catalog.clone();
            reads.push(tokio::spawn(async move {
                catalog.client(None, None).await.is_ok()
            }));
        }
        let (mut asked, _) = timeout(SOON, listener.accept())
            .await
            .expect("it asks itself")
            .unwrap();
        let mut head = [0; 1024];
        let length = asked.read(&mut head).await.unwrap();
        let head = String::from_utf8_lossy(&head[..length]).into_owned();
        assert!(head.contains(&format!("secret-of-{who}")), "{head}");
        open.push(asked);
    }
    reads.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn what_a_removed_connection_read_leaves_room_at_once() {
    let url = serve(Asked::default()).await;
    let registry = Registry::new(None, crate::Ways::default()).unwrap();
    registry.put(spec("c", &url, "ada")).unwrap();
    let catalog = registry.now().named("c").unwrap();
    seen(&catalog).await;
    // The list of namespaces leaves its names to the search besides.
    assert_eq!(catalog.kept(), all("").len() + 1);
    registry.remove("c");
    assert_eq!(catalog.kept(), 0);
}

#[tokio::test]
async fn connections_are_looked_at_from_when_they_are_put_until_they_end() {
    let registry = Registry::new(None, crate::Ways::default()).unwrap();
    let url = serve(Asked::default()).await;
    registry.put(spec("early", &url, "t")).unwrap();
    registry.watch();
    registry.put(spec("late", &url, "t")).unwrap();
    for catalog in registry.now().iter() {
        let looked = async {
            while catalog.probed().is_none() {
                tokio::task::yield_now().await;
            }
        };
        timeout(SOON, looked).await.unwrap();
        assert!(catalog.probed().unwrap().outcome.is_ok());
    }
    // Accepts, and never answers.
    let silent = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    for end in [
        (|registry| assert!(registry.remove("silent"))) as fn(&Registry),
        |registry| {
            registry
                .put(spec("silent", "http://127.0.0.1:1", "t"))
                .unwrap()
        },
    ] {
        registry.put(spec("silent", &url, "t")).unwrap();
        let (mut looking, _) = timeout(SOON, silent.accept()).await.unwrap().unwrap();
        let catalog = registry.now().named("silent").unwrap();
        end(&registry);
        let mut request = Vec::new();
        let hung_up = looking.read_to_end(&mut request);
        timeout(SOON, hung_up)
            .await
            .expect("the look has ended")
            .unwrap();
        catalog.probe().await;
        assert!(catalog.probed().is_none(), "nobody looks at it any more");
    }
}
