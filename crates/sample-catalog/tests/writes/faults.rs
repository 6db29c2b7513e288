//! Commits that go wrong on demand.

use axum::Router;
use sample_catalog::Dialect;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::{
    KEY, change, keyed, lakekeeper, properties, sets,
    support::{post, server},
    table, view,
};

const COMMIT: &str =
    r#"{"updates": [{"action": "set-properties", "updates": {"touched": "yes"}}]}"#;

/// What a client gets over a real connection, to its end.
async fn raw(server: &Router, path: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = server.clone();
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{COMMIT}",
        COMMIT.len()
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut bytes = Vec::new();
    // A reset counts as the end as well.
    let _ = stream.read_to_end(&mut bytes).await;
    serving.abort();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_commit_can_be_cut_off_before_it_is_made_while_it_is_answered_and_after() {
    for (name, made, answered) in [
        ("commit-cut-before", false, false),
        ("commit-cut-during", true, true),
        ("commit-cut-after", true, false),
    ] {
        let server = server(Dialect::Generic);
        table(&server, "/v1", name).await;
        let text = raw(&server, &format!("/v1/namespaces/sandbox/tables/{name}")).await;
        assert_eq!(text.starts_with("HTTP/1.1 200"), answered, "{name}: {text}");
        assert!(!text.contains("touched"), "{name}: {text}");
        let kept = properties(&server, "/v1", name).await;
        assert_eq!(kept["touched"] == "yes", made, "{name}: {kept}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_commit_can_be_refused_once_fail_after_the_fact_and_be_slow() {
    for dialect in [Dialect::Generic, Dialect::Lakekeeper, Dialect::Nessie] {
        let server = server(dialect);
        let base = match dialect {
            Dialect::Lakekeeper => lakekeeper(&server).await,
            Dialect::Nessie => "/iceberg/v1/main".to_owned(),
            _ => "/v1".to_owned(),
        };
        let commit: Value = serde_json::from_str(COMMIT).expect("JSON");
        let path = |name: &str| format!("{base}/namespaces/sandbox/tables/{name}");
        for name in ["commit-409-once", "commit-500-after", "commit-slow"] {
            table(&server, &base, name).await;
        }
        for status in [409, 200, 200] {
            let answer = post(&server, &path("commit-409-once"), &commit).await;
            assert_eq!(answer.status, status, "{dialect}: {}", answer.text);
        }
        assert_eq!(
            post(&server, &path("commit-500-after"), &commit)
                .await
                .status,
            500
        );
        assert_eq!(
            properties(&server, &base, "commit-500-after").await["touched"],
            "yes"
        );
        // What is refused anyway is refused as usual.
        let stale = json!({"requirements": [{"type": "assert-current-schema-id", "current-schema-id": 77}], "updates": []});
        assert_eq!(
            post(&server, &path("commit-500-after"), &stale)
                .await
                .status,
            409
        );
        let started = tokio::time::Instant::now();
        assert_eq!(
            post(&server, &path("commit-slow"), &commit).await.status,
            200
        );
        assert_eq!(started.elapsed().as_secs(), 20);
    }
}

#[tokio::test]
async fn faults_of_commits_reach_views_and_transactions() {
    let server = server(Dialect::Generic);
    table(&server, "/v1", "commit-500-after").await;
    table(&server, "/v1", "t").await;
    let both = json!({"table-changes": [
        change("t", json!([]), &[sets("a", "1")]), change("commit-500-after", json!([]), &[sets("a", "1")])]});
    assert_eq!(
        post(&server, "/v1/transactions/commit", &both).await.status,
        500
    );
    assert_eq!(properties(&server, "/v1", "t").await["a"], "1");
    view(&server, "/v1", "commit-409-once").await;
    let replace = json!({"updates": [sets("a", "1")]});
    for status in [409, 200] {
        let answer = post(
            &server,
            "/v1/namespaces/sandbox/views/commit-409-once",
            &replace,
        )
        .await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
}

#[tokio::test]
async fn a_key_tells_what_became_of_a_commit_whose_answer_was_lost() {
    let server = server(Dialect::Lakekeeper);
    let base = lakekeeper(&server).await;
    table(&server, &base, "commit-500-after").await;
    let path = format!("{base}/namespaces/sandbox/tables/commit-500-after");
    let commit: Value = serde_json::from_str(COMMIT).expect("JSON");
    assert_eq!(
        keyed(&server, "POST", &path, KEY, &commit).await.status,
        500
    );
    let again = keyed(&server, "POST", &path, KEY, &commit).await;
    assert_eq!(
        again.json()["metadata"]["properties"]["touched"],
        "yes",
        "{}",
        again.text
    );
}
