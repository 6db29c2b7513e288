//! A catalog for tests: answers as it is told to, and notes what it was asked.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::Request,
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
};
use iceberg_rest::{Dialect, Namespace, TableIdent};
use serde_json::json;
use tokio::net::TcpListener;

use crate::{Catalog, Registry, Spec};

/// In the answer to whoever makes a principal.
pub const SECRET: &str = "CANARY-of-the-mock";

pub struct Mock {
    registry: Registry,
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Mock {
    /// A connection `c` to one that answers so.
    pub async fn serve<F>(answer: impl Fn(Request) -> F + Clone + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Response> + Send + 'static,
    {
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let notes = asked.clone();
        let answer = move |request: Request| {
            let note = format!("{} {}", request.method(), request.uri());
            notes.lock().unwrap().push(note);
            answer(request)
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/api/catalog", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer);
        tokio::spawn(async move { axum::serve(listener, router).await });
        let mock = Self {
            registry: Registry::new(None, crate::Ways::default()).unwrap(),
            url,
            asked,
        };
        mock.put();
        mock
    }

    /// One that answers as Polaris does.
    pub async fn polaris() -> Self {
        Self::serve(async |request| polaris(&request)).await
    }

    /// Puts the connection, in place of the one before.
    pub fn put(&self) {
        let spec = Spec {
            kind: Some(Dialect::Polaris),
            ..Spec::new("c", &self.url)
        };
        self.registry.put(spec).unwrap();
    }

    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    pub fn catalog(&self) -> Arc<Catalog> {
        self.registry
            .now()
            .named("c")
            .unwrap()
            .on_behalf(&crate::Who::local())
    }

    /// How many requests hold this.
    pub fn asked(&self, what: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|asked| asked.contains(what)).count()
    }
}

pub fn polaris(request: &Request) -> Response {
    let path = request.uri().path().trim_start_matches("/api/");
    let answer = match (request.method(), path) {
        (_, "catalog/v1/config") => json!({"defaults": {}, "overrides": {}}),
        (_, "catalog/v1/namespaces") => json!({"namespaces": [["sales"]]}),
        (_, "catalog/v1/namespaces/sales/tables/orders") => {
            json!({"metadata-location": "s3://lake", "metadata": {"format-version": 2, "location": "s3://lake"}})
        }
        (&Method::GET, "management/v1/principals") => json!({"principals": []}),
        (&Method::POST, "management/v1/principals") => json!({
            "principal": {"name": "svc", "entityVersion": 1},
            "credentials": {"clientId": "id", "clientSecret": SECRET},
        }),
        (_, "management/v1/principal-roles") => json!({"roles": []}),
        (_, "management/v1/catalogs") => json!({"catalogs": []}),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    Json(answer).into_response()
}

/// The one that there is.
pub fn orders() -> TableIdent {
    TableIdent::try_new(Namespace::try_new(["sales"]).unwrap(), "orders").unwrap()
}
