use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use axum::{body::Body, http::Response};
use iceberg_rest::{
    Auth, Error, ErrorKind, Hint, Limits, Server, Settings, TokenRequest, auth::AwsKeys,
};
use serde_json::json;

use crate::server::{Mock, Seen, config, json as answer, serve, server, settings, slow, status};

const SECRET: &str = "s3cr3t-of-the-client";

/// A catalog whose token endpoint hands out `token-1`, `token-2`, … and whose calls are judged by `judge`.
pub(crate) async fn catalog(
    expires_in: u64,
    judge: impl Fn(&str) -> Response<Body> + Send + Sync + 'static,
) -> Mock {
    let count = AtomicUsize::new(0);
    serve(move |seen: &Seen| {
        if seen.target == "/v1/oauth/tokens" {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            return answer(json!({"access_token": format!("token-{number}"), "token_type": "bearer", "expires_in": expires_in}));
        }
        judge(seen.header("authorization").unwrap_or_default())
    })
    .await
}

pub(crate) fn oauth(mock: &Mock) -> Server {
    oauth_at(&mock.url, &mock.url, Limits::default())
}

/// A catalog at `url` whose tokens come from the host of `tokens`.
fn oauth_at(url: &str, tokens: &str, limits: Limits) -> Server {
    server(Settings {
        limits,
        ..oauth_settings(url, tokens)
    })
}

pub(crate) fn oauth_settings(url: &str, tokens: &str) -> Settings {
    let auth = Auth::OAuth2 {
        client_id: "root".to_owned(),
        client_secret: SECRET.into(),
        token_url: format!("{tokens}/v1/oauth/tokens"),
        asks: TokenRequest {
            scope: Some("PRINCIPAL_ROLE:ALL other".to_owned()),
            ..TokenRequest::default()
        },
        subject: None,
    };
    Settings {
        auth,
        headers: vec![("Polaris-Realm".to_owned(), "POLARIS".to_owned())],
        ..settings(url)
    }
}

/// As many calls at once.
pub(crate) async fn at_once(calls: usize, server: &Server) -> Vec<Result<(), Error>> {
    let calls: Vec<_> = (0..calls)
        .map(|_| {
            let server = server.clone();
            tokio::spawn(async move { server.connect(None, None).await.map(drop) })
        })
        .collect();
    let mut outcomes = Vec::new();
    for call in calls {
        outcomes.push(call.await.unwrap());
    }
    outcomes
}

pub(crate) fn token_requests(mock: &Mock) -> Vec<Seen> {
    mock.seen()
        .into_iter()
        .filter(|seen| seen.target == "/v1/oauth/tokens")
        .collect()
}

pub(crate) async fn failure(server: &Server) -> Error {
    server.connect(None, None).await.err().unwrap()
}

#[tokio::test]
async fn one_token_serves_calls_that_come_together() {
    let mock = catalog(3600, |authorization| {
        if authorization == "Bearer token-1" {
            config("p")
        } else {
            status(401, "")
        }
    })
    .await;
    for outcome in at_once(20, &oauth(&mock)).await {
        outcome.unwrap();
    }
    let requests = token_requests(&mock);
    assert_eq!(requests.len(), 1);
    assert_eq!(
        requests[0].header("polaris-realm"),
        Some("POLARIS"),
        "the realm goes with token requests too"
    );
    for part in [
        "grant_type=client_credentials",
        "client_id=root",
        "client_secret=s3cr3t-of-the-client",
        "scope=PRINCIPAL_ROLE%3AALL+other",
    ] {
        assert!(requests[0].body.contains(part), "{}", requests[0].body);
    }
}

#[tokio::test]
async fn a_token_at_its_end_is_replaced_before_it_is_used() {
    let mock = catalog(0, |_| config("p")).await;
    let server = oauth(&mock);
    for _ in 0..3 {
        server.connect(None, None).await.unwrap();
    }
    assert_eq!(token_requests(&mock).len(), 3);
    let mock = catalog(3600, |_| config("p")).await;
    let server = oauth(&mock);
    for _ in 0..3 {
        server.connect(None, None).await.unwrap();
    }
    assert_eq!(token_requests(&mock).len(), 1);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let mock = catalog(3600, |authorization| {
        if authorization == "Bearer token-1" {
            status(401, "")
        } else {
            config("p")
        }
    })
    .await;
    oauth(&mock).connect(None, None).await.unwrap();
    assert_eq!(token_requests(&mock).len(), 2);
    let mock = catalog(3600, |_| status(401, "")).await;
    assert_eq!(
        failure(&oauth(&mock)).await.kind,
        ErrorKind::Unauthenticated
    );
    assert_eq!((token_requests(&mock).len(), mock.seen().len()), (2, 4));
}

#[tokio::test]
async fn a_catalog_that_refuses_every_token_gets_few() {
    let mock = catalog(3600, |_| status(401, "")).await;
    let server = oauth(&mock);
    for _ in 0..3 {
        assert_eq!(failure(&server).await.kind, ErrorKind::Unauthenticated);
    }
    assert_eq!(token_requests(&mock).len(), 2);
}

#[tokio::test]
async fn a_failing_token_endpoint_is_asked_once_for_all_who_wait() {
    for (code, body, requests) in [
        // In the body and in the header.
        (401, r#"{"error":"invalid_client"}"#, 2),
        (503, "", 1),
        (200, "<html></html>", 1),
    ] {
        let mock = serve(move |_| status(code, body)).await;
        let server = oauth(&mock);
        for outcome in at_once(20, &server).await {
            assert_eq!(outcome.unwrap_err().path_template, "/v1/oauth/tokens");
        }
        // Whoever comes next gets the same at once, and reads when it may change.
        let error = failure(&server).await;
        assert!(error.retry_after.is_some(), "{error}");
        assert_eq!(mock.seen().len(), requests, "{code}");
    }
}

#[tokio::test]
async fn a_silent_token_endpoint_ends_all_who_wait_together() {
    let mock = slow(Duration::from_secs(60), |_| status(500, "")).await;
    let limits = Limits {
        token_time: Duration::from_millis(300),
        ..Limits::default()
    };
    for outcome in at_once(10, &oauth_at(&mock.url, &mock.url, limits)).await {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind, ErrorKind::TimedOut, "{error}");
    }
    assert_eq!(mock.seen().len(), 1);
}

#[tokio::test]
async fn a_token_request_outlives_the_call_that_began_it() {
    let mock = slow(Duration::from_millis(200), |seen| {
        match seen.target.as_str() {
            "/v1/oauth/tokens" => answer(json!({"access_token": "t", "token_type": "bearer"})),
            _ => config("p"),
        }
    })
    .await;
    let server = oauth(&mock);
    tokio::select! {
        _ = server.connect(None, None) => panic!("it cannot be that fast"),
        () = async { while mock.seen().is_empty() { tokio::task::yield_now().await } } => {}
    }
    server.connect(None, None).await.unwrap();
    assert_eq!(token_requests(&mock).len(), 1);
}

#[tokio::test]
async fn the_old_token_is_used_while_it_lives_though_no_other_is_given() {
    let count = AtomicUsize::new(0);
    let mock = serve(move |seen| {
        let token = json!({"access_token": "old", "token_type": "bearer", "expires_in": 3});
        match (seen.target.as_str(), seen.header("authorization")) {
            ("/v1/oauth/tokens", _) if count.fetch_add(1, Ordering::SeqCst) == 0 => answer(token),
            ("/v1/oauth/tokens", _) => status(503, ""),
            (_, Some("Bearer old")) => config("p"),
            _ => status(401, ""),
        }
    })
    .await;
    let server = oauth(&mock);
    let begun = Instant::now();
    // At half of its life another is asked for, while reads go on.
    while token_requests(&mock).len() < 2 {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "no other was asked for"
        );
        server.connect(None, None).await.unwrap();
    }
    server.connect(None, None).await.unwrap();
}

#[tokio::test]
async fn the_headers_of_a_connection_are_for_the_catalog() {
    let tokens = catalog(3600, |_| status(500, "")).await;
    let mock = serve(|_| config("p")).await;
    let server = oauth_at(&mock.url, &tokens.url, Limits::default());
    server.connect(None, None).await.unwrap();
    let request = &token_requests(&tokens)[0];
    assert_eq!(request.header("polaris-realm"), None);
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(mock.seen()[0].header("polaris-realm"), Some("POLARIS"));
}

#[tokio::test]
async fn no_header_of_a_connection_stands_in_for_ours() {
    for name in [
        "Authorization",
        "content-type",
        "ACCEPT",
        "Host",
        "Content-Length",
    ] {
        let settings = Settings {
            auth: Auth::Bearer("token".into()),
            headers: vec![(name.to_owned(), "x".to_owned())],
            ..settings("http://127.0.0.1:9")
        };
        let error = Server::new(crate::server::http(), settings).err().unwrap();
        assert_eq!(error.kind, ErrorKind::Invalid, "{name}");
        assert!(error.message.contains(name), "{error}");
    }
}

#[test]
fn a_region_is_a_name() {
    for region in ["x@127.0.0.1:443/?", "a.b", "a/b", "", "a b", "a\nb"] {
        let auth = Auth::SigV4 {
            region: region.to_owned(),
            signing_name: "s3tables".to_owned(),
            credentials: keys(None).into(),
            double_encode_path: true,
        };
        let settings = Settings {
            auth,
            ..settings("http://127.0.0.1:9")
        };
        let error = Server::new(crate::server::http(), settings).err().unwrap();
        assert!(error.message.contains("region"), "{region}: {error}");
    }
}

#[tokio::test]
async fn errors_of_the_token_endpoint_name_what_to_check_and_no_secret() {
    let cases = [
        (
            401,
            r#"{"error":"unauthorized_client","error_description":"The client is not authorized: s3cr3t-of-the-client"}"#,
            ErrorKind::Unauthenticated,
            Hint::ClientCredentials,
        ),
        (
            400,
            r#"{"error":"invalid_client"}"#,
            ErrorKind::Unauthenticated,
            Hint::ClientCredentials,
        ),
        (
            400,
            r#"{"error":"invalid_scope","error_description":"The scope is invalid"}"#,
            ErrorKind::BadRequest,
            Hint::Scope,
        ),
        (404, "", ErrorKind::Unsupported, Hint::TokenAddress),
        (302, "", ErrorKind::Redirect, Hint::TokenAddress),
        (
            200,
            "<html></html>",
            ErrorKind::Malformed,
            Hint::TokenAddress,
        ),
        (
            501,
            r#"{"error":"NotImplemented"}"#,
            ErrorKind::Unsupported,
            Hint::TokenAddress,
        ),
        (400, "", ErrorKind::BadRequest, Hint::TokenAddress),
        (
            400,
            "<html><title>Sign in</title></html>",
            ErrorKind::BadRequest,
            Hint::TokenAddress,
        ),
        (
            200,
            r#"{"token_type":"Bearer","expires_in":60}"#,
            ErrorKind::Malformed,
            Hint::TokenAddress,
        ),
        (
            200,
            r#"{"error":"invalid_scope","error_description":"No such scope"}"#,
            ErrorKind::Unauthenticated,
            Hint::Scope,
        ),
    ];
    for (code, body, kind, hint) in cases {
        let mock = serve(move |_| status(code, body)).await;
        let error = failure(&oauth(&mock)).await;
        assert_eq!(
            (error.kind, error.path_template),
            (kind, "/v1/oauth/tokens"),
            "{code} {body}"
        );
        assert_eq!(error.hint(), Some(hint), "{error}");
        let address = format!("{}/v1/oauth/tokens", mock.url);
        assert_eq!(error.asked.address, Some(address), "{error}");
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
        let requests = 1 + usize::from(body.contains("invalid_client"));
        assert_eq!(mock.seen().len(), requests, "{code} {body}");
    }
}

#[tokio::test]
async fn a_web_page_at_the_token_address_is_called_one_with_its_status() {
    let pages = [
        "<!DOCTYPE html><html><head><title>Sign in to Corp</title></head><body><form></form></body></html>",
        "\n<!-- portal --><html><title>Sign in to Corp</title></html>",
        "<head><title>Sign in to Corp</title></head>",
        "<script>location='https://portal/?title=Corp'</script>",
        "<meta http-equiv=\"refresh\" content=\"0;url=https://portal\">",
        "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"><html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
    ];
    for code in [200, 302, 401, 403, 404, 500, 503] {
        for page in pages {
            let mock = serve(move |_| status(code, page)).await;
            let error = failure(&oauth(&mock)).await;
            let address = format!("{}/v1/oauth/tokens", mock.url);
            for part in [&*address, &code.to_string(), "web page", "is no token"] {
                assert!(error.message.contains(part), "{code} {page}: {error}");
            }
            for part in ["<", "Corp", "portal", "line 1", "JSON"] {
                assert!(!error.message.contains(part), "{code} {page}: {error}");
            }
            assert_eq!(error.hint(), Some(Hint::TokenAddress), "{code} {page}");
        }
    }
}

#[tokio::test]
async fn a_bearer_token_is_sent_and_never_told() {
    let mock = serve(|seen| match seen.header("authorization") {
        Some("Bearer opaque-token-1") => status(
            401,
            r#"{"error":{"message":"bad opaque-token-1 here","type":"NotAuthorized"}}"#,
        ),
        _ => status(500, ""),
    })
    .await;
    let auth = Auth::Bearer("opaque-token-1".into());
    let settings = Settings {
        auth,
        ..settings(&mock.url)
    };
    assert!(!format!("{settings:?}").contains("opaque-token-1"));
    let error = failure(&server(settings)).await;
    assert_eq!(
        (error.kind, error.message.as_str()),
        (ErrorKind::Unauthenticated, "bad [masked] here")
    );
    assert_eq!(mock.seen().len(), 1, "there is no other token to try");
}

fn keys(session_token: Option<&str>) -> AwsKeys {
    AwsKeys {
        access_key_id: "AKID".to_owned(),
        secret_access_key: "secret".into(),
        session_token: session_token.map(Into::into),
    }
}

fn signed(mock: &Mock, double_encode_path: bool) -> Server {
    let auth = Auth::SigV4 {
        region: "us-east-1".to_owned(),
        signing_name: "s3tables".to_owned(),
        credentials: keys(Some("session")).into(),
        double_encode_path,
    };
    server(Settings {
        auth,
        ..settings(&mock.url)
    })
}

#[tokio::test]
async fn requests_are_signed_with_a_content_hash_and_the_session_token() {
    let mock = serve(|_| config("p")).await;
    signed(&mock, true).connect(None, None).await.unwrap();
    let seen = &mock.seen()[0];
    assert!(
        seen.header("authorization")
            .unwrap()
            .starts_with("AWS4-HMAC-SHA256 Credential=AKID/")
    );
    assert!(
        seen.header("authorization")
            .unwrap()
            .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token")
    );
    assert_eq!(
        seen.header("x-amz-content-sha256"),
        Some("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    );
    assert_eq!(seen.header("x-amz-security-token"), Some("session"));
}

#[tokio::test]
async fn a_signature_that_does_not_match_names_the_setting() {
    let body = r#"{"error":{"message":"The request signature we calculated does not match","type":"ForbiddenException"}}"#;
    for double in [true, false] {
        let mock = serve(move |_| status(403, body)).await;
        let error = failure(&signed(&mock, double)).await;
        assert_eq!(error.kind, ErrorKind::Forbidden);
        let hint = Hint::Signature {
            double_encode_path: double,
        };
        assert_eq!(error.hint(), Some(hint), "{error}");
    }
}
