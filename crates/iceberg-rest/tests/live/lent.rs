//! Tokens of people: lent by who keeps them, or exchanged.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use iceberg_rest::{
    Auth, ErrorKind, Hint, Namespace, Renewal, Server, Settings, client::NamespaceDrop,
};
use serde_json::json;

use crate::{
    auth::{oauth_settings, token_requests},
    server::{Mock, config, json as answer, serve, server, settings, status},
};

/// A server called as Ada, whose token is one more after each refusal.
fn lent(mock: &Mock, given: Arc<AtomicUsize>) -> Server {
    let renewal = Renewal::new(move |_| {
        let number = given.fetch_add(1, Ordering::SeqCst) + 2;
        async move { Some(format!("token-{number}").into()) }
    });
    let token = "token-1".into();
    server(Settings {
        auth: Auth::Lent { token, renewal },
        person: Some("Ada".into()),
        ..settings(&mock.url)
    })
}

#[tokio::test]
async fn a_lent_token_that_is_refused_is_renewed_once() {
    for code in [401, 419] {
        let given = Arc::new(AtomicUsize::new(0));
        let mock = serve(move |seen| match seen.header("authorization") {
            Some("Bearer token-2") => config("p"),
            _ => status(code, ""),
        })
        .await;
        let server = lent(&mock, given.clone());
        for _ in 0..3 {
            server.connect(None, None).await.unwrap();
        }
        assert_eq!(mock.seen().len(), 4, "{code}");
        assert_eq!(given.load(Ordering::SeqCst), 1);
    }
    let given = Arc::new(AtomicUsize::new(0));
    let mock = serve(|_| status(401, "")).await;
    let server = lent(&mock, given.clone());
    let error = server.connect(None, None).await.err().unwrap();
    assert_eq!(error.kind, ErrorKind::Unauthenticated);
    assert_eq!(error.asked.person.as_deref(), Some("Ada"));
    assert_eq!((mock.seen().len(), given.load(Ordering::SeqCst)), (2, 1));
}

#[tokio::test]
async fn a_change_in_a_persons_name_is_never_sent_again() {
    let given = Arc::new(AtomicUsize::new(0));
    let mock = serve(|seen| match &*seen.method {
        "GET" => config("p"),
        _ => status(401, ""),
    })
    .await;
    let client = lent(&mock, given.clone())
        .connect(None, None)
        .await
        .unwrap();
    let namespace = Namespace::try_new(["ns"]).unwrap();
    for round in 1..=2 {
        let drop = client.drop_namespace(&namespace, NamespaceDrop::default());
        assert!(client.send(drop.unwrap(), "key").await.is_err());
        let seen = mock.seen();
        assert_eq!(seen.len(), 1 + round);
        // The next one has the other token.
        let token = format!("Bearer token-{round}");
        assert_eq!(seen[round].header("authorization"), Some(&*token));
    }
}

#[tokio::test]
async fn a_token_is_exchanged_as_the_standard_says() {
    let mock = serve(|seen| match seen.target.as_str() {
        "/v1/oauth/tokens" => answer(json!({ "access_token": "theirs", "expires_in": "300" })),
        _ if seen.header("authorization") == Some("Bearer theirs") => config("p"),
        _ => status(401, ""),
    })
    .await;
    let mut exchange = oauth_settings(&mock.url, &mock.url);
    if let Auth::OAuth2 { subject, asks, .. } = &mut exchange.auth {
        *subject = Some("token of Ada".into());
        asks.audience = Some("lake".into());
    }
    exchange.person = Some("Ada".into());
    server(exchange).connect(None, None).await.unwrap();
    let sent = &token_requests(&mock)[0].body;
    assert_eq!(
        sent,
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=token+of+Ada\
         &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token\
         &requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token\
         &client_id=root&client_secret=s3cr3t-of-the-client&scope=PRINCIPAL_ROLE%3AALL+other&audience=lake"
    );
}

#[tokio::test]
async fn why_a_token_is_not_exchanged_is_told_apart() {
    for (code, body, hint) in [
        (
            400,
            r#"{"error":"unsupported_grant_type"}"#,
            Hint::NoExchange,
        ),
        (400, r#"{"error":"invalid_target"}"#, Hint::ExchangeTarget),
        (
            400,
            r#"{"error":"invalid_request","error_description":"Requested audience not available: lake"}"#,
            Hint::ExchangeTarget,
        ),
        (
            400,
            r#"{"error":"unauthorized_client"}"#,
            Hint::ExchangeClient,
        ),
        (
            400,
            r#"{"error":"invalid_request","error_description":"Standard token exchange is not enabled for the requested client"}"#,
            Hint::NoExchange,
        ),
        (
            403,
            r#"{"error":"access_denied","error_description":"Client is not within the token audience"}"#,
            Hint::ExchangeClient,
        ),
        (400, r#"{"error":"invalid_grant"}"#, Hint::ExchangeSubject),
        (
            400,
            r#"{"error":"invalid_request","error_description":"Invalid token"}"#,
            Hint::ExchangeSubject,
        ),
        (
            401,
            r#"{"error":"invalid_client"}"#,
            Hint::ClientCredentials,
        ),
        (400, r#"{"error":"invalid_scope"}"#, Hint::Scope),
    ] {
        let mock = serve(move |_| status(code, body)).await;
        let mut exchange = oauth_settings(&mock.url, &mock.url);
        if let Auth::OAuth2 { subject, .. } = &mut exchange.auth {
            *subject = Some("CANARY-of-Ada".into());
        }
        exchange.person = Some("Ada".into());
        let error = server(exchange).connect(None, None).await.err().unwrap();
        assert_eq!(error.hint(), Some(hint), "{body}");
        assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
    }
}
