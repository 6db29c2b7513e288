//! Calls that are not of a catalog: what is bounded, what is refused, and what is an answer.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, Response},
};
use iceberg_rest::{Error, ErrorKind, HttpOptions, http_client};

use crate::server::{http, raw, send, serve, status};

const MIB: usize = 1024 * 1024;

fn request(url: &str) -> Request<Vec<u8>> {
    Request::post(url)
        .header("authorization", "Basic canary")
        .body(b"secret=canary".to_vec())
        .unwrap()
}

async fn sent(url: &str) -> Result<Response<Vec<u8>>, Error> {
    http().send(request(url), Duration::from_secs(5)).await
}

#[tokio::test]
async fn a_request_goes_as_it_is_and_any_status_is_an_answer() {
    for code in [200, 204, 400, 401, 404, 503] {
        let body = if code == 204 { "" } else { "words" };
        let mock = serve(move |_| status(code, body)).await;
        let answer = sent(&format!("{}/a?b=c", mock.url)).await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.body().as_slice()),
            (code, body.as_bytes())
        );
        let seen = &mock.seen()[0];
        assert_eq!((&*seen.method, &*seen.target), ("POST", "/a?b=c"));
        assert_eq!(seen.header("authorization"), Some("Basic canary"));
        assert_eq!(seen.body, "secret=canary");
    }
}

#[tokio::test]
async fn an_answer_is_read_to_a_mib_and_no_redirect_is_followed() {
    for (length, is_read) in [(MIB, true), (MIB + 1, false)] {
        let mock = serve(move |_| status(200, &"a".repeat(length))).await;
        let answer = sent(&mock.url).await;
        assert_eq!(answer.is_ok(), is_read, "{length}");
        if let Err(error) = answer {
            assert_eq!(
                error.kind,
                ErrorKind::TooLarge {
                    limit_bytes: MIB as u64
                }
            );
        }
    }
    for code in [301, 302, 303, 307, 308] {
        let elsewhere = move || {
            let answer = Response::builder()
                .status(code)
                .header("location", "/canary");
            answer.body(Body::empty()).unwrap()
        };
        let mock = serve(move |_| elsewhere()).await;
        let error = sent(&mock.url).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Redirect, "{code}");
        assert!(!format!("{error:?}").contains("canary"));
        assert_eq!(mock.targets(), ["/"]);
    }
}

/// Each piece comes in time, and the whole does not: time passes while all wait.
#[tokio::test(start_paused = true)]
async fn the_deadline_is_for_the_whole_answer() {
    let address = raw(|mut stream| async move {
        send(
            &mut stream,
            b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
        )
        .await;
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            send(&mut stream, b" ").await;
        }
    })
    .await;
    let error = sent(&format!("http://{address}")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TimedOut);
}

#[tokio::test]
async fn the_guard_looks_at_these_addresses_too() {
    let options = HttpOptions {
        guard: iceberg_rest::Guard::Usual,
        ..HttpOptions::default()
    };
    let guarded = http_client(options).unwrap();
    for url in [
        "http://169.254.169.254/",
        "http://metadata.google.internal/",
    ] {
        let error = guarded
            .send(request(url), Duration::from_secs(5))
            .await
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::Blocked, "{url}");
        assert!(!format!("{error:?}").contains("canary"));
    }
}
