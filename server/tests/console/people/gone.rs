//! Browsers that leave, handles that are none, and ways in that are taken away.

use std::time::Duration;

use axum::http::StatusCode;
use store::{audit::Filter, now};
use tokio::time::{sleep, timeout};

use super::{Browser, console, provider::Provider};
use crate::support::{ask, request, team, team_over};

#[tokio::test]
async fn what_was_sent_is_done_to_its_end_whoever_leaves() {
    let (console, store) = console().await;
    let admin = Browser::signed_in(&console, "admin").await;
    let person = store.by_name("viewer").await.unwrap().unwrap().0;
    let form = [("operation", "disable"), ("person", &*person.id)];
    // As soon as it is on record that it is about to be done.
    let leaves = async {
        while !store.recorded(&Filter::default(), None, 1).await.unwrap()[0]
            .event
            .contains("user_disabled")
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = leaves => {}
        _ = admin.post("/people", &form) => {}
    }
    let done = async {
        loop {
            let row = store.recorded(&Filter::default(), None, 1).await.unwrap();
            if row[0].event == "user_disabled" && row[0].outcome == "done" {
                return;
            }
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(10), done)
        .await
        .expect("an outcome");
    assert!(store.person(&person.id).await.unwrap().unwrap().disabled);
}

#[tokio::test]
async fn a_handle_that_is_none_stands_in_no_record() {
    let (console, store) = console().await;
    let viewer = Browser::signed_in(&console, "viewer").await;
    let before = store.last_row().await.unwrap();
    let long = "A".repeat(100_000);
    for handle in [&*long, "<script>", "a b"] {
        for operation in ["end", "revoke-token"] {
            let form = [("operation", operation), ("handle", handle)];
            let answer = viewer.post("/you", &form).await;
            assert!(
                answer.body.contains("There is none of that handle."),
                "{operation}"
            );
        }
    }
    assert_eq!(store.last_row().await.unwrap(), before);
}

#[tokio::test]
async fn whose_provider_is_taken_away_is_nobody() {
    let provider = Provider::new().await;
    let (console, store) = team(&provider.settings(), Vec::new()).await;
    let mut ada = Browser::new(&console);
    ada.sign_in_at_provider("ada").await;
    assert_eq!(ada.get("/you").await.status, StatusCode::OK);
    let person = store
        .by_subject(&provider.url, "ada")
        .await
        .unwrap()
        .unwrap();
    let token = store.make_token(&person.id, "script", "viewer", now() + 60_000, now());
    let bearer = format!(
        "Bearer {}",
        secrecy::ExposeSecret::expose_secret(&token.await.unwrap())
    );
    let with_token = [("authorization", bearer.as_str())];

    let other = Provider::new().await;
    for settings in [other.settings(), "sign_in = \"password\"\n".to_owned()] {
        let console = team_over(store.clone(), &settings, Vec::new());
        let same = Browser {
            console: &console,
            cookie: ada.cookie.clone(),
        };
        assert_eq!(
            same.get("/you").await.status,
            StatusCode::SEE_OTHER,
            "{settings}"
        );
        let asked = ask(&console, request("GET", "/api/you", &with_token)).await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "{settings}");
    }
    assert_eq!(
        ada.get("/you").await.status,
        StatusCode::OK,
        "with the first again"
    );
}
