//! What is read of an answer's body, and what its reader says of it.

use std::io::Write;

use async_compression::{Level, tokio::write::BrotliEncoder};
use axum::{body::Body, http::Response};
use flate2::{Compression, write::GzEncoder};
use iceberg_rest::{
    Error, ErrorKind, Limits, Namespace, Settings, SnapshotsMode, TableIdent, error::MAX_MESSAGE,
};
use tokio::io::AsyncWriteExt;

use crate::server::{config, connect, raw, send, serve, server, settings, status};

const MIB: usize = 1024 * 1024;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(text).unwrap();
    gzip.finish().unwrap()
}

async fn brotli(text: &[u8]) -> Vec<u8> {
    let mut brotli = BrotliEncoder::with_quality(Vec::new(), Level::Fastest);
    brotli.write_all(text).await.unwrap();
    brotli.shutdown().await.unwrap();
    brotli.into_inner()
}

fn packed(encoding: &str, body: &[u8]) -> Response<Body> {
    Response::builder()
        .header("content-encoding", encoding)
        .body(Body::from(body.to_owned()))
        .unwrap()
}

/// What connecting comes to where the server answers like this.
async fn answered(answer: impl Fn() -> Response<Body> + Send + Sync + 'static) -> Error {
    let mock = serve(move |_| answer()).await;
    connect(&mock.url).await.err().unwrap()
}

/// A table of this length, no two of its snapshots alike.
fn table(length: usize) -> Vec<u8> {
    let mut text = r#"{"metadata":{"format-version":2,"snapshots":["#.to_owned();
    for id in 1_u64.. {
        let random = id.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 1;
        text.push_str(&format!(
            r#"{{"snapshot-id":{random},"timestamp-ms":1700000{id},"summary":{{"operation":"append","added-records":"{id}"}}}}"#
        ));
        if text.len() > length {
            break;
        }
        text.push(',');
    }
    text.push_str("]}}");
    text.into_bytes()
}

#[tokio::test]
async fn an_error_without_end_is_read_for_a_while_and_is_still_an_error_of_its_status() {
    let address = raw(|mut stream| async move {
        send(
            &mut stream,
            b"HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n{\"error\":{\"message\":\"No such warehouse\",\"type\":\"NoSuchWarehouseException\",\"stack\":[\"",
        )
        .await;
        while send(&mut stream, &[b'x'; 16 * 1024]).await {}
    })
    .await;
    let error = connect(&format!("http://{address}")).await.err().unwrap();
    assert_eq!((error.kind, error.status), (ErrorKind::NotFound, Some(404)));
    assert!(error.message.starts_with("No such warehouse"), "{error}");
    assert_eq!(
        error.type_on_wire.as_deref(),
        Some("NoSuchWarehouseException")
    );
}

#[tokio::test]
async fn words_of_any_length_are_cut_to_one_message() {
    let long = "long ".repeat(MIB);
    for body in [
        format!(r#"{{"error":{{"message":"{long}"}}}}"#),
        format!(r#"{{"message":"{long}","status":"400"}}"#),
        long.clone(),
    ] {
        let error = answered(move || status(400, &body)).await;
        assert_eq!(error.kind, ErrorKind::BadRequest);
        assert!(error.message.starts_with("long long"), "{error}");
        assert!(error.message.chars().count() <= MAX_MESSAGE + 1);
    }
    let gzipped = gzip(long.as_bytes());
    let error = answered(move || {
        let mut answer = packed("gzip", &gzipped);
        *answer.status_mut() = axum::http::StatusCode::FORBIDDEN;
        answer
    })
    .await;
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.starts_with("long long"), "{error}");
}

#[tokio::test]
async fn a_body_that_unpacks_to_a_hundred_times_its_length_is_not_read_on() {
    let text = [b"{\"defaults\":{}}".to_vec(), vec![b' '; 8 * MIB]].concat();
    for (encoding, body) in [("gzip", gzip(&text)), ("br", brotli(&text).await)] {
        assert!(body.len() < text.len() / 200);
        let error = answered(move || packed(encoding, &body)).await;
        assert!(
            matches!(error.kind, ErrorKind::TooLarge { .. }),
            "{encoding}: {error}"
        );
        assert!(error.message.contains("100 times"), "{error}");
    }
    let small = [b"{\"defaults\":{}}".to_vec(), vec![b' '; MIB / 2]].concat();
    for (encoding, body) in [("gzip", gzip(&small)), ("br", brotli(&small).await)] {
        let mock = serve(move |_| packed(encoding, &body)).await;
        assert!(connect(&mock.url).await.is_ok(), "{encoding}");
    }
}

#[tokio::test]
async fn metadata_of_a_table_is_read_in_either_compression_and_longer_than_other_answers() {
    let text = table(MIB + MIB / 4);
    let bodies = [
        ("gzip", gzip(&text)),
        ("br", brotli(&text).await),
        ("identity", text.clone()),
    ];
    let limits = Limits {
        body_bytes: MIB as u64,
        ..Limits::default()
    };
    for (encoding, body) in bodies {
        let mock = serve(move |seen| match seen.target.starts_with("/v1/config") {
            true => config("p"),
            false => packed(encoding, &body),
        })
        .await;
        let settings = settings(&mock.url);
        let server = server(Settings { limits, ..settings });
        let client = server.connect(None, None).await.unwrap();
        let namespace = Namespace::try_new(["a"]).unwrap();
        let name = TableIdent::try_new(namespace.clone(), "t").unwrap();
        let raw = client
            .load_table_raw(&name, SnapshotsMode::All)
            .await
            .unwrap();
        assert!(raw.metadata.len() > MIB, "{encoding}");
        let error = client.load_namespace(&namespace).await.unwrap_err();
        let limit_bytes = MIB as u64;
        assert_eq!(
            error.kind,
            ErrorKind::TooLarge { limit_bytes },
            "{encoding}"
        );
    }
}

#[tokio::test]
async fn a_compression_that_nobody_asked_for_is_said() {
    let error = answered(|| packed("zstd", b"x")).await;
    assert_eq!(error.kind, ErrorKind::Malformed);
    assert!(error.message.contains("compressed"), "{error}");
}

#[tokio::test]
async fn a_wrong_shape_is_told_by_what_was_expected_and_never_quoted() {
    for wrong in [
        format!(
            r#"{{"defaults":{{}},"overrides":{{}},"idempotency-key-lifetime":1,"x":{}}}"#,
            "[".repeat(9)
        ),
        format!(r#"["{}"]"#, "CANARY".repeat(100_000)),
        format!(r#""CANARY, expected {}""#, "CANARY".repeat(100_000)),
        "CANARY".repeat(100_000),
        r#"{"defaults":{},"CANARY"#.to_owned(),
    ] {
        let error = answered(move || status(200, &wrong)).await;
        assert_eq!(error.kind, ErrorKind::Malformed);
        assert!(
            !error.message.contains("CANARY"),
            "{}",
            &error.message[..300]
        );
        assert!(error.message.contains("line 1, column"), "{error}");
        assert!(error.message.chars().count() <= MAX_MESSAGE);
    }
}

#[tokio::test]
async fn the_words_of_an_error_are_found_behind_and_within_a_long_stack() {
    let frame = "\\tat org.apache.iceberg.rest.Adapter.handle(Adapter.java:120)";
    let trace = format!(
        "\"java.lang.RuntimeException: x{}\"",
        format!("\\n{frame}").repeat(2_000)
    );
    let stack = format!(
        "[\"java.lang.RuntimeException: x\"{}]",
        format!(",\"{frame}\"").repeat(2_000)
    );
    assert!(trace.len() > 100 * 1024 && stack.len() > 100 * 1024);
    for body in [
        format!(
            r#"{{"error":{{"stack":{stack},"message":"Disk is full","type":"RuntimeException","code":500}}}}"#
        ),
        format!(
            r#"{{"error":{{"message":"Disk is full","type":"RuntimeException","code":500,"stack":{stack}}}}}"#
        ),
        format!(
            r#"{{"timestamp":"x","status":500,"error":"Internal Server Error","trace":{trace},"message":"Disk is full"}}"#
        ),
        format!(r#"{{"stackTrace":{stack},"errorCode":"UNKNOWN","message":"Disk is full"}}"#),
        format!(
            "Disk is full{}",
            format!("\n{}", frame.replace("\\t", "\t")).repeat(2_000)
        ),
    ] {
        let error = answered(move || status(500, &body)).await;
        assert_eq!(
            (error.status, error.message.as_str()),
            (Some(500), "Disk is full")
        );
    }
    // Where nothing else is said, what was thrown; and of what was thrown, the causes and no frames.
    for (body, words) in [
        (
            format!(r#"{{"error":{{"type":"X","code":500,"stack":{stack}}}}}"#),
            "java.lang.RuntimeException: x",
        ),
        (
            format!(r#"{{"trace":{trace}}}"#),
            "java.lang.RuntimeException: x",
        ),
        (
            format!(
                r#"{{"error":{{"message":"Failed{}\nCaused by: java.io.IOException: Disk is full{}\n\t... 34 more","type":"X"}}}}"#,
                format!("\\n{frame}").repeat(400),
                format!("\\n{frame}").repeat(400)
            ),
            "Failed Caused by: java.io.IOException: Disk is full",
        ),
    ] {
        let error = answered(move || status(500, &body)).await;
        assert_eq!(error.message, words);
    }
}
