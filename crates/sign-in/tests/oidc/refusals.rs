//! A provider that says no: in our words, never in its own.

use axum::http::Response;
use serde_json::json;
use sign_in::oidc::{Callback, Failure, Misconfigured, Reason, Refusal};

use crate::provider::{Mock, as_html, as_json, begin, callback, query};

const CODES: [(&str, Refusal); 15] = [
    ("access_denied", Refusal::AccessDenied),
    ("invalid_client", Refusal::InvalidClient),
    ("invalid_grant", Refusal::InvalidGrant),
    ("invalid_request", Refusal::InvalidRequest),
    ("invalid_scope", Refusal::InvalidScope),
    ("unauthorized_client", Refusal::UnauthorizedClient),
    ("unsupported_grant_type", Refusal::Unsupported),
    ("unsupported_response_type", Refusal::Unsupported),
    ("server_error", Refusal::Unavailable),
    ("temporarily_unavailable", Refusal::Unavailable),
    ("login_required", Refusal::Interaction),
    ("interaction_required", Refusal::Interaction),
    ("consent_required", Refusal::Interaction),
    ("<b>call 0800 canary</b>", Refusal::Other),
    ("", Refusal::Other),
];

/// Whatever was said, it is not repeated.
fn assert_own_words(failure: &Failure) {
    for shown in [
        failure.message(),
        failure.hint().to_owned(),
        failure.to_string(),
        format!("{failure:?}"),
    ] {
        assert!(!shown.contains("canary") && !shown.is_empty(), "{shown}");
    }
    assert!(failure.message().contains("Acme"), "{failure}");
}

#[tokio::test]
async fn what_the_browser_brings_is_told_in_own_words() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    for (code, refusal) in CODES {
        let (url, attempt) = begin(&provider).await;
        let sent = query(&url);
        let brought = Callback {
            // Where both come, it is a refusal.
            code: Some("canary-code"),
            error: Some(code),
            ..callback(&sent["state"])
        };
        let failure = provider.finish(attempt, brought).await.unwrap_err();
        assert_eq!(failure.reason, Reason::Refused(refusal), "{code}");
        assert_own_words(&failure);
    }
    let (url, attempt) = begin(&provider).await;
    let sent = query(&url);
    let nothing = Callback {
        code: None,
        ..callback(&sent["state"])
    };
    let failure = provider.finish(attempt, nothing).await.unwrap_err();
    assert_eq!(failure.reason, Reason::Refused(Refusal::Other));
    assert!(mock.asked("/token").is_empty());
}

/// What a sign-in comes to with this answer of the token endpoint.
async fn answered(answer: Response<axum::body::Body>) -> Failure {
    let mock = Mock::new().await;
    let answer = std::sync::Mutex::new(Some(answer));
    mock.instead(move |path| {
        (path == "/token")
            .then(|| answer.lock().unwrap().take())
            .flatten()
    });
    let failure = mock.sign_in_with(|_| {}).await.unwrap_err();
    assert_own_words(&failure);
    failure
}

#[tokio::test]
async fn what_the_token_endpoint_says_is_told_in_own_words() {
    for (code, refusal) in CODES {
        let body = json!({
            "error": code, "error_description": "canary", "error_uri": "https://canary",
        });
        let failure = answered(as_json(400, &body)).await;
        assert_eq!(failure.reason, Reason::Refused(refusal), "{code}");
    }
    let no_token = Reason::Misconfigured(Misconfigured::NotToken);
    for answer in [
        as_html(200),
        as_html(403),
        as_json(200, &json!({ "error": "canary" })),
        as_json(200, &json!({ "access_token": ["canary"] })),
        as_json(401, &json!({})),
        Response::new("".into()),
    ] {
        assert_eq!(answered(answer).await.reason, no_token);
    }
    let elsewhere = Response::builder()
        .status(307)
        .header("location", "/canary");
    let failure = answered(elsewhere.body("".into()).unwrap()).await;
    assert_eq!(
        failure.reason,
        Reason::Misconfigured(Misconfigured::Redirect)
    );
}
