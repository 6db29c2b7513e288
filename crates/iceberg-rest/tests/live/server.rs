//! Small servers: one that answers by a function of the request and notes what it was asked, one of raw bytes.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, Response, StatusCode},
};
use iceberg_rest::{Client, Error, Http, HttpOptions, Server, Settings, http_client};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

#[derive(Clone)]
pub struct Mock {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Mock {
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn targets(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.target).collect()
    }
}

/// Serves `answer` for every request.
pub async fn serve(answer: impl Fn(&Seen) -> Response<Body> + Send + Sync + 'static) -> Mock {
    slow(Duration::ZERO, answer).await
}

/// Serves `answer` for every request, each after a time.
pub async fn slow(
    after: Duration,
    answer: impl Fn(&Seen) -> Response<Body> + Send + Sync + 'static,
) -> Mock {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mock = Mock {
        url,
        seen: Arc::default(),
    };
    let (notes, answer) = (mock.seen.clone(), Arc::new(answer));
    let router = Router::new().fallback(move |request: Request| {
        let (notes, answer) = (notes.clone(), answer.clone());
        async move {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let seen = Seen {
                method: parts.method.to_string(),
                target: parts.uri.to_string(),
                headers: parts.headers,
                body: String::from_utf8(body.to_vec()).unwrap(),
            };
            notes.lock().unwrap().push(seen.clone());
            if !after.is_zero() {
                tokio::time::sleep(after).await;
            }
            answer(&seen)
        }
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    mock
}

pub fn json(body: serde_json::Value) -> Response<Body> {
    Response::builder()
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}

pub fn status(status: u16, body: &str) -> Response<Body> {
    Response::builder()
        .status(StatusCode::from_u16(status).unwrap())
        .body(Body::from(body.to_owned()))
        .unwrap()
}

/// A config with this prefix and nothing else.
pub fn config(prefix: &str) -> Response<Body> {
    json(serde_json::json!({"defaults": {}, "overrides": {"prefix": prefix}}))
}

/// Reads the request's head from each connection, then leaves it to `then`.
pub async fn raw<F: Future<Output = ()> + Send>(
    then: impl Fn(TcpStream) -> F + Send + Sync + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let then = Arc::new(then);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let then = then.clone();
            tokio::spawn(async move {
                let mut head = Vec::new();
                let mut chunk = [0; 4096];
                while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                    match stream.read(&mut chunk).await {
                        Ok(length @ 1..) => head.extend_from_slice(&chunk[..length]),
                        _ => return,
                    }
                }
                then(stream).await;
            });
        }
    });
    address
}

/// Sends bytes, which the other side may have stopped reading.
pub async fn send(stream: &mut TcpStream, bytes: &[u8]) -> bool {
    stream.write_all(bytes).await.is_ok()
}

pub fn http() -> Http {
    http_client(HttpOptions::default()).unwrap()
}

pub fn settings(url: &str) -> Settings {
    Settings::new(url)
}

pub fn server(settings: Settings) -> Server {
    Server::new(http(), settings).unwrap()
}

pub async fn connect(url: &str) -> Result<Client, Error> {
    server(settings(url)).connect(Some("wh"), None).await
}
