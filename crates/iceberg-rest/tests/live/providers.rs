//! What providers of tokens are like: how they write a token, what they ask for, and what a token's end looks like.
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{body::Body, http::Response};
use iceberg_rest::{Auth, Dialect, ErrorKind, Namespace, Settings, TokenRequest};
use serde_json::json;

use crate::{
    auth::{catalog, failure, oauth, oauth_settings, token_requests},
    server::{Mock, Seen, config, json as answer, serve, server, settings, status},
};

/// A catalog that takes the token `good` alone, and whose token endpoint answers as told.
async fn guarded(tokens: impl Fn(&Seen) -> Response<Body> + Send + Sync + 'static) -> Mock {
    serve(move |seen| match seen.target.as_str() {
        "/v1/oauth/tokens" => tokens(seen),
        _ if seen.header("authorization") == Some("Bearer good") => config("p"),
        _ => status(401, ""),
    })
    .await
}

#[tokio::test]
async fn a_token_is_taken_as_providers_write_it() {
    for (body, asked) in [
        (r#"{"access_token":"good","expires_in":3600}"#, 1),
        (
            r#"{"access_token":"good","token_type":"Bearer","expires_in":"3599"}"#,
            1,
        ),
        (
            r#"{"access_token":"good","token_type":"BEARER","expires_in":3599.5}"#,
            1,
        ),
        (
            r#"{"access_token":"good","token_type":null,"expires_in":null,"scope":null}"#,
            1,
        ),
        (r#"{"access_token":"good","expires_in":"soon"}"#, 1),
        (r#"{"access_token":"good","expires_in":-1}"#, 1),
        (r#"{"access_token":"good","expires_in":1e300}"#, 1),
        (r#"{"access_token":"bad","access_token":"good"}"#, 1),
        (r#"{"access_token":"good","expires_in":"0"}"#, 2),
        (r#"{"access_token":"good","expires_in":0.0}"#, 2),
    ] {
        let mock = guarded(move |_| status(200, body)).await;
        let server = oauth(&mock);
        for _ in 0..2 {
            server.connect(None, None).await.expect(body);
        }
        assert_eq!(token_requests(&mock).len(), asked, "{body}");
    }
}

/// `id:secret` in the header, each encoded as in a form.
const BASIC: &str = "Basic cm9vdDpzM2NyM3Qtb2YtdGhlLWNsaWVudA==";

#[tokio::test]
async fn a_provider_that_reads_the_header_alone_is_asked_so_once_more_and_from_then_on() {
    for refusal in [
        (401, r#"{"error":"invalid_client"}"#),
        (400, r#"{"error":"invalid_client"}"#),
        (401, ""),
    ] {
        let mock = guarded(move |seen| match seen.header("authorization") {
            Some(BASIC) if !seen.body.contains("client_secret") => {
                answer(json!({"access_token": "good", "expires_in": 0}))
            }
            _ => status(refusal.0, refusal.1),
        })
        .await;
        let server = oauth(&mock);
        for _ in 0..2 {
            server.connect(None, None).await.unwrap();
        }
        assert_eq!(token_requests(&mock).len(), 3, "{refusal:?}");
    }
}

#[tokio::test]
async fn what_a_provider_asks_for_is_set() {
    let mock = guarded(|_| answer(json!({"access_token": "good"}))).await;
    let auth = Auth::OAuth2 {
        client_id: "a b".to_owned(),
        client_secret: "c:d+é".into(),
        token_url: format!("{}/v1/oauth/tokens", mock.url),
        asks: TokenRequest {
            scope: None,
            audience: Some("https://lake.example".to_owned()),
            resource: Some("urn:lake".to_owned()),
            fields: vec![
                ("tenant".to_owned(), "a & b".into()),
                ("tenant".to_owned(), "c".into()),
            ],
            basic: true,
        },
        subject: None,
    };
    let settings = Settings {
        auth,
        ..settings(&mock.url)
    };
    server(settings).connect(None, None).await.unwrap();
    let request = &token_requests(&mock)[0];
    assert_eq!(
        request.body,
        "grant_type=client_credentials&audience=https%3A%2F%2Flake.example&resource=urn%3Alake\
         &tenant=a+%26+b&tenant=c"
    );
    assert_eq!(
        request.header("authorization"),
        Some("Basic YStiOmMlM0FkJTJCJUMzJUE5")
    );
}

#[tokio::test]
async fn a_token_is_renewed_once_where_what_works_is_no_longer_there() {
    let gone = r#"{"error":{"message":"A header you provided implies functionality that is not implemented","type":"RESTException","code":501}}"#;
    let expired = r#"{"error":{"message":"The access token expired","type":"BadRequestException","code":400}}"#;
    let invalid = r#"{"error_code":403,"message":"Invalid access token."}"#;
    for (code, body, requests) in [
        (501, gone, 2),
        (400, expired, 2),
        (403, invalid, 2),
        (400, "{}", 1),
        (403, r#"{"message":"No right"}"#, 1),
    ] {
        let mock = catalog(3600, move |authorization| match authorization {
            "Bearer token-1" => status(code, body),
            _ => config("p"),
        })
        .await;
        let connected = oauth(&mock).connect(None, None).await;
        assert_eq!(connected.is_ok(), requests == 2, "{code} {body}");
        assert_eq!(token_requests(&mock).len(), requests, "{code} {body}");
    }
}

#[tokio::test]
async fn a_renewed_token_that_begins_as_the_one_before_is_sent_whole() {
    const BEGINS: &str =
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lkcC50ZXN0Iiwic3ViIjoicm9vdCIs";
    let issued = AtomicUsize::new(0);
    let mock = serve(move |seen| match seen.target.as_str() {
        "/v1/oauth/tokens" => {
            let number = issued.fetch_add(1, Ordering::Relaxed);
            answer(json!({"access_token": format!("{BEGINS}{number}")}))
        }
        _ if seen.header("authorization") == Some(&format!("Bearer {BEGINS}1")) => config("p"),
        _ => status(401, ""),
    })
    .await;
    oauth(&mock).connect(None, None).await.unwrap();
    assert_eq!(token_requests(&mock).len(), 2);
}

#[tokio::test]
async fn what_never_worked_costs_no_token() {
    let mock = serve(|seen| match seen.target.as_str() {
        "/v1/oauth/tokens" => answer(json!({"access_token": "good"})),
        target if target.contains("/views") => status(501, ""),
        _ => config("p"),
    })
    .await;
    let client = oauth(&mock).connect(None, None).await.unwrap();
    let sales = Namespace::try_new(["sales"]).unwrap();
    client.list_views(&sales).await.unwrap_err();
    assert_eq!(token_requests(&mock).len(), 1);
}

#[tokio::test]
async fn a_failed_sign_in_says_nothing_about_the_warehouse() {
    for code in [400, 404] {
        let mock = serve(move |_| status(code, r#"{"error":"x"}"#)).await;
        let error = failure(&oauth(&mock)).await;
        assert!(!error.message.contains("warehouse"), "{error}");
    }
}

#[tokio::test]
async fn a_missing_right_that_is_told_by_401_costs_no_token() {
    for (dialect, kind, expected, tokens) in [
        (Dialect::Lakekeeper, "Unauthorized", ErrorKind::Forbidden, 1),
        (
            Dialect::Lakekeeper,
            "AuthenticationFailed",
            ErrorKind::Unauthenticated,
            2,
        ),
        (
            Dialect::Generic,
            "Unauthorized",
            ErrorKind::Unauthenticated,
            2,
        ),
    ] {
        let body = json!({"error": {"message": "No.", "type": kind, "code": 401}}).to_string();
        let mock = catalog(3600, move |_| status(401, &body)).await;
        let server = server(Settings {
            dialect: Some(dialect),
            ..oauth_settings(&mock.url, &mock.url)
        });
        let error = failure(&server).await;
        assert_eq!(error.kind, expected, "{dialect} {kind}");
        assert_eq!(token_requests(&mock).len(), tokens, "{dialect} {kind}");
    }
}
