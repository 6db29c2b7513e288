//! Changes of namespaces, tables and views: sent once and as they were shown, and honest about what nobody can know.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::http::Response;
use iceberg_rest::{
    ErrorKind, Namespace, Operation, Support, TableIdent, ViewIdent,
    client::{NamespaceDrop, NewTable, Write},
    decode::Answer,
};
use serde_json::json as value;

use crate::server::{Mock, Seen, config, connect, json, raw, send, serve, status};

const KEY: &str = "01a1fc60-e747-7521-869e-46e0cf1d6d2e";

fn namespace(levels: &[&str]) -> Namespace {
    Namespace::try_new(levels.iter().copied()).unwrap()
}

fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

/// A server with this prefix that answers changes like this.
async fn answering(
    answer: impl Fn(&Seen) -> Response<axum::body::Body> + Send + Sync + 'static,
) -> Mock {
    serve(move |seen| match seen.target.starts_with("/v1/config") {
        true => config("my catalog"),
        false => answer(seen),
    })
    .await
}

fn shown(write: &Write) -> (String, String) {
    let call = format!("{} {}", write.operation().route().method, write.target());
    (call, write.body().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn what_is_sent_is_what_was_shown() {
    let mock = answering(|seen| match seen.method.as_str() {
        "DELETE" => status(204, ""),
        _ if seen.target.ends_with("/rename") => status(204, ""),
        _ if seen.target.ends_with("/properties") => {
            status(200, r#"{"updated":["a"],"removed":["b"]}"#)
        }
        _ if seen.target.ends_with("/tables") || seen.target.ends_with("/register") => {
            status(200, r#"{"metadata":{"format-version":2}}"#)
        }
        _ => status(200, r#"{"namespace":["a/b","ü"],"properties":{}}"#),
    })
    .await;
    let client = connect(&mock.url).await.unwrap();
    let inner = namespace(&["a/b", "ü"]);
    let table = |name: &str| TableIdent::try_new(inner.clone(), name).unwrap();
    let view = |name: &str| ViewIdent::try_new(inner.clone(), name).unwrap();
    let renamed = value!({
        "source": {"namespace": ["a/b", "ü"], "name": "t?"},
        "destination": {"namespace": ["a/b", "ü"], "name": "n"},
    })
    .to_string();
    let removals = BTreeSet::from(["b".to_owned()]);
    let schema = value!({"type": "struct", "fields": []});
    let bare = NewTable {
        location: None,
        schema: schema.clone(),
        partition_spec: None,
        write_order: None,
        properties: pairs(&[("format-version", "2")]),
    };
    let whole = NewTable {
        location: Some("s3://b/t".to_owned()),
        schema: schema.clone(),
        partition_spec: Some(value!({"spec-id": 0, "fields": []})),
        write_order: Some(value!({"order-id": 1, "fields": []})),
        properties: BTreeMap::new(),
    };
    let forced = NamespaceDrop {
        force: true,
        ..NamespaceDrop::default()
    };
    let all = NamespaceDrop {
        recursive: true,
        ..forced
    };
    let file = "s3://b/t/metadata/1.metadata.json";
    let inside = "POST /v1/my%20catalog/namespaces/a%2Fb%1F%C3%BC";
    for (write, call, body) in [
        (
            client.create_namespace(&inner, &pairs(&[("owner", "x")])),
            "POST /v1/my%20catalog/namespaces",
            value!({"namespace": ["a/b", "ü"], "properties": {"owner": "x"}}).to_string(),
        ),
        (
            client.update_namespace(&inner, &removals, &pairs(&[("a", "1")])),
            "POST /v1/my%20catalog/namespaces/a%2Fb%1F%C3%BC/properties",
            value!({"removals": ["b"], "updates": {"a": "1"}}).to_string(),
        ),
        (
            client.create_table(&table("t?"), &bare),
            &*format!("{inside}/tables"),
            value!({
                "name": "t?", "stage-create": false, "schema": schema,
                "properties": {"format-version": "2"},
            })
            .to_string(),
        ),
        (
            client.create_table(&table("t"), &whole),
            &*format!("{inside}/tables"),
            value!({
                "name": "t", "stage-create": false, "location": "s3://b/t", "schema": schema,
                "partition-spec": {"spec-id": 0, "fields": []},
                "write-order": {"order-id": 1, "fields": []}, "properties": {},
            })
            .to_string(),
        ),
        (
            client.register_table(&table("t?"), file, false),
            &*format!("{inside}/register"),
            value!({"name": "t?", "metadata-location": file}).to_string(),
        ),
        (
            client.register_table(&table("t?"), file, true),
            &*format!("{inside}/register"),
            value!({"name": "t?", "metadata-location": file, "overwrite": true}).to_string(),
        ),
        (
            client.drop_namespace(&inner, NamespaceDrop::default()),
            "DELETE /v1/my%20catalog/namespaces/a%2Fb%1F%C3%BC",
            String::new(),
        ),
        (
            client.drop_namespace(&inner, all),
            "DELETE /v1/my%20catalog/namespaces/a%2Fb%1F%C3%BC?recursive=true&force=true&purge=false",
            String::new(),
        ),
        (
            client.drop_namespace(&inner, forced),
            "DELETE /v1/my%20catalog/namespaces/a%2Fb%1F%C3%BC?force=true",
            String::new(),
        ),
        (
            client.drop_table(&table("t?"), true),
            "DELETE /v1/my%20catalog/namespaces/a%2Fb%1F%C3%BC/tables/t%3F?purgeRequested=true",
            String::new(),
        ),
        (
            client.drop_table(&table("t?"), false),
            "DELETE /v1/my%20catalog/namespaces/a%2Fb%1F%C3%BC/tables/t%3F?purgeRequested=false",
            String::new(),
        ),
        (
            client.rename_table(&table("t?"), &table("n")),
            "POST /v1/my%20catalog/tables/rename",
            renamed.clone(),
        ),
        (
            client.drop_view(&view("t?")),
            "DELETE /v1/my%20catalog/namespaces/a%2Fb%1F%C3%BC/views/t%3F",
            String::new(),
        ),
        (
            client.rename_view(&view("t?"), &view("n")),
            "POST /v1/my%20catalog/views/rename",
            renamed,
        ),
    ] {
        let write = write.unwrap();
        assert_eq!(shown(&write), (call.to_owned(), body));
        let before = shown(&write);
        client.send(write, KEY).await.unwrap();
        let sent = mock.seen().pop().unwrap();
        let call = format!("{} {}", sent.method, sent.target);
        assert_eq!((call, sent.body.clone()), before);
        assert_eq!(sent.header("idempotency-key"), None, "it was not announced");
    }
}

#[tokio::test]
async fn a_key_goes_along_where_it_is_announced() {
    let mock = serve(|seen| match seen.target.starts_with("/v1/config") {
        true => json(value!({
            "defaults": {}, "overrides": {}, "idempotency-key-lifetime": "PT30M",
        })),
        false => status(204, ""),
    })
    .await;
    let client = connect(&mock.url).await.unwrap();
    let write = client
        .drop_namespace(&namespace(&["a"]), NamespaceDrop::default())
        .unwrap();
    assert_eq!(client.send(write, KEY).await.unwrap(), Answer::Done);
    let sent = mock.seen().pop().unwrap();
    assert_eq!(sent.header("idempotency-key"), Some(KEY));
}

#[tokio::test]
async fn a_change_of_a_namespace_is_not_sent_again() {
    for (code, kind) in [
        (500, ErrorKind::CommitStateUnknown),
        (502, ErrorKind::CommitStateUnknown),
        (503, ErrorKind::CommitStateUnknown),
        (504, ErrorKind::CommitStateUnknown),
        (429, ErrorKind::RateLimited),
        (409, ErrorKind::Conflict),
        (404, ErrorKind::NotFound),
    ] {
        let mock = answering(move |_| {
            status(
                code,
                r#"{"error":{"message":"No","type":"NoSuchNamespaceException"}}"#,
            )
        })
        .await;
        let client = connect(&mock.url).await.unwrap();
        let write = client
            .drop_namespace(&namespace(&["a"]), NamespaceDrop::default())
            .unwrap();
        let error = client.send(write, KEY).await.unwrap_err();
        let sent = mock.seen().len() - 1;
        assert_eq!((error.kind, sent), (kind, 1), "{code}");
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_or_no_answer_leaves_it_open() {
    let page = answering(|_| status(200, "<html>sign in</html>")).await;
    let client = connect(&page.url).await.unwrap();
    let create = client.create_namespace(&namespace(&["a"]), &BTreeMap::new());
    let error = client.send(create.unwrap(), KEY).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::CommitStateUnknown, "{error}");

    let asked = Arc::new(AtomicUsize::new(0));
    let broken = raw(move |mut stream| {
        let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                let config = r#"{"defaults":{},"overrides":{}}"#;
                let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length:";
                let answer = format!("{head} {}\r\n\r\n{config}", config.len());
                send(&mut stream, answer.as_bytes()).await;
            }
        }
    })
    .await;
    let client = connect(&format!("http://{broken}")).await.unwrap();
    let write = client
        .drop_namespace(&namespace(&["a"]), NamespaceDrop::default())
        .unwrap();
    let error = client.send(write, KEY).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::CommitStateUnknown, "{error}");
}

#[tokio::test]
async fn what_the_server_has_not_is_remembered() {
    let mock = answering(|_| {
        let mut refused = status(
            405,
            r#"{"error":{"message":"Not here","type":"X","code":405}}"#,
        );
        let json = "application/json".parse().unwrap();
        refused.headers_mut().insert("content-type", json);
        refused
    })
    .await;
    let client = connect(&mock.url).await.unwrap();
    let create = Operation::CreateNamespace;
    assert_eq!(client.capabilities().support(create), Support::Yes);
    let write = client.create_namespace(&namespace(&["a"]), &BTreeMap::new());
    client.send(write.unwrap(), KEY).await.unwrap_err();
    let now = client.capabilities().support(create);
    assert!(matches!(now, Support::No(_)), "{now:?}");

    let table = TableIdent::try_new(namespace(&["a"]), "t").unwrap();
    for (purge, known) in [(true, false), (false, true)] {
        let write = client.drop_table(&table, purge).unwrap();
        client.send(write, KEY).await.unwrap_err();
        let now = client.capabilities().support(Operation::DropTable);
        assert_eq!(matches!(now, Support::No(_)), known, "{purge}: {now:?}");
    }
}

#[tokio::test]
async fn what_stands_for_a_secret_is_not_written() {
    let mock = answering(|_| status(204, "")).await;
    let client = connect(&mock.url).await.unwrap();
    let masked = pairs(&[("jdbc", "jdbc:[masked]@db")]);
    let refused = client.create_namespace(&namespace(&["a"]), &masked);
    let error = refused.err().unwrap();
    assert_eq!(error.kind, ErrorKind::Invalid, "{error}");
    assert!(error.message.contains("`properties` › `jdbc`"), "{error}");
}
