//! The client of Polaris' own APIs against what a real Polaris 1.7.0 answered: it sends each recorded request as
//! it was sent, and reads the answer to the right value or the right kind of error.
#![cfg(feature = "client")]
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

#[path = "management/call.rs"]
mod call;
#[path = "management/recording.rs"]
mod recording;
#[path = "../../iceberg-rest/tests/live/server.rs"]
#[expect(dead_code, reason = "shared with the tests that need more of it")]
mod server;

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Response;
use iceberg_rest::{Error, ErrorKind, Hint, Route, decode};
use recording::Exchange;
use serde_json::Value;

/// What no method of the client can send: unknown routes, broken bodies, unknown kinds, `cascade`, and names
/// that it refuses itself. By place in the recording.
use vendors::polaris::{CatalogService, Management};

const NOT_SENT: [usize; 12] = [15, 16, 20, 21, 24, 25, 39, 40, 63, 171, 172, 179];

/// Of these, refused by the client for the name, before anything is sent.
const REFUSED: [usize; 4] = [20, 21, 39, 63];

#[tokio::test]
async fn every_recorded_exchange_goes_through_the_client() {
    let answers: Arc<Mutex<Option<Exchange>>> = Arc::default();
    let current = answers.clone();
    let mock = server::serve(move |seen| {
        if seen.target.contains("/v1/config") {
            return server::config("sales");
        }
        let exchange = current.lock().unwrap();
        let exchange = exchange.as_ref().unwrap();
        let mut response = Response::builder().status(exchange.status);
        if exchange.text().starts_with('{') {
            response = response.header("content-type", "application/json");
        }
        response.body(Body::from(exchange.text())).unwrap()
    })
    .await;
    let server = server::server(server::settings(&format!("{}/api/catalog", mock.url)));
    let client = server.connect(Some("sales"), None).await.unwrap();
    let service = CatalogService::new(client);
    let management = Management::new(server);

    let (mut values, mut errors) = (0, 0);
    for (place, exchange) in recording::read().into_iter().enumerate() {
        if exchange.segments().is_none() {
            continue;
        }
        *answers.lock().unwrap() = Some(exchange.clone());
        if NOT_SENT.contains(&place) {
            not_sent(place, &exchange, &management).await;
            errors += 1;
            continue;
        }
        let before = mock.seen().len();
        let answer = call::call(&management, &service, &exchange).await;
        let seen = &mock.seen()[before..];
        assert_eq!(seen.len(), 1, "{place}: sent once");
        assert_eq!(
            (seen[0].method.as_str(), seen[0].target.as_str()),
            (exchange.method.as_str(), exchange.path.as_str())
        );
        let sent: Value = serde_json::from_str(&seen[0].body).unwrap_or(Value::Null);
        assert_eq!(sent, exchange.sent(), "{place} {}", exchange.path);
        match answer {
            Ok(value) => {
                assert!(exchange.status < 300, "{place}: {value}");
                let value = recording::plain(&value);
                assert_eq!(value, exchange.expected(), "{place} {}", exchange.path);
                values += 1;
            }
            Err(error) => {
                assert_eq!(error.kind, kind(&exchange), "{place}: {error}");
                assert_eq!(error.status, Some(exchange.status), "{place}: {error}");
                assert!(!error.message.is_empty(), "{place}: {error}");
                errors += 1;
            }
        }
    }
    assert_eq!((values, errors), (84, 59));
}

/// The rest is held to the kind of error, and names to being refused without a request.
async fn not_sent(place: usize, exchange: &Exchange, management: &Management) {
    if REFUSED.contains(&place) {
        let error = call::create_named(management, exchange).await.unwrap_err();
        assert_eq!(
            (error.kind, error.status),
            (ErrorKind::Invalid, None),
            "{place}"
        );
    }
    let route = Route {
        method: "POST",
        template: "",
    };
    let headers = decode::Headers::default();
    let body = exchange.text();
    let response = decode::Response {
        status: exchange.status,
        headers: &headers,
        body: body.as_bytes(),
    };
    assert_eq!(
        decode::check(route, &response).unwrap_err().kind,
        kind(exchange),
        "{place}"
    );
}

fn kind(exchange: &Exchange) -> ErrorKind {
    match exchange.status {
        400 if exchange.text().contains("GRANT_NOT_FOUND") => ErrorKind::NotFound,
        400 => ErrorKind::BadRequest,
        401 => ErrorKind::Unauthenticated,
        403 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        405 | 406 | 501 => ErrorKind::Unsupported,
        409 => ErrorKind::Conflict,
        other => panic!("{other} {}", exchange.path),
    }
}

#[tokio::test]
async fn a_refusal_without_words_is_explained() {
    let mock = server::serve(|_| server::status(400, "")).await;
    let server = server::server(server::settings(&format!("{}/api/catalog", mock.url)));
    let management = Management::new(server);
    let grant =
        serde_json::from_value(serde_json::json!({"type": "catalog", "privilege": "X"})).unwrap();
    let error = management.add_grant("c", "r", &grant).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::BadRequest);
    assert_eq!(error.hint(), Some(Hint::Privilege), "{error}");
}

#[tokio::test]
async fn names_cannot_leave_their_place_and_the_address_must_be_polaris() {
    let mock = server::serve(|_| server::status(204, "")).await;
    let management = Management::new(server::server(server::settings(&format!(
        "{}/api/catalog",
        mock.url
    ))));
    for name in ["", ".", ".."] {
        let error: Error = management.delete_principal(name).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Invalid, "{name:?}");
    }
    let elsewhere = Management::new(server::server(server::settings(&format!(
        "{}/iceberg",
        mock.url
    ))));
    let error = elsewhere.delete_principal("p").await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unsupported);
    assert!(mock.seen().is_empty());
    management.delete_principal("a/../b").await.unwrap();
    assert_eq!(mock.targets(), ["/api/management/v1/principals/a%2F..%2Fb"]);
}
