//! Connections that a person's token is exchanged for.

use axum::{Router, http::StatusCode};
use serde_json::json;
use store::Store;

use super::{
    Browser,
    lake::Lake,
    provider::{Provider, ends_in},
};
use crate::support::team;

const PAGE: &str = "/c/lake/ns?ns=ns";
const READ: &str = "/api/namespace?place=%2Fc%2Flake%2Fns%3Fns%3Dns";

async fn console() -> (Router, Store, Provider, Lake) {
    let (provider, lake) = (Provider::new().await, Lake::new().await);
    let specs = vec![lake.exchanged("lake"), lake.exchanged("other")];
    let (console, store) = team(&provider.settings(), specs).await;
    (console, store, provider, lake)
}

#[tokio::test]
async fn a_persons_token_is_exchanged_once_for_each_session_and_connection() {
    let (console, store, provider, lake) = console().await;
    let (mut ada, mut bob) = (Browser::new(&console), Browser::new(&console));
    ada.sign_in_at_provider("ada").await;
    bob.sign_in_at_provider("bob").await;
    let pages = (0..50).flat_map(|_| [(&ada, "ada"), (&bob, "bob")]);
    let asked = pages.map(|(browser, person)| async move {
        let page = browser.get(READ).await;
        assert!(
            page.body.contains(&format!("property_of_{person}")),
            "{}",
            page.body
        );
    });
    futures_util::future::join_all(asked).await;
    assert_eq!(provider.asked("token-exchange"), 2);
    let form = &provider.forms("/token")[2];
    for (name, value) in [
        (
            "grant_type",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ),
        (
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
        ),
        (
            "requested_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
        ),
        ("audience", "lake"),
    ] {
        assert_eq!(form[name], value);
    }
    assert!(form["subject_token"].starts_with("access-"));
    assert!(
        lake.tokens()
            .iter()
            .all(|token| token.starts_with("exchanged-"))
    );

    ada.get("/c/other/ns?ns=ns").await;
    assert_eq!(provider.asked("token-exchange"), 3, "of another connection");
    // Another access token, another exchange.
    ends_in(&store, &ada, -1).await;
    ada.get(PAGE).await;
    assert_eq!(provider.asked("token-exchange"), 4);
    let last = provider.forms("/token").pop().unwrap();
    assert_eq!(last["subject_token"], "access-ada-2");
}

#[tokio::test]
async fn what_a_token_was_exchanged_for_is_exchanged_anew_where_the_catalog_refuses_it() {
    let (console, _, provider, lake) = console().await;
    let mut ada = Browser::new(&console);
    ada.sign_in_at_provider("ada").await;
    lake.instead(|token| token.ends_with("-1").then(|| (401, String::new())));
    let page = ada.get(READ).await;
    assert!(page.body.contains("property_of_ada"), "{}", page.body);
    assert_eq!(provider.asked("token-exchange"), 2);
    lake.instead(|_| Some((401, String::new())));
    ada.get(READ).await;
    assert_eq!(provider.asked("token-exchange"), 2, "a moment later");
}

#[tokio::test]
async fn why_a_token_is_not_exchanged_is_told_apart() {
    let (console, _, provider, _) = console().await;
    for (code, told) in [
        ("unsupported_grant_type", "does not exchange tokens"),
        ("invalid_target", "gives no token for the connection"),
        (
            "unauthorized_client",
            "does not let this client exchange tokens",
        ),
        ("invalid_grant", "does not take your own token"),
        ("invalid_scope", "auth.scope"),
    ] {
        let mut ada = Browser::new(&console);
        ada.sign_in_at_provider("ada").await;
        provider.instead(move |form| {
            let exchange = form["grant_type"].ends_with("token-exchange");
            exchange.then(|| (400, json!({ "error": code })))
        });
        let page = ada.get(PAGE).await;
        assert!(page.body.contains(told), "{code}: {}", page.body);
        assert_ne!(page.status, StatusCode::OK);
        for secret in ["access-ada", "CANARY-client"] {
            assert!(
                !page.body.contains(secret),
                "{code}: {secret} stands on a page"
            );
        }
        provider.behave();
    }
}
