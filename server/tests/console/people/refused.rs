//! A catalog that refuses a person's own token.

use axum::{Router, http::StatusCode};
use backend::{Acts, Spec};
use iceberg_rest::Dialect;
use store::Store;

use super::{Browser, lake::Lake, provider::Provider};
use crate::support::team;

const NAMESPACE: &str = "/api/namespace?place=%2Fc%2Flake%2Fns%3Fns%3Dns";

async fn console(kind: Dialect) -> (Router, Store, Provider, Lake) {
    let (provider, lake) = (Provider::new().await, Lake::new().await);
    let spec = Spec {
        kind: Some(kind),
        ..lake.spec("lake", Acts::PassedOn)
    };
    let (console, store) = team(&provider.settings(), vec![spec]).await;
    (console, store, provider, lake)
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_read_is_sent_once_more() {
    let (console, _, provider, lake) = console(Dialect::Generic).await;
    let mut ada = Browser::new(&console);
    ada.sign_in_at_provider("ada").await;
    lake.instead(|token| (token == "access-ada-1").then(|| (419, String::new())));
    let page = ada.get("/c/lake/ns?ns=ns").await;
    assert!(page.body.contains("property_of_ada"), "{}", page.body);
    assert_eq!(provider.asked("refresh_token"), 1);
    let tokens = lake.tokens();
    let old = tokens.iter().filter(|token| **token == "access-ada-1");
    assert!(old.count() >= 1 && tokens.last().unwrap() == "access-ada-2");
}

#[tokio::test]
async fn a_catalog_that_refuses_every_token_is_asked_twice_and_the_provider_once() {
    let (console, _, provider, lake) = console(Dialect::Generic).await;
    let mut ada = Browser::new(&console);
    ada.sign_in_at_provider("ada").await;
    lake.instead(|_| Some((401, String::new())));
    let page = ada.get(NAMESPACE).await;
    assert_eq!(page.status, StatusCode::BAD_GATEWAY, "{}", page.body);
    assert_eq!(lake.tokens(), ["access-ada-1", "access-ada-2"]);
    assert_eq!(provider.asked("refresh_token"), 1);
    assert!(
        page.body.contains("token that your provider gave"),
        "{}",
        page.body
    );
    // What took the place of a refused token a moment ago is not replaced again.
    ada.get(NAMESPACE).await;
    assert_eq!(lake.tokens().len(), 3);
    assert_eq!(provider.asked("refresh_token"), 1);
    assert_eq!(ada.get("/you").await.status, StatusCode::OK, "still here");
}

#[tokio::test]
async fn many_reads_that_are_refused_at_once_renew_one_token() {
    let (console, _, provider, lake) = console(Dialect::Generic).await;
    let mut ada = Browser::new(&console);
    ada.sign_in_at_provider("ada").await;
    lake.instead(|token| (token == "access-ada-1").then(|| (401, String::new())));
    let paths: Vec<_> = (0..20).map(|n| format!("{NAMESPACE}{n}")).collect();
    let asked = paths.iter().map(|path| ada.get(path));
    for page in futures_util::future::join_all(asked).await {
        assert!(page.body.contains("property_of_ada"), "{}", page.body);
    }
    assert_eq!(provider.asked("refresh_token"), 1);
}

#[tokio::test]
async fn whom_polaris_does_not_have_is_told_so_by_name() {
    let (console, _, _, lake) = console(Dialect::Polaris).await;
    let mut ada = Browser::new(&console);
    ada.sign_in_at_provider("ada").await;
    lake.instead(|_| Some((401, String::new())));
    let said = ada.get(NAMESPACE).await.body;
    for words in [
        "Polaris answered 401 without a word",
        "signed in at the provider (as ada)",
        "Ask an admin of Polaris to create a principal of this name",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[tokio::test]
async fn what_somebody_may_not_at_lakekeeper_is_a_missing_right_and_costs_no_token() {
    let (console, _, provider, lake) = console(Dialect::Lakekeeper).await;
    let mut ada = Browser::new(&console);
    ada.sign_in_at_provider("ada").await;
    lake.instead(|_| {
        let body = r#"{"error":{"message":"Unauthorized for action `can_list` on `server`","type":"Unauthorized","code":401}}"#;
        Some((401, body.into()))
    });
    let answer = ada.get(NAMESPACE).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
    assert_eq!(lake.tokens().len(), 1);
    assert_eq!(provider.asked("refresh_token"), 0);
}
