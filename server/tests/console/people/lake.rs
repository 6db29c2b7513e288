//! A catalog that knows whom a token is of, and shows each what is theirs alone.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use backend::{Acts, Exchange, Spec};
use iceberg_rest::{Auth, Dialect, TokenRequest};
use serde_json::json;
use tokio::net::TcpListener;

/// What is answered to a token in the place of what the catalog holds.
type Instead = Arc<dyn Fn(&str) -> Option<(u16, String)> + Send + Sync>;

#[derive(Clone, Default)]
pub struct Lake {
    pub url: String,
    /// Path and token of each call.
    seen: Arc<Mutex<Vec<(String, String)>>>,
    instead: Arc<Mutex<Option<Instead>>>,
}

impl Lake {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let lake = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            ..Self::default()
        };
        let serving = lake.clone();
        let router = Router::new().fallback(move |request: Request| {
            let lake = serving.clone();
            async move { lake.answer(&request) }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        lake
    }

    /// A connection of this name to it.
    pub fn spec(&self, name: &str, acts: Acts) -> Spec {
        Spec {
            kind: Some(Dialect::Generic),
            acts,
            ..Spec::new(name, &self.url)
        }
    }

    /// One that has an identity of its own.
    pub fn shared(&self, name: &str) -> Spec {
        Spec {
            auth: Auth::Bearer("token-of-all".into()),
            ..self.spec(name, Acts::Connection)
        }
    }

    /// One that people's tokens are exchanged for.
    pub fn exchanged(&self, name: &str) -> Spec {
        let exchange = Exchange {
            url: None,
            client: None,
            asks: TokenRequest {
                audience: Some("lake".into()),
                ..TokenRequest::default()
            },
        };
        self.spec(name, Acts::Exchanged(exchange))
    }

    /// Answers a token by `instead` where that has an answer.
    pub fn instead(&self, instead: impl Fn(&str) -> Option<(u16, String)> + Send + Sync + 'static) {
        *self.instead.lock().unwrap() = Some(Arc::new(instead));
    }

    /// Tokens of the calls so far.
    pub fn tokens(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(_, token)| token.clone()).collect()
    }

    fn answer(&self, request: &Request) -> Response {
        let path = request.uri().path().to_owned();
        let header = request.headers().get("authorization");
        let token = header.map_or("", |value| value.to_str().unwrap());
        let token = token.trim_start_matches("Bearer ").to_owned();
        self.seen
            .lock()
            .unwrap()
            .push((path.clone(), token.clone()));
        let instead = self.instead.lock().unwrap().clone();
        if let Some((status, body)) = instead.and_then(|instead| instead(&token)) {
            return (StatusCode::from_u16(status).unwrap(), body).into_response();
        }
        // `access-ada-1`, `token-of-ada`, `exchanged-ada-lake-1`
        let mut parts = token.split('-').skip(1);
        let whose = match parts.next() {
            Some("of") => parts.next(),
            other => other,
        };
        let whose = whose.unwrap_or("nobody");
        let body = match path.as_str() {
            "/v1/config" => json!({ "defaults": {}, "overrides": {} }),
            "/v1/namespaces" => json!({ "namespaces": [[format!("ns_of_{whose}")]] }),
            path if path.ends_with("/tables") => json!({ "identifiers": [
                { "namespace": ["ns"], "name": format!("orders_of_{whose}") },
            ]}),
            path if path.contains("/tables/") => json!({
                "metadata-location": format!("s3://lake/{whose}"),
                "metadata": {
                    "format-version": 2, "table-uuid": "6b1c7a52-5a2f-4c58-9a4e-0d1c7d7b8a10",
                    "location": format!("s3://lake/table_of_{whose}"), "last-sequence-number": 0,
                    "last-updated-ms": 1, "last-column-id": 1, "current-schema-id": 0,
                    "schemas": [{ "type": "struct", "schema-id": 0, "fields": [
                        { "id": 1, "name": format!("column_of_{whose}"), "required": false, "type": "long" },
                    ]}],
                    "default-spec-id": 0, "partition-specs": [{ "spec-id": 0, "fields": [] }],
                    "last-partition-id": 999, "default-sort-order-id": 0,
                    "sort-orders": [{ "order-id": 0, "fields": [] }],
                    "properties": { "owner": format!("property_of_{whose}") },
                    "snapshots": [], "refs": {}, "snapshot-log": [], "metadata-log": [],
                },
            }),
            path if path.starts_with("/v1/namespaces/") => {
                json!({ "namespace": ["ns"], "properties": { "owner": format!("property_of_{whose}") } })
            }
            _ => return StatusCode::NOT_FOUND.into_response(),
        };
        Json(body).into_response()
    }
}
