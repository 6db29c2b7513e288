//! A sign-in that goes well.

use base64::{Engine, prelude::BASE64_STANDARD};
use ring::digest::{SHA256, digest};
use secrecy::ExposeSecret;
use serde_json::json;
use sign_in::{Role, oidc::Attempt};
use url::Url;

use crate::{
    keys::encoded,
    provider::{KEYS, Mock, back, begin, callback, provider, query, tokens},
};

#[tokio::test]
async fn somebody_signs_in() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    let (url, attempt) = begin(&provider).await;
    let sent = query(&url);
    assert!(
        url.as_str()
            .starts_with(&format!("{}/authorize?tenant=a&", mock.url)),
        "{url}"
    );
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "console"),
        ("scope", "openid profile"),
        ("code_challenge_method", "S256"),
        ("redirect_uri", back().as_str()),
    ] {
        assert_eq!(sent[name], value, "{url}");
    }
    let mut names: Vec<&str> = sent.keys().map(String::as_str).collect();
    names.sort_unstable();
    let expected = [
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
        "tenant",
    ];
    assert_eq!(names, expected, "no prompt, no max_age, no verifier");
    // 32 bytes are 43 letters.
    assert!(
        sent["state"].len() >= 43 && sent["nonce"].len() >= 43,
        "{url}"
    );

    // Kept by the caller meanwhile.
    let kept = attempt.to_secret();
    let attempt = Attempt::from_secret(&kept).unwrap();
    assert_eq!(attempt.provider(), "acme");
    let id_token = KEYS.token("RS256", &mock.claims(Some(&sent["nonce"])));
    mock.give(tokens(Some(&id_token)));
    let signed_in = provider
        .finish(attempt, callback(&sent["state"]))
        .await
        .unwrap();
    let person = &signed_in.identity;
    assert_eq!(person.key(), (&*mock.url, "u-1"));
    assert_eq!((&*person.name, person.role), ("Ada", Role::Viewer));
    assert_eq!(signed_in.id_token.expose_secret(), id_token);
    assert_eq!(
        signed_in.tokens.access_token.expose_secret(),
        "canary-access"
    );
    let refresh_token = signed_in.tokens.refresh_token.unwrap();
    assert_eq!(refresh_token.expose_secret(), "canary-refresh");
    assert_eq!(signed_in.tokens.expires_in.unwrap().as_secs(), 3600);

    let asked = &mock.asked("/token")[0];
    assert_eq!(asked.form["grant_type"], "authorization_code");
    assert_eq!(asked.form["code"], "canary-code");
    assert_eq!(asked.form["redirect_uri"], back().as_str());
    let challenge = encoded(digest(&SHA256, asked.form["code_verifier"].as_bytes()));
    assert_eq!(challenge, sent["code_challenge"]);
    let basic = BASE64_STANDARD.encode("console:canary-client-secret");
    assert_eq!(asked.authorization, Some(format!("Basic {basic}")));
    assert!(!asked.form.contains_key("client_secret"));
}

#[tokio::test]
async fn no_two_attempts_share_a_secret() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    let (one, other) = (begin(&provider).await.0, begin(&provider).await.0);
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(query(&one)[name], query(&other)[name], "{name}");
    }
    let asked = ["/.well-known/openid-configuration", "/keys"].map(|path| mock.asked(path).len());
    assert_eq!(asked, [1, 1], "kept");
}

#[tokio::test]
async fn each_signature_that_is_believed_is_read() {
    let mock = Mock::new().await;
    for algorithm in ["RS256", "PS256", "ES256", "EdDSA"] {
        let token = |claims| KEYS.token(algorithm, &claims);
        let signed_in = mock.sign_in(&mock.provider(), token).await;
        assert_eq!(signed_in.unwrap().identity.subject, "u-1", "{algorithm}");
    }
}

#[tokio::test]
async fn the_secret_goes_where_the_provider_reads_it() {
    let mock = Mock::new().await;
    mock.describe(|document| {
        document["token_endpoint_auth_methods_supported"] = json!(["client_secret_post"]);
    });
    mock.sign_in_with(|_| {}).await.unwrap();
    let asked = mock.asked("/token").pop().unwrap();
    assert_eq!(asked.form["client_secret"], "canary-client-secret");
    assert_eq!(asked.authorization, None);

    let mut public = mock.settings();
    public.client_secret = None;
    let token = |claims| KEYS.token("ES256", &claims);
    mock.sign_in(&provider(public), token).await.unwrap();
    let asked = mock.asked("/token").pop().unwrap();
    assert_eq!(asked.form["client_id"], "console");
    assert_eq!(asked.form.get("client_secret"), None);
    assert_eq!(asked.authorization, None);
}

#[tokio::test]
async fn signing_out_leads_to_the_provider_and_back() {
    let mock = Mock::new().await;
    let back = Url::parse("https://console.example.org/").unwrap();
    let url = mock
        .provider()
        .logout_url(&"token".into(), &back)
        .await
        .unwrap();
    assert!(
        url.as_str().starts_with(&format!("{}/logout?", mock.url)),
        "{url}"
    );
    let sent = query(&url);
    assert_eq!(sent["id_token_hint"], "token");
    assert_eq!(sent["client_id"], "console");
    assert_eq!(sent["post_logout_redirect_uri"], back.as_str());

    mock.describe(|document| document["end_session_endpoint"] = json!(null));
    assert_eq!(
        mock.provider().logout_url(&"token".into(), &back).await,
        None
    );
}
