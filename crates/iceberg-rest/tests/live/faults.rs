//! What can go wrong below HTTP, by raw sockets.

use std::{
    io::Write,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{body::Body, http::Response};
use flate2::{Compression, write::GzEncoder};
use iceberg_rest::{Error, ErrorKind, Hint, Limits, Settings, Unreachable};
use tokio::net::{TcpListener, TcpStream};

use crate::server::{config, connect, raw, send, serve, server, settings, status};

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

async fn failure(url: &str) -> Error {
    let limits = Limits {
        body_bytes: 1024 * 1024,
        silence: Duration::from_millis(200),
        read_time: Duration::from_secs(2),
        ..Limits::default()
    };
    let server = server(Settings {
        limits,
        ..settings(url)
    });
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
async fn what_lies_beneath_is_kept_and_names_no_secret() {
    use std::error::Error as _;
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "http://{}/secret-of-a-tenant",
        address.local_addr().unwrap()
    );
    drop(address);
    let error = failure(&url).await;
    let chain: Vec<String> = std::iter::successors(error.source(), |&cause| cause.source())
        .map(ToString::to_string)
        .collect();
    assert!(
        chain.iter().any(|words| words.contains("refused")),
        "{chain:?}"
    );
    assert!(!chain.join(" ").contains("secret-of-a-tenant"), "{chain:?}");
    assert_eq!(status_error().await.source().map(ToString::to_string), None);
}

/// One that the server told.
async fn status_error() -> Error {
    let mock = serve(|_| status(500, "")).await;
    failure(&mock.url).await
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
    assert_eq!(error.hint(), Some(Hint::Scheme), "{error}");
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
    assert!(error.message.contains("too slowly"), "{}", error.message);
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

/// A config on the second connection; on the first, what `broken` does.
async fn heals<F: Future<Output = ()> + Send>(
    broken: impl Fn(TcpStream) -> F + Send + Sync + 'static,
) -> (String, Arc<AtomicUsize>) {
    const WHOLE: &[u8] = b"content-length: 15\r\n\r\n{\"defaults\":{}}";
    let count = Arc::new(AtomicUsize::new(0));
    let seen = count.clone();
    let broken = Arc::new(broken);
    let address = raw(move |mut stream| {
        let (seen, broken) = (seen.clone(), broken.clone());
        async move {
            if seen.fetch_add(1, Ordering::SeqCst) == 0 {
                return broken(stream).await;
            }
            send(&mut stream, HEAD).await;
            send(&mut stream, WHOLE).await;
        }
    })
    .await;
    (format!("http://{address}"), count)
}

#[tokio::test]
async fn a_read_whose_connection_breaks_is_sent_again_once() {
    let silent = heals(|stream| async move { drop(stream) }).await;
    let reset = heals(|stream| async move { stream.set_zero_linger().unwrap() }).await;
    let half = heals(|mut stream| async move {
        send(&mut stream, HEAD).await;
        send(&mut stream, b"content-length: 1000\r\n\r\n{\"defaults\"").await;
    })
    .await;
    for (url, count) in [silent, reset, half] {
        connect(&url).await.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
    let never = Arc::new(AtomicUsize::new(0));
    let seen = never.clone();
    let address = raw(move |stream| {
        seen.fetch_add(1, Ordering::SeqCst);
        async move { drop(stream) }
    })
    .await;
    kind(address).await;
    assert_eq!(never.load(Ordering::SeqCst), 2, "once more and no more");
}

#[tokio::test]
async fn a_read_that_a_gateway_could_not_pass_on_is_sent_again_once() {
    for (code, calls) in [
        (502, 2),
        (503, 2),
        (504, 2),
        (524, 2),
        (408, 2),
        (500, 1),
        (501, 1),
    ] {
        let mock = serve(move |_| status(code, "")).await;
        failure(&mock.url).await;
        assert_eq!(mock.seen().len(), calls, "{code}");
        let first = AtomicUsize::new(0);
        let mock = serve(move |_| match first.fetch_add(1, Ordering::SeqCst) {
            0 => status(code, ""),
            _ => config("p"),
        })
        .await;
        assert_eq!(connect(&mock.url).await.is_ok(), calls == 2, "{code}");
    }
}

#[tokio::test]
async fn a_read_that_is_sent_again_ends_in_its_time_with_what_went_wrong_first() {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = count.clone();
    let address = raw(move |mut stream| {
        let first = seen.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                send(
                    &mut stream,
                    b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n",
                )
                .await;
            }
            std::future::pending::<()>().await;
        }
    })
    .await;
    let limits = Limits {
        read_time: Duration::from_millis(800),
        ..Limits::default()
    };
    let server = server(Settings {
        limits,
        ..settings(&format!("http://{address}"))
    });
    let error = server.connect(None, None).await.err().unwrap();
    assert_eq!(error.status, Some(502), "{error}");
    assert!(count.load(Ordering::SeqCst) <= 2);
}
