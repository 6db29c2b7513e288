//! Asking again who somebody is.

use axum::http::Response;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sign_in::{
    Role,
    oidc::{Check, Failure, Reason, Refusal, Renewed},
};

use crate::provider::{KEYS, Mock, NOW, as_html, as_json, tokens};

/// What a refresh comes to with an ID token that was changed like this.
async fn refresh(mock: &Mock, change: impl FnOnce(&mut Value)) -> Result<Renewed, Failure> {
    let mut claims = mock.claims(None);
    change(&mut claims);
    mock.give(tokens(Some(&KEYS.token("EdDSA", &claims))));
    match ask(mock).await? {
        Renewed {
            identity: Err(failure),
            ..
        } => Err(failure),
        told => Ok(told),
    }
}

async fn ask(mock: &Mock) -> Result<Renewed, Failure> {
    let token = SecretString::from("canary-old-refresh");
    mock.provider().refresh(&token, "u-1").await
}

#[tokio::test]
async fn a_refresh_brings_the_role_of_now() {
    let mock = Mock::new().await;
    let renewed = refresh(&mock, |claims| claims["roles"] = json!("root"))
        .await
        .unwrap();
    assert_eq!(renewed.identity.unwrap().unwrap().role, Role::Admin);
    assert!(renewed.id_token.is_some());
    assert_eq!(renewed.tokens.access_token.expose_secret(), "canary-access");
    let asked = mock.asked("/token").pop().unwrap();
    assert_eq!(asked.form["grant_type"], "refresh_token");
    assert_eq!(asked.form["refresh_token"], "canary-old-refresh");
    assert!(asked.authorization.is_some());

    mock.give(tokens(None));
    let renewed = ask(&mock).await.unwrap();
    assert!(matches!(renewed.identity, Ok(None)) && renewed.id_token.is_none());
}

#[tokio::test]
async fn a_refresh_that_names_nobody_or_somebody_else_ends_the_sign_in() {
    let mock = Mock::new().await;
    let lost = refresh(&mock, |claims| claims["roles"] = json!(["gone"]))
        .await
        .unwrap_err();
    assert!(matches!(lost.reason, Reason::NoRole(..)) && lost.ends_sign_in());
    for (claim, value, check) in [
        ("sub", json!("u-2"), Check::Subject),
        ("aud", json!("other"), Check::Audience),
        ("iss", json!("https://other.example.org"), Check::Issuer),
        ("exp", json!(NOW - 61), Check::Expired),
        ("iat", json!(NOW + 61), Check::IssuedAt),
    ] {
        let failure = refresh(&mock, |claims| claims[claim] = value)
            .await
            .unwrap_err();
        assert_eq!(failure.reason, Reason::Token(check));
        assert!(failure.ends_sign_in());
    }
    // A key that is newer than what is known of the provider's: the next refresh knows it, by what this one brought.
    let header = json!({ "alg": "ES256", "kid": "next" });
    mock.give(tokens(Some(&KEYS.token_with(&header, &mock.claims(None)))));
    let renewed = ask(&mock).await.unwrap();
    assert_eq!(renewed.tokens.access_token.expose_secret(), "canary-access");
    let failure = renewed.identity.unwrap_err();
    assert_eq!(failure.reason, Reason::Token(Check::UnknownKey));
    assert!(!failure.ends_sign_in());
    // Some providers send the one of the sign-in once more.
    let old = refresh(&mock, |claims| claims["iat"] = json!(NOW - 3600)).await;
    assert!(old.is_ok(), "{old:?}");
}

#[tokio::test]
async fn what_may_pass_is_told_from_what_is_over() {
    let refused = |code: &str| as_json(400, &json!({ "error": code }));
    for (answer, reason, is_over) in [
        (
            refused("invalid_grant"),
            Reason::Refused(Refusal::InvalidGrant),
            true,
        ),
        (
            refused("invalid_client"),
            Reason::Refused(Refusal::InvalidClient),
            true,
        ),
        (
            as_json(401, &json!({ "error": "invalid_client" })),
            Reason::Refused(Refusal::InvalidClient),
            true,
        ),
        (
            refused("temporarily_unavailable"),
            Reason::Refused(Refusal::Unavailable),
            false,
        ),
        (
            refused("invalid_request"),
            Reason::Refused(Refusal::InvalidRequest),
            false,
        ),
        // Whatever it says with that.
        (
            as_json(503, &json!({ "error": "invalid_grant" })),
            Reason::Unavailable(503),
            false,
        ),
        (as_html(500), Reason::Unavailable(500), false),
        (as_json(429, &json!({})), Reason::Unavailable(429), false),
    ] {
        let mock = Mock::new().await;
        let answer = std::sync::Mutex::new(Some(answer));
        mock.instead(move |path| {
            (path == "/token")
                .then(|| answer.lock().unwrap().take())
                .flatten()
        });
        let failure = ask(&mock).await.unwrap_err();
        assert_eq!(
            (&failure.reason, failure.ends_sign_in()),
            (&reason, is_over)
        );
    }
    // Where the provider is gone before it could be asked.
    let mock = Mock::new().await;
    mock.instead(|_| Some(Response::builder().status(502).body("".into()).unwrap()));
    let failure = ask(&mock).await.unwrap_err();
    assert!(!failure.ends_sign_in(), "{failure}");
}
