//! Tables and views whose metadata contradicts itself, leaves things out, or is too large: what is not there is
//! never said to be, and nothing stands in its place in silence.

use std::{
    convert::Infallible,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing,
};
use hyper::body::{Bytes, Frame};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Answer, ask, connection, console, get};

const SCHEMAS: &str = r#"[{"schema-id": 0, "fields": [{"id": 1, "name": "zero", "type": "int"}]},
    {"schema-id": 1, "fields": [{"id": 1, "name": "one", "type": "int"}]}]"#;

/// The metadata of the table of that name.
fn table(name: &str) -> Option<String> {
    Some(match name {
        "only-main" => r#"{"refs": {"main": {"snapshot-id": 816078743, "type": "branch"}}, "snapshots": [{"snapshot-id": 816078743, "timestamp-ms": 1700000000123}]}"#.into(),
        "older" => r#"{"current-snapshot-id": -1, "snapshots": [{"snapshot-id": 1}, {"snapshot-id": 2}]}"#.into(),
        "float" => r#"{"current-snapshot-id": 4.5982866113522427e+18, "snapshots": [{"snapshot-id": 4.5982866113522427e+18, "parent-snapshot-id": 9330031330511797673}]}"#.into(),
        "no-schema" => format!(r#"{{"format-version": 4, "current-schema-id": 2, "schemas": {SCHEMAS}}}"#),
        "schemas" => format!(r#"{{"current-schema-id": 1, "schemas": {SCHEMAS}}}"#),
        _ => return None,
    })
}

fn view(name: &str) -> Option<Value> {
    let current = match name {
        "lost" => 1234,
        "kept" => 1,
        _ => return None,
    };
    Some(json!({
        "current-version-id": current, "format-version": 1, "schemas": [],
        "versions": [{"version-id": 1, "schema-id": 5, "timestamp-ms": 0, "representations": [
            {"type": "sql", "dialect": "spark", "sql": "select a from t"},
            {"type": "sql", "dialect": "dbt", "sql": "select a from {{ ref('m') }}"}]}]
    }))
}

/// A body that begins and does not end.
struct Begun(Option<String>);

impl hyper::body::Body for Begun {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.0.take() {
            Some(text) => Poll::Ready(Some(Ok(Frame::data(text.into())))),
            None => Poll::Pending,
        }
    }
}

/// The beginning of an answer that is too long.
fn beginning() -> String {
    let metadata =
        r#"{"location": "s3://b/huge", "properties": {"owner": "me", "door": "hunter2"}, "#;
    let config = r#"{"s3.secret-access-key": "CANARY"}"#;
    format!(
        r#"{{"config": {config}, "metadata": {metadata}{}"#,
        " ".repeat(512 * 1024)
    )
}

async fn loaded(Path((kind, name)): Path<(String, String)>, request: Request) -> Response {
    let all = request
        .uri()
        .query()
        .is_some_and(|query| query.contains("snapshots=all"));
    let metadata = match (kind.as_str(), name.as_str()) {
        // It says its length, and is not read on.
        ("tables", "huge") if all => {
            let length = [(header::CONTENT_LENGTH, "100000000")];
            return (length, Body::new(Begun(Some(beginning())))).into_response();
        }
        ("tables", "huge") => Some(r#"{"current-snapshot-id": 90000, "snapshots": [{"snapshot-id": 90000, "parent-snapshot-id": 89999}]}"#.to_owned()),
        ("tables", name) => table(name),
        (_, name) => view(name).map(|view| view.to_string()),
    };
    match metadata {
        Some(metadata) => (
            [(header::CONTENT_TYPE, "application/json")],
            format!(r#"{{"metadata-location": "s3://b/m.json", "metadata": {metadata}}}"#),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn odd_console() -> Router {
    let config = Json(json!({"defaults": {}, "overrides": {}, "endpoints": [
        "GET /v1/{prefix}/namespaces/{namespace}/tables/{table}", "GET /v1/{prefix}/namespaces/{namespace}/views/{view}"]}));
    let catalog = Router::new()
        .route("/v1/config", routing::get(config))
        .route("/v1/namespaces/d/{kind}/{name}", routing::get(loaded));
    console(&connection(catalog, "", "kind = \"generic\"").await)
}

/// The page without its markup.
async fn text(console: &Router, path: &str) -> Answer {
    let mut answer = ask(console, get(path)).await;
    let start = answer.body.find("<main").unwrap_or_default();
    let mut text = String::new();
    let mut within = true;
    for letter in answer.body[start..]
        .split("<script")
        .next()
        .unwrap_or_default()
        .chars()
    {
        match letter {
            '<' => within = false,
            '>' => within = true,
            letter if within => text.push(letter),
            _ => {}
        }
    }
    answer.body = text.replace("&#x27;", "'").replace("&#39;", "'");
    answer
}

#[tokio::test]
async fn nothing_is_said_to_be_missing_that_is_there() {
    let console = odd_console().await;
    for (page, says, never) in [
        (
            "t/overview?ns=d&t=only-main",
            &["816078743", "22:13:20.123 UTC"][..],
            &["nothing has been written", "see all"][..],
        ),
        (
            "t/refs?ns=d&t=only-main",
            &["main", "816078743"],
            &["No branch"],
        ),
        (
            "t/overview?ns=d&t=older",
            &["No current snapshot", "2 older snapshots"],
            &["nothing has been written"],
        ),
        (
            "t/refs?ns=d&t=older",
            &["2 older snapshots"],
            &["nothing has been written"],
        ),
        (
            "t/overview?ns=d&t=float",
            &["4.5982866113522427e+18", "no 64-bit integer"],
            &["nothing has been"],
        ),
        (
            "t/snapshots?ns=d&t=float",
            &["4.5982866113522427e+18", "9330031330511797673"],
            &[],
        ),
        (
            "t/overview?ns=d&t=no-schema",
            &["schema 2", "Columns not known", "format version 4"],
            &["0 columns"],
        ),
        (
            "t/schema?ns=d&t=no-schema",
            &["current schema is 2", "one"],
            &["1 (current)"],
        ),
        (
            "v/overview?ns=d&v=lost",
            &["1234", "Columns not known"],
            &["0 columns"],
        ),
        (
            "v/overview?ns=d&v=kept",
            &["schema 5", "Columns not known"],
            &["0 columns"],
        ),
        ("v/sql?ns=d&v=lost", &["1234"], &["select"]),
        (
            "v/sql?ns=d&v=kept",
            &["{{ ref('m') }}", "As written"],
            &["{ {"],
        ),
    ] {
        let answer = text(&console, &format!("/c/p/{page}")).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        for words in says {
            assert!(
                answer.body.contains(words),
                "{page} misses {words}: {}",
                answer.body
            );
        }
        for words in never {
            assert!(
                !answer.body.contains(words),
                "{page} says {words}: {}",
                answer.body
            );
        }
    }
}

#[tokio::test]
async fn an_id_that_is_not_there_shows_no_other_thing() {
    let console = odd_console().await;
    for (page, says, never) in [
        ("t/schema?ns=d&t=schemas&schema=7", "no schema 7", "zero"),
        (
            "t/snapshots?ns=d&t=only-main&snapshot=7",
            "no snapshot 7",
            "816078743",
        ),
        (
            "t/snapshots?ns=d&t=older&from=1&to=7",
            "no snapshot 7",
            "Totals",
        ),
        (
            "t/snapshots?ns=d&t=older&from=1",
            "names one snapshot",
            "Totals",
        ),
        ("v/sql?ns=d&v=kept&version=77", "no version 77", "select"),
        ("v/schema?ns=d&v=kept&schema=5", "no schema 5", "column"),
    ] {
        let answer = text(&console, &format!("/c/p/{page}")).await;
        assert_eq!(answer.status, 404, "{page}: {}", answer.body);
        assert!(
            answer.body.contains(says) && !answer.body.contains(never),
            "{page}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn of_a_table_that_is_too_large_what_can_be_read_is_shown_and_the_rest_can_be_downloaded() {
    let console = odd_console().await;
    let list = ask(&console, get("/c/p/t/snapshots?ns=d&t=huge")).await;
    assert_eq!(list.status, 200, "{}", list.body);
    for words in ["64 MiB", ">90000<", "/c/p/t/metadata.json?ns=d&amp;t=huge"] {
        assert!(list.body.contains(words), "{words}: {}", list.body);
    }
    let one = text(&console, "/c/p/t/snapshots?ns=d&t=huge&snapshot=90000").await;
    assert!(one.body.contains("too large to read all"), "{}", one.body);
    let other = text(&console, "/c/p/t/snapshots?ns=d&t=huge&snapshot=5").await;
    assert!(
        other.body.contains("64 MiB") && !other.body.contains("has no snapshot"),
        "{}",
        other.body
    );
    let raw = ask(&console, get("/c/p/t/raw?ns=d&t=huge")).await;
    assert!(
        raw.body.contains("/c/p/t/metadata.json?ns=d&amp;t=huge"),
        "{}",
        raw.body
    );
}

#[tokio::test]
async fn a_download_is_given_on_as_it_arrives_and_masked() {
    let console = odd_console().await;
    let download = get("/c/p/t/metadata.json?ns=d&t=huge");
    let response = console.oneshot(download).await.unwrap();
    assert_eq!(response.status(), 200);
    let mut body = response.into_body();
    let mut text = String::new();
    while !text.contains("hunter2") && !text.contains("[masked]") {
        let frame = poll_fn(|context| hyper::body::Body::poll_frame(Pin::new(&mut body), context));
        let piece = frame.await.unwrap().unwrap().into_data().unwrap();
        text.push_str(std::str::from_utf8(&piece).unwrap());
    }
    let start = r#"{"location": "s3://b/huge", "properties": {"owner": "me", "door": "[masked]"}"#;
    assert!(text.starts_with(start), "{}", &text[..200]);
}
