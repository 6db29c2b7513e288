//! What becomes of a provider's tokens where a session ends.

use axum::{Router, http::StatusCode};
use backend::Acts;
use serde_json::json;
use store::Store;

use super::{Browser, lake::Lake, provider::Provider};
use crate::support::{OFTEN, team};

async fn console() -> (Router, Store, Provider, Lake) {
    let (provider, lake) = (Provider::new().await, Lake::new().await);
    let specs = vec![lake.spec("lake", Acts::PassedOn)];
    let settings = provider.settings();
    let settings = settings.replace("viewers =", "admins = [\"root\"]\nviewers =");
    let settings = settings + "roles_claim = \"sub\"\n";
    let (console, store) = team(&settings, specs).await;
    (console, store, provider, lake)
}

/// The tokens that were given back, once there is one.
async fn revoked(provider: &Provider) -> Vec<String> {
    for _ in 0..OFTEN {
        let forms = provider.forms("/revoke");
        if !forms.is_empty() {
            assert!(
                forms
                    .iter()
                    .all(|form| form["token_type_hint"] == "refresh_token")
            );
            return forms.iter().map(|form| form["token"].clone()).collect();
        }
        tokio::task::yield_now().await;
    }
    Vec::new()
}

#[tokio::test]
async fn who_signs_out_takes_their_refresh_token_back() {
    let (console, store, provider, _) = console().await;
    let mut ada = Browser::new(&console);
    ada.sign_in_at_provider("ada").await;
    let out = ada.post("/sign-out", &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert!(store.kept(&ada.secret()).await.unwrap().is_none());
    assert_eq!(revoked(&provider).await, ["ada-1"]);
}

#[tokio::test]
async fn who_signs_out_is_out_whatever_the_provider_does() {
    let (console, store, provider, _) = console().await;
    let mut ada = Browser::new(&console);
    ada.sign_in_at_provider("ada").await;
    provider.instead(|form| form.contains_key("token").then(|| (500, json!({}))));
    let out = ada.post("/sign-out", &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert!(store.kept(&ada.secret()).await.unwrap().is_none());
    assert_eq!(ada.get("/you").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn whose_sessions_an_admin_ends_has_no_token_any_more() {
    let (console, store, provider, _) = console().await;
    let (mut ada, mut root) = (Browser::new(&console), Browser::new(&console));
    ada.sign_in_at_provider("ada").await;
    root.sign_in_at_provider("root").await;
    ada.get("/c/lake/ns?ns=ns").await;
    let person = store.people(100).await.unwrap();
    let person = person.iter().find(|person| person.name == "ada").unwrap();
    let end = [("operation", "end-all"), ("person", person.id.as_str())];
    let ended = root.post("/people", &end).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    assert_eq!(ada.get("/you").await.status, StatusCode::SEE_OTHER);
    assert_eq!(revoked(&provider).await, ["ada-1"]);
}
