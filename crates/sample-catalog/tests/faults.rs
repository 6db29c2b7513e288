//! Error states on demand.

mod support;

use axum::{body::Body, http::Request};
use sample_catalog::Dialect;
use support::{get, server};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tower::ServiceExt;

#[tokio::test]
async fn a_sentinel_answers_for_tables_and_for_lists() {
    let generic = server(Dialect::Generic);
    for (name, status) in [
        ("err-401", 401),
        ("err-403", 403),
        ("err-404", 404),
        ("err-409", 409),
        ("err-429", 429),
        ("err-500", 500),
        ("err-502", 502),
        ("err-503", 503),
    ] {
        assert_eq!(
            get(
                &generic,
                &format!("/v1/lab/namespaces/faults/tables/{name}")
            )
            .await
            .status,
            status
        );
        assert_eq!(
            get(
                &generic,
                &format!("/v1/lab/namespaces/faults%1F{name}/tables")
            )
            .await
            .status,
            status
        );
        assert_eq!(
            get(&generic, &format!("/v1/namespaces/sales/tables/{name}"))
                .await
                .status,
            status
        );
    }
    assert_eq!(
        get(&generic, "/v1/lab/namespaces/faults/tables/err-429")
            .await
            .header("retry-after"),
        "7"
    );
    assert_eq!(
        get(&generic, "/v1/lab/namespaces/faults/tables/err-empty")
            .await
            .text,
        ""
    );
    assert!(
        get(&generic, "/v1/lab/namespaces/faults/tables/err-html")
            .await
            .text
            .starts_with("<!doctype")
    );
    assert!(
        get(&generic, "/v1/lab/namespaces/faults/tables/err-malformed")
            .await
            .json()
            .is_null()
    );
    assert_eq!(
        get(&generic, "/v1/lab/namespaces/faults/tables/err-huge")
            .await
            .text
            .len()
            >> 20,
        96
    );
    let unity = server(Dialect::Unity);
    assert_eq!(
        get(
            &unity,
            "/api/2.1/unity-catalog/iceberg/v1/catalogs/lab/namespaces/faults/tables/err_403"
        )
        .await
        .status,
        403
    );
}

#[tokio::test]
async fn every_sentinel_is_listed() {
    let listed = get(
        &server(Dialect::Generic),
        "/v1/lab/namespaces/faults/tables",
    )
    .await
    .json();
    assert_eq!(listed["identifiers"].as_array().map(Vec::len), Some(15));
    let below = get(
        &server(Dialect::Generic),
        "/v1/lab/namespaces?parent=faults",
    )
    .await
    .json();
    assert_eq!(below["namespaces"].as_array().map(Vec::len), Some(15));
}

#[tokio::test(start_paused = true)]
async fn the_slow_one_answers_in_the_end() {
    let started = tokio::time::Instant::now();
    let answer = get(
        &server(Dialect::Generic),
        "/v1/lab/namespaces/faults/tables/err-slow",
    )
    .await;
    assert_eq!((answer.status, started.elapsed().as_secs()), (200, 6));
}

#[tokio::test]
async fn the_truncated_one_breaks_the_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, server(Dialect::Generic)).await });
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream
        .write_all(b"GET /v1/namespaces/sales/tables/err-truncated HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .expect("sent");
    let mut bytes = Vec::new();
    // A reset counts as the end as well.
    let _ = stream.read_to_end(&mut bytes).await;
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    assert!(text.contains("content-length: 4096"), "{text}");
    assert!(text.len() < 1_000);
}

#[tokio::test(start_paused = true)]
async fn the_stalled_one_never_ends() {
    let request = Request::get("/v1/namespaces/sales/tables/err-stall")
        .body(Body::empty())
        .expect("a request");
    let response = server(Dialect::Generic)
        .oneshot(request)
        .await
        .expect("an answer");
    let body = axum::body::to_bytes(response.into_body(), usize::MAX);
    assert!(
        tokio::time::timeout(std::time::Duration::from_secs(3_600), body)
            .await
            .is_err()
    );
}
