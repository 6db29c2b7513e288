//! Connections that are made in a browser.

use axum::{Router, http::StatusCode};
use backend::{Origin, Registry, Ways};
use server::connect;
use store::{Store, audit::Filter};

use crate::support::{Answer, ask, console_over, get, post};

/// A console that keeps what it is told, and the sample's Polaris to add.
async fn console() -> (Router, Store, Registry, String) {
    let samples = server::sample::start().await.unwrap();
    let polaris = samples
        .into_iter()
        .find(|spec| spec.name == "sample-polaris");
    let url = polaris.unwrap().url;
    let store = Store::memory().await.unwrap();
    let registry = connect(Vec::new(), Some(store.clone()), Ways::default()).unwrap();
    (console_over(registry.clone()), store, registry, url)
}

fn filled<'a>(url: &'a str, secret: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("operation", "create"),
        ("name", "prod"),
        ("kind", "polaris"),
        ("url", url),
        ("warehouse", "lakehouse"),
        ("auth.type", "oauth2"),
        ("auth.client_id", "root"),
        ("auth.client_secret", secret),
        ("auth.scope", "PRINCIPAL_ROLE:ALL"),
        ("role", "viewer"),
    ]
}

async fn edited(console: &Router, more: &[(&str, &str)]) -> Answer {
    let version = {
        let page = ask(console, get("/connections/edit?name=prod")).await.body;
        // The form of a test has none.
        let mut all = page.split("name=\"version\" value=\"").skip(1);
        let it = all.find(|rest| !rest.starts_with('"')).unwrap();
        it.split('"').next().unwrap().to_owned()
    };
    let mut fields = vec![("version", &*version)];
    fields.extend_from_slice(more);
    post(console, "/connections/edit?name=prod", &fields).await
}

#[tokio::test]
async fn a_catalog_is_added_tested_and_browsed_and_nobody_is_shown_its_secret() {
    let (console, store, registry, url) = console().await;
    let form = ask(&console, get("/connections/new?kind=polaris")).await;
    assert!(form.body.contains("PRINCIPAL_ROLE:ALL"), "{}", form.body);
    let added = post(
        &console,
        "/connections/new?kind=polaris",
        &filled(&url, "s3cr3t"),
    )
    .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    assert_eq!(added.headers["location"], "/connections/edit?name=prod");
    let page = ask(&console, get("/connections/edit?name=prod")).await.body;
    assert!(
        page.contains("data-outcome=\"ok\"") && page.contains("Load a table"),
        "{page}"
    );
    assert!(!page.contains("s3cr3t"), "{page}");
    let namespaces = ask(&console, get("/c/prod/ns")).await.body;
    assert!(namespaces.contains("sales"), "{namespaces}");
    let list = ask(&console, get("/connections")).await.body;
    assert!(list.contains("/connections/edit?name=prod"), "{list}");
    let rows = store.recorded(&Filter::default(), None, 9).await.unwrap();
    assert!(rows.iter().all(|row| !row.record.contains("s3cr3t")));
    assert!(
        rows.iter()
            .any(|row| row.event == "connection_added" && row.object == "prod")
    );
    assert_eq!(
        registry.now().named("prod").unwrap().spec.origin,
        Origin::Browser(1)
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
    let (console, store, _, url) = console().await;
    for (field, value, said) in [
        ("name", "", "has no name"),
        ("url", "ftp://x", "http:// or https://"),
        ("url", "https://a:b@x", "Credentials do not belong"),
        ("auth.client_secret", "", "needs client_secret"),
        ("auth.token_url", "javascript:x", "http:// or https://"),
        ("read_timeout", "soon", "soon"),
        ("headers", "no colon", "no name, a colon and a value"),
        ("headers", "Host: x", "cannot be set"),
    ] {
        let mut fields = filled(&url, "s3cr3t");
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let refused = post(&console, "/connections/new?kind=polaris", &fields).await;
        assert_eq!(
            refused.status,
            StatusCode::BAD_REQUEST,
            "{field}={value}: {}",
            refused.body
        );
        assert!(
            refused.body.contains(said),
            "{field}={value}: {}",
            refused.body
        );
        assert!(
            refused.body.contains("value=\"PRINCIPAL_ROLE:ALL\""),
            "what was typed is lost"
        );
        assert!(!refused.body.contains("s3cr3t"));
    }
    assert!(store.connections().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_secret_stays_and_goes_to_no_other_address() {
    let (console, _, registry, url) = console().await;
    post(&console, "/connections/new", &filled(&url, "s3cr3t")).await;
    let mut same = filled(&url, "");
    same[0] = ("operation", "save");
    same.push(("read_only", "yes"));
    let saved = edited(&console, &same).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let spec = registry.now().named("prod").unwrap().spec.clone();
    assert!(spec.read_only && spec.origin == Origin::Browser(2));
    let page = ask(&console, get("/connections/edit?name=prod")).await.body;
    assert!(
        page.contains("data-outcome=\"ok\""),
        "still signed in: {page}"
    );

    let mut elsewhere = filled("http://127.0.0.1:9/api/catalog", "");
    elsewhere[0] = ("operation", "save");
    let refused = edited(&console, &elsewhere).await;
    assert!(
        refused.body.contains("needs client_secret"),
        "{}",
        refused.body
    );
    // A version that is not that of now.
    let mut late = same.clone();
    late.insert(0, ("version", "1"));
    let refused = post(&console, "/connections/edit?name=prod", &late).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    // What is shown again is still a change of what was there then.
    assert!(
        refused.body.contains("name=\"version\" value=\"1\""),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn what_cannot_be_reached_is_kept_and_can_be_disabled_and_removed() {
    let (console, store, registry, _) = console().await;
    let added = post(
        &console,
        "/connections/new",
        &filled("http://127.0.0.1:9", "x"),
    )
    .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = ask(&console, get("/connections/edit?name=prod")).await.body;
    assert!(page.contains("data-outcome=\"failed\""), "{page}");
    edited(&console, &[("operation", "disable")]).await;
    assert!(registry.now().named("prod").is_err());
    assert_eq!(
        ask(&console, get("/c/prod")).await.status,
        StatusCode::NOT_FOUND
    );
    edited(&console, &[("operation", "enable")]).await;
    assert!(registry.now().named("prod").is_ok());
    edited(&console, &[("operation", "delete")]).await;
    assert!(registry.now().named("prod").is_err());
    assert!(store.connections().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_another_program_uses_is_shown_before_it_is_added() {
    let (console, _, registry, url) = console().await;
    let text = format!(
        "spark.sql.catalog.lake.type=rest\nspark.sql.catalog.lake.uri={url}\nspark.sql.catalog.lake.warehouse=lakehouse\nspark.sql.catalog.lake.credential=root:s3cr3t\nspark.sql.catalog.lake.scope=PRINCIPAL_ROLE:ALL\nspark.sql.catalog.lake.s3.endpoint=http://x\n"
    );
    let read = post(
        &console,
        "/connections",
        &[("operation", "import"), ("pasted", &text)],
    )
    .await;
    assert!(
        read.body.contains("Read from Spark") && read.body.contains("s3.endpoint"),
        "{}",
        read.body
    );
    assert!(!read.body.contains("s3cr3t"), "{}", read.body);
    assert!(
        registry.now().named("lake").is_err(),
        "nothing is taken silently"
    );
    let at = read.body.find("name=\"import\" value=\"").unwrap() + 21;
    let id = read.body[at..].split('"').next().unwrap();
    let taken = [("operation", "create"), ("import", id), ("chosen", "lake")];
    let added = post(&console, "/connections", &taken).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let namespaces = ask(&console, get("/c/lake/ns")).await.body;
    assert!(namespaces.contains("sales"), "{namespaces}");
    let nonsense = post(
        &console,
        "/connections",
        &[("operation", "import"), ("pasted", "hello")],
    )
    .await;
    assert!(
        nonsense.body.contains("Nothing was read"),
        "{}",
        nonsense.body
    );
}

#[tokio::test]
async fn each_of_crowsnest_on_one_store_follows_the_others() {
    let (console, store, _, url) = console().await;
    let other = connect(Vec::new(), Some(store), Ways::default()).unwrap();
    post(&console, "/connections/new", &filled(&url, "s3cr3t")).await;
    server::bring(&other).await.unwrap();
    let spec = other.now().named("prod").unwrap().spec.clone();
    server::bring(&other).await.unwrap();
    assert!(
        std::sync::Arc::ptr_eq(&spec, &other.now().named("prod").unwrap().spec),
        "once"
    );
    edited(&console, &[("operation", "delete")]).await;
    server::bring(&other).await.unwrap();
    assert!(other.now().named("prod").is_err());
}
