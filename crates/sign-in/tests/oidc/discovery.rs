//! What a provider says of itself and its keys, and providers that do not.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::Response,
};
use iceberg_rest::{HttpOptions, Unreachable, http_client};
use serde_json::{Value, json};
use sign_in::oidc::{Check, Failure, InvalidSettings, Misconfigured, Provider, Reason};
use tokio::{
    net::TcpListener,
    time::{advance, pause, resume},
};

use crate::provider::{KEYS, Mock, as_html, as_json, back, provider};

const DOCUMENT: &str = "/.well-known/openid-configuration";

async fn begin(provider: &Provider) -> Result<(), Reason> {
    let begun = provider.begin(&back()).await;
    begun.map(drop).map_err(|failure| failure.reason)
}

/// Lets time pass, for all that waits.
async fn later(seconds: u64) {
    pause();
    advance(Duration::from_secs(seconds)).await;
    resume();
}

#[tokio::test]
async fn a_description_that_does_not_fit_is_told_apart() {
    for (field, value, wrong) in [
        (
            "issuer",
            json!("https://other.example.org"),
            Misconfigured::Issuer,
        ),
        ("issuer", json!(null), Misconfigured::Issuer),
        (
            "authorization_endpoint",
            json!(null),
            Misconfigured::Missing("authorization_endpoint"),
        ),
        (
            "token_endpoint",
            json!(null),
            Misconfigured::Missing("token_endpoint"),
        ),
        ("jwks_uri", json!(null), Misconfigured::Missing("jwks_uri")),
        (
            "authorization_endpoint",
            json!("javascript:alert(1)"),
            Misconfigured::Insecure("authorization_endpoint"),
        ),
        (
            "token_endpoint",
            json!("/token"),
            Misconfigured::Insecure("token_endpoint"),
        ),
        // The guard of the one client.
        (
            "jwks_uri",
            json!("http://169.254.169.254/keys"),
            Misconfigured::Address,
        ),
        ("token_endpoint", json!(7), Misconfigured::NotJson),
    ] {
        let mock = Mock::new().await;
        mock.describe(|document| document[field] = value.clone());
        let begun = begin(&mock.provider()).await;
        assert_eq!(begun, Err(Reason::Misconfigured(wrong)), "{field}: {value}");
    }
    // The same address in two ways of writing is two issuers.
    let mock = Mock::new().await;
    let mut settings = mock.settings();
    settings.issuer.push('/');
    let begun = begin(&provider(settings)).await;
    assert_eq!(begun, Err(Reason::Misconfigured(Misconfigured::Issuer)));
}

#[tokio::test]
async fn a_place_to_leave_that_cannot_be_used_keeps_nobody_out() {
    for url in ["data:text/html,x", "/out"] {
        let mock = Mock::new().await;
        mock.describe(|document| {
            document["end_session_endpoint"] = json!(url);
            document["revocation_endpoint"] = json!(url);
        });
        let provider = mock.provider();
        assert_eq!(begin(&provider).await, Ok(()), "{url}");
        assert!(provider.logout_url(&"".into(), &back()).await.is_none());
        assert_eq!(provider.revoke(&"refresh".into()).await, Ok(()), "{url}");
    }
}

#[tokio::test]
async fn what_is_no_provider_is_told_apart() {
    let huge = || as_json(200, &json!({ "a": "a".repeat(1024 * 1024) }));
    let elsewhere = || {
        let answer = Response::builder()
            .status(302)
            .header("location", "/elsewhere");
        answer.body(Body::empty()).unwrap()
    };
    let wrong = |what| Err(Reason::Misconfigured(what));
    for path in [DOCUMENT, "/keys"] {
        for (answer, expected) in [
            (&huge as &dyn Fn() -> _, wrong(Misconfigured::TooLarge)),
            (&elsewhere, wrong(Misconfigured::Redirect)),
            (&|| as_html(200), wrong(Misconfigured::NotJson)),
            (&|| as_json(200, &json!([])), wrong(Misconfigured::NotJson)),
            (
                &|| as_json(404, &json!({})),
                wrong(Misconfigured::Status(404)),
            ),
            (&|| as_html(503), Err(Reason::Unavailable(503))),
            (&|| as_json(429, &json!({})), Err(Reason::Unavailable(429))),
        ] {
            let mock = Mock::new().await;
            let answer = std::sync::Mutex::new(Some(answer()));
            mock.instead(move |asked| {
                (asked == path)
                    .then(|| answer.lock().unwrap().take())
                    .flatten()
            });
            assert_eq!(begin(&mock.provider()).await, expected, "{path}");
            assert!(mock.asked("/elsewhere").is_empty());
        }
    }
}

/// Each piece comes in time, and the whole does not: in time of the test's own, which passes while all wait.
#[tokio::test(start_paused = true)]
async fn a_provider_that_drips_is_slow() {
    let mock = Mock::new().await;
    mock.instead(|_| {
        let pieces = futures_util::stream::unfold(0, |count| async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            (count < 100).then(|| (Ok::<_, Infallible>(Bytes::from_static(b" ")), count + 1))
        });
        Some(Response::new(Body::from_stream(pieces)))
    });
    assert_eq!(begin(&mock.provider()).await, Err(Reason::Slow));
}

#[tokio::test]
async fn nothing_is_asked_while_a_failure_is_fresh_and_then_it_works_again() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    mock.instead(|_| Some(as_html(503)));
    let down = Err(Reason::Unavailable(503));
    assert_eq!(begin(&provider).await, down);
    assert_eq!(begin(&provider).await, down);
    assert_eq!(mock.asked(DOCUMENT).len(), 1);
    // A second later it is asked again, and then not for two.
    later(1).await;
    assert_eq!(begin(&provider).await, down);
    later(1).await;
    assert_eq!(begin(&provider).await, down);
    assert_eq!(mock.asked(DOCUMENT).len(), 2);
    mock.behave();
    later(1).await;
    assert_eq!(begin(&provider).await, Ok(()));
    assert_eq!(mock.asked(DOCUMENT).len(), 3);
}

#[tokio::test]
async fn where_nothing_listens_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut settings = Mock::new().await.settings();
    settings.issuer = format!("http://{address}");
    let refused = Reason::Unreachable(Unreachable::Refused);
    assert_eq!(begin(&provider(settings)).await, Err(refused));
}

#[tokio::test]
async fn many_who_come_at_once_ask_once() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    let begun = futures_util::future::join_all((0..50).map(|_| begin(&provider))).await;
    assert!(begun.iter().all(Result::is_ok));
    assert_eq!(
        [DOCUMENT, "/keys"].map(|path| mock.asked(path).len()),
        [1, 1]
    );
    later(3599).await;
    begin(&provider).await.unwrap();
    assert_eq!(mock.asked(DOCUMENT).len(), 1);
    // It is asked again by the way, by one of them.
    later(1).await;
    let begun = futures_util::future::join_all((0..50).map(|_| begin(&provider))).await;
    assert!(begun.iter().all(Result::is_ok));
    asked(&mock, 2).await;
    begin(&provider).await.unwrap();
    assert_eq!(mock.asked(DOCUMENT).len(), 2);
}

/// Waits until it was asked so often for all that is known of it.
async fn asked(mock: &Mock, times: usize) {
    let asked = async {
        while mock.asked("/keys").len() < times {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(10), asked).await;
    waited.expect("asked again");
}

#[tokio::test]
async fn nobody_waits_for_a_provider_that_hangs_and_for_a_day_it_is_taken_at_its_word() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    begin(&provider).await.unwrap();
    mock.instead(|_| {
        Some(Response::new(Body::from_stream(
            futures_util::stream::pending::<Result<Bytes, Infallible>>(),
        )))
    });
    for _ in 0..23 {
        later(3600).await;
        let begun = tokio::time::timeout(Duration::from_secs(3), begin(&provider));
        assert_eq!(begun.await, Ok(Ok(())));
    }
    later(3600).await;
    assert_eq!(begin(&provider).await, Err(Reason::Slow));
    mock.behave();
    later(60).await;
    assert_eq!(begin(&provider).await, Ok(()));
}

#[tokio::test]
async fn keys_are_asked_for_again_once_a_minute_at_most() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    let mut other = KEYS.published();
    other["keys"][2]["kid"] = json!("next");
    let next = json!({ "alg": "ES256", "kid": "next" });
    let sign_in = || async {
        let token = |claims: Value| KEYS.token_with(&next, &claims);
        mock.sign_in(&provider, token).await.map(drop)
    };
    let unknown = |signed_in: Result<(), Failure>| {
        assert_eq!(
            signed_in.unwrap_err().reason,
            Reason::Token(Check::UnknownKey)
        );
    };
    unknown(sign_in().await);
    assert_eq!(mock.asked("/keys").len(), 1, "they have just come");
    later(60).await;
    unknown(sign_in().await);
    unknown(sign_in().await);
    assert_eq!(mock.asked("/keys").len(), 2);
    // The provider has new ones, and is asked when the minute is over.
    mock.publish(other);
    later(59).await;
    unknown(sign_in().await);
    later(1).await;
    sign_in().await.unwrap();
    sign_in().await.unwrap();
    assert_eq!(mock.asked("/keys").len(), 3);
    assert_eq!(mock.asked(DOCUMENT).len(), 1);
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_told_apart() {
    let mock = Mock::new().await;
    let http = http_client(HttpOptions::default()).unwrap();
    let issuer = |issuer: &str| {
        let mut settings = mock.settings();
        settings.issuer = issuer.to_owned();
        Provider::new(settings, http.clone()).map(drop)
    };
    for good in [
        "https://idp.example.org/realms/a",
        "http://localhost:8080",
        "http://127.0.0.9",
        "http://[::1]:1/a",
    ] {
        assert_eq!(issuer(good), Ok(()), "{good}");
    }
    for (text, wrong) in [
        ("http://idp.example.org", InvalidSettings::Insecure),
        ("http://localhost.example.org", InvalidSettings::Insecure),
        ("http://10.0.0.1", InvalidSettings::Insecure),
        ("ftp://localhost", InvalidSettings::Insecure),
        ("idp.example.org", InvalidSettings::Issuer),
        ("https://idp.example.org?a=b", InvalidSettings::Issuer),
        ("https://a:b@idp.example.org", InvalidSettings::Issuer),
        ("", InvalidSettings::Issuer),
    ] {
        assert_eq!(issuer(text), Err(wrong), "{text}");
    }
    for id in ["", "A", "a/b", "a.b", "ä", &"a".repeat(41)] {
        let mut settings = mock.settings();
        settings.id = id.to_owned();
        let made = Provider::new(settings, http.clone()).map(drop);
        assert_eq!(made, Err(InvalidSettings::Id), "{id}");
    }
}
