//! Requests to a router, without a network.

#![allow(dead_code, reason = "each test binary uses its own part")]

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request},
};
use sample_catalog::{Dialect, Options, router};
use serde_json::Value;
use tower::ServiceExt;

/// An answer, read to its end.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }
}

pub fn server(dialect: Dialect) -> Router {
    router(Options {
        dialect,
        ..Options::default()
    })
}

pub async fn send(
    router: &Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "127.0.0.1:8181");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request
        .body(Body::from(body.to_owned()))
        .expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text: String::from_utf8(bytes.to_vec()).expect("text"),
    }
}

pub async fn get(router: &Router, path: &str) -> Answer {
    send(router, "GET", path, &[], "").await
}

pub async fn post(router: &Router, path: &str, body: &Value) -> Answer {
    send(
        router,
        "POST",
        path,
        &[("content-type", "application/json")],
        &body.to_string(),
    )
    .await
}
