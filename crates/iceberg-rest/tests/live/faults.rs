//! What can go wrong below HTTP, by raw sockets.

use std::{
    io::Write,
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::{body::Body, http::Response};
use flate2::{Compression, write::GzEncoder};
use iceberg_rest::{
    Error, ErrorKind, HttpOptions, Limits, Server, Settings, Unreachable, http_client,
};
use tokio::net::TcpListener;

use crate::server::{config, raw, send, serve, settings, status};

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

async fn failure(url: &str) -> Error {
    let limits = Limits {
        body_bytes: 1024 * 1024,
        call_time: Duration::from_secs(2),
        ..Limits::default()
    };
    let http = http_client(HttpOptions {
        read_timeout: Duration::from_millis(200),
        ..HttpOptions::default()
    })
    .unwrap();
    let server = Server::new(
        http,
        Settings {
            limits,
            ..settings(url)
        },
    )
    .unwrap();
    let error = server.connect(None, None).await.err().unwrap();
    assert_eq!(
        (error.method, error.path_template),
        ("GET", "/v1/config"),
        "{error}"
    );
    error
}

async fn kind(address: SocketAddr) -> ErrorKind {
    failure(&format!("http://{address}")).await.kind
}

#[tokio::test]
async fn nobody_listens() {
    let address = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    assert_eq!(
        kind(address).await,
        ErrorKind::Unreachable(Unreachable::Refused)
    );
}

#[tokio::test]
async fn the_name_has_no_address() {
    assert_eq!(
        failure("http://nowhere.invalid").await.kind,
        ErrorKind::Unreachable(Unreachable::Dns)
    );
}

#[tokio::test]
async fn plain_http_where_tls_is_expected() {
    let mock = serve(|_| config("p")).await;
    let error = failure(&mock.url.replace("http:", "https:")).await;
    assert_eq!(error.kind, ErrorKind::Unreachable(Unreachable::Tls));
    assert!(error.message.contains("http or https"), "{}", error.message);
}

#[tokio::test]
async fn the_connection_is_closed_before_an_answer() {
    let address = raw(|stream| async move { drop(stream) }).await;
    assert_eq!(
        kind(address).await,
        ErrorKind::Unreachable(Unreachable::Reset)
    );
}

#[tokio::test]
async fn the_connection_is_reset_within_the_answer() {
    let address = raw(|mut stream| async move {
        send(&mut stream, HEAD).await;
        send(&mut stream, b"content-length: 1000\r\n\r\n{\"defaults\"").await;
        stream.set_zero_linger().unwrap();
    })
    .await;
    assert_eq!(
        kind(address).await,
        ErrorKind::Unreachable(Unreachable::Reset)
    );
}

#[tokio::test]
async fn the_answer_is_shorter_than_announced() {
    let address = raw(|mut stream| async move {
        send(&mut stream, HEAD).await;
        send(
            &mut stream,
            b"content-length: 1000\r\n\r\n{\"defaults\":{}}",
        )
        .await;
    })
    .await;
    assert_eq!(
        kind(address).await,
        ErrorKind::Unreachable(Unreachable::Reset)
    );
}

#[tokio::test]
async fn the_answer_stops_half_way() {
    let address = raw(|mut stream| async move {
        send(&mut stream, HEAD).await;
        send(&mut stream, b"content-length: 1000\r\n\r\n{\"defaults\"").await;
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    assert_eq!(kind(address).await, ErrorKind::TimedOut);
}

#[tokio::test]
async fn the_answer_never_begins() {
    let address = raw(|stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    assert_eq!(kind(address).await, ErrorKind::TimedOut);
}

#[tokio::test]
async fn the_answer_drips_for_ever() {
    let address = raw(|mut stream| async move {
        send(&mut stream, HEAD).await;
        send(&mut stream, b"transfer-encoding: chunked\r\n\r\n").await;
        let mut drip = tokio::time::interval(Duration::from_millis(50));
        while send(&mut stream, b"1\r\n \r\n").await {
            drip.tick().await;
        }
    })
    .await;
    let error = failure(&format!("http://{address}")).await;
    assert_eq!(error.kind, ErrorKind::TimedOut);
    assert!(error.message.contains("2 s"), "{}", error.message);
}

#[tokio::test]
async fn what_answers_is_not_http() {
    let address = raw(|mut stream| async move {
        send(
            &mut stream,
            b"SSH-2.0-OpenSSH_9.2\r\n\x00\x01\x02garbage\r\n\r\n",
        )
        .await;
    })
    .await;
    assert_eq!(kind(address).await, ErrorKind::Malformed);
}

#[tokio::test]
async fn the_body_never_ends() {
    let address = raw(|mut stream| async move {
        send(&mut stream, HEAD).await;
        send(&mut stream, b"connection: close\r\n\r\n").await;
        while send(&mut stream, &[b' '; 64 * 1024]).await {}
    })
    .await;
    assert_eq!(
        kind(address).await,
        ErrorKind::TooLarge {
            limit_bytes: 1024 * 1024
        }
    );
}

#[tokio::test]
async fn the_body_is_announced_too_large() {
    let mock = serve(|_| status(200, &" ".repeat(2 * 1024 * 1024))).await;
    let error = failure(&mock.url).await;
    assert_eq!(
        error.kind,
        ErrorKind::TooLarge {
            limit_bytes: 1024 * 1024
        }
    );
    assert!(error.message.contains("1 MiB"), "{}", error.message);
}

#[tokio::test]
async fn a_small_body_unpacks_to_a_large_one() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&vec![b' '; 32 * 1024 * 1024]).unwrap();
    let packed = gzip.finish().unwrap();
    assert!(packed.len() < 100_000);
    let mock = serve(move |_| {
        Response::builder()
            .header("content-encoding", "gzip")
            .body(Body::from(packed.clone()))
            .unwrap()
    })
    .await;
    assert_eq!(
        failure(&mock.url).await.kind,
        ErrorKind::TooLarge {
            limit_bytes: 1024 * 1024
        }
    );
}

#[tokio::test]
async fn a_compressed_body_is_broken() {
    let mock = serve(|_| {
        Response::builder()
            .header("content-encoding", "gzip")
            .body(Body::from("no gzip"))
            .unwrap()
    })
    .await;
    assert_eq!(failure(&mock.url).await.kind, ErrorKind::Malformed);
}

#[tokio::test]
async fn a_busy_server_is_asked_again_when_it_says_soon() {
    let busy = |code: u16, after: &'static str, times: usize| {
        let count = AtomicUsize::new(0);
        serve(move |_| {
            if count.fetch_add(1, Ordering::SeqCst) >= times {
                return config("p");
            }
            Response::builder()
                .status(code)
                .header("retry-after", after)
                .body(Body::empty())
                .unwrap()
        })
    };
    let mock = busy(503, "0", 2).await;
    crate::server::connect(&mock.url).await.unwrap();
    assert_eq!(mock.seen().len(), 3);
    let mock = busy(429, "0", 9).await;
    assert_eq!(failure(&mock.url).await.kind, ErrorKind::RateLimited);
    assert_eq!(mock.seen().len(), 3, "twice more and no more");
    let mock = busy(429, "30", 9).await;
    let error = failure(&mock.url).await;
    assert_eq!(
        (mock.seen().len(), error.retry_after),
        (1, Some(30)),
        "nobody waits that long"
    );
}
