//! What an object store's answers to `HEAD /{bucket}` mean.

use iceberg_rest::{
    ErrorKind, HttpOptions, http_client,
    object_store::{Bucket, head_bucket},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Answers one request with `answer`; gives back what was asked.
async fn ask(answer: &'static str, name: &str) -> (Result<(), iceberg_rest::Error>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let endpoint = format!("http://{}/", listener.local_addr().expect("an address"));
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("a caller");
        let mut asked = Vec::new();
        while !asked.ends_with(b"\r\n\r\n") {
            let length = socket.read_buf(&mut asked).await.expect("a request");
            assert!(length > 0, "the caller left before its request was whole");
        }
        socket
            .write_all(answer.as_bytes())
            .await
            .expect("an open socket");
        String::from_utf8(asked).expect("a text request")
    });
    let http = http_client(HttpOptions {
        guard: iceberg_rest::Guard::Usual,
        ..HttpOptions::default()
    })
    .expect("a client");
    let bucket = Bucket {
        endpoint: Some(endpoint),
        name: name.into(),
        region: "eu-central-1".into(),
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: "secret".into(),
        session_token: None,
    };
    (
        head_bucket(&http, bucket).await,
        served.await.expect("a served request"),
    )
}

#[tokio::test]
async fn asks_once_signed_for_the_bucket() {
    let (outcome, asked) = ask("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", "ware/house").await;
    assert_eq!(outcome, Ok(()));
    assert!(
        asked.starts_with("HEAD /ware%2Fhouse HTTP/1.1\r\n"),
        "{asked}"
    );
    assert!(asked.contains("/eu-central-1/s3/aws4_request"), "{asked}");
    assert!(!asked.contains("secret\r\n"), "{asked}");
}

#[tokio::test]
async fn tells_answers_apart() {
    for (answer, kind) in [
        ("HTTP/1.1 403 Forbidden\r\n\r\n", ErrorKind::Forbidden),
        ("HTTP/1.1 404 Not Found\r\n\r\n", ErrorKind::NotFound),
        (
            "HTTP/1.1 301 Moved\r\nlocation: http://169.254.169.254/\r\n\r\n",
            ErrorKind::Redirect,
        ),
        (
            "HTTP/1.1 400 Bad Request\r\nx-amz-bucket-region: us-west-2\r\n\r\n",
            ErrorKind::Redirect,
        ),
        ("HTTP/1.1 400 Bad Request\r\n\r\n", ErrorKind::BadRequest),
        ("HTTP/1.1 503 Slow Down\r\n\r\n", ErrorKind::ServerError),
    ] {
        let (outcome, _) = ask(answer, "warehouse").await;
        assert_eq!(outcome.map_err(|error| error.kind), Err(kind), "{answer}");
    }
}

#[tokio::test]
async fn calls_no_metadata_service() {
    let http = http_client(HttpOptions {
        guard: iceberg_rest::Guard::Usual,
        ..HttpOptions::default()
    })
    .unwrap();
    let bucket = Bucket {
        endpoint: Some("http://169.254.169.254".into()),
        name: "latest".into(),
        region: "eu-central-1".into(),
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: "secret".into(),
        session_token: None,
    };
    let error = head_bucket(&http, bucket).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Blocked);
}
