use iceberg_rest::{
    Dialect, ErrorKind, Hint, HttpOptions, Namespace, Server, Settings, SnapshotsMode, TableIdent,
    http_client,
};
use serde_json::json;

use crate::server::{Mock, config, connect, http, json as answer, serve, server, settings, status};

fn orders() -> TableIdent {
    TableIdent::try_new(Namespace::try_new(["a.b", "c d"]).unwrap(), "or/ders").unwrap()
}

#[tokio::test]
async fn every_form_of_prefix_reaches_the_server_verbatim() {
    for (sent, asked) in [
        ("", ""),
        ("one", "/one"),
        ("catalogs/x", "/catalogs/x"),
        ("main%7Cwh", "/main%7Cwh"),
        (
            "arn%3Aaws%3As3tables%3Aus-east-1%3A1%3Abucket%2Fb",
            "/arn%3Aaws%3As3tables%3Aus-east-1%3A1%3Abucket%2Fb",
        ),
        ("my catalog", "/my%20catalog"),
    ] {
        let mock = serve(
            move |seen| match seen.target.starts_with("/base/v1/config") {
                true => config(sent),
                false => answer(json!({"metadata": {}})),
            },
        )
        .await;
        let client = connect(&format!("{}/base/", mock.url)).await.unwrap();
        client
            .load_table(&orders(), SnapshotsMode::Refs, None)
            .await
            .unwrap();
        let expected =
            format!("/base/v1{asked}/namespaces/a.b%1Fc%20d/tables/or%2Fders?snapshots=refs");
        assert_eq!(
            mock.targets(),
            ["/base/v1/config?warehouse=wh".to_owned(), expected]
        );
    }
}

#[tokio::test]
async fn a_prefix_that_leads_out_of_the_catalog_is_refused() {
    for prefix in ["../admin", "a/../../admin", "%2e%2e/admin", "a//b", "./a"] {
        let mock = serve(move |_| config(prefix)).await;
        let error = connect(&mock.url).await.err().unwrap();
        assert_eq!(error.kind, ErrorKind::Malformed, "{prefix}");
    }
}

#[tokio::test]
async fn the_separator_is_the_servers() {
    let mock = serve(|seen| match seen.target.starts_with("/v1/config") {
        true => answer(json!({"defaults": {}, "overrides": {"namespace-separator": "%2E"}})),
        false => answer(json!({"namespaces": [["a", "b"]]})),
    })
    .await;
    let client = connect(&mock.url).await.unwrap();
    client
        .list_namespaces(Some(&Namespace::try_new(["a"]).unwrap()))
        .await
        .unwrap();
    client
        .namespace_exists(&Namespace::try_new(["a", "b"]).unwrap())
        .await
        .unwrap();
    assert_eq!(
        mock.targets()[1..],
        [
            "/v1/namespaces?pageToken=&pageSize=1000&parent=a",
            "/v1/namespaces/a%2Eb"
        ]
    );
}

#[tokio::test]
async fn addresses_and_secrets_that_the_server_announces_are_left_aside_and_reported() {
    let evil = serve(|_| status(200, "")).await;
    let elsewhere = evil.url.clone();
    let mock = serve(move |seen| match seen.target.starts_with("/v1/config") {
        true => answer(json!({"defaults": {"token": "t"}, "overrides": {
            "uri": elsewhere, "oauth2-server-uri": format!("{elsewhere}/token"), "header.X-Evil": "1", "prefix": "p",
        }})),
        false => answer(json!({"namespaces": []})),
    })
    .await;
    let client = connect(&mock.url).await.unwrap();
    client.list_namespaces(None).await.unwrap();
    let mut keys: Vec<&str> = client
        .ignored_overrides()
        .iter()
        .map(|ignored| ignored.key.as_str())
        .collect();
    keys.sort_unstable();
    assert_eq!(keys, ["header.X-Evil", "oauth2-server-uri", "token", "uri"]);
    assert_eq!((evil.seen().len(), mock.seen().len()), (0, 2));
    assert!(
        mock.seen()[1].header("x-evil").is_none()
            && mock.seen()[1].header("authorization").is_none()
    );
}

#[tokio::test]
async fn nessie_shows_a_reference_and_moves_its_base_outward() {
    let mock = serve(|seen| match seen.target.contains("/v1/config") {
        true => {
            let uri = format!("http://{}/iceberg/", seen.header("host").unwrap());
            answer(json!({"defaults": {"prefix": "main%7Cwh"}, "overrides": {"nessie.is-nessie-catalog": "true", "uri": uri}}))
        }
        false => answer(json!({"namespaces": []})),
    })
    .await;
    let server = server(settings(&format!("{}/iceberg/main", mock.url)));
    let plain = server.connect(None, None).await.unwrap();
    assert_eq!(
        (plain.dialect(), plain.reference()),
        (Dialect::Nessie, Some("main"))
    );
    let branch = server.connect(None, Some("feature/x")).await.unwrap();
    assert_eq!(branch.reference(), Some("feature/x"));
    branch.list_namespaces(None).await.unwrap();
    assert_eq!(
        mock.targets()[2],
        "/iceberg/v1/feature%1Fx%7Cwh/namespaces?pageToken=&pageSize=500"
    );
}

#[tokio::test]
async fn storage_keys_are_declined_where_they_would_come_unasked() {
    for dialect in Dialect::ALL {
        let mock = serve(|seen| match seen.target.contains("/v1/config") {
            true => config("p"),
            false => answer(json!({"metadata": {}})),
        })
        .await;
        let client = server(Settings {
            dialect: Some(dialect),
            ..settings(&mock.url)
        })
        .connect(Some("wh"), None)
        .await
        .unwrap();
        client
            .load_table(&orders(), SnapshotsMode::All, None)
            .await
            .unwrap();
        let expected =
            matches!(dialect, Dialect::Lakekeeper | Dialect::Nessie).then_some("client-managed");
        assert_eq!(
            mock.seen()[1].header("x-iceberg-access-delegation"),
            expected,
            "{dialect}"
        );
    }
}

#[tokio::test]
async fn what_is_no_catalog_is_named() {
    for (body, word) in [
        ("<html><title>Sign in</title></html>", "HTML"),
        (r#"{"Output":{"__type":"Unknown"}}"#, "defaults"),
    ] {
        let mock = serve(move |_| status(200, body)).await;
        let error = connect(&mock.url).await.err().unwrap();
        assert_eq!(error.kind, ErrorKind::Malformed);
        assert!(error.message.contains(word), "{}", error.message);
    }
    let mock = serve(|_| status(404, "")).await;
    let error = connect(&mock.url).await.err().unwrap();
    assert_eq!(error.hint(), Some(Hint::Path), "{error}");
}

#[tokio::test]
async fn a_warehouse_of_another_project_is_asked_for_by_both_names() {
    let mock = serve(|_| config("p")).await;
    let warehouse = "00000000-0000-0000-0000-000000000000/demo";
    let client = server(settings(&mock.url))
        .connect(Some(warehouse), None)
        .await
        .unwrap();
    assert_eq!(client.warehouse(), Some(warehouse));
    let asked = "/v1/config?warehouse=00000000-0000-0000-0000-000000000000%2Fdemo";
    assert_eq!(mock.targets(), [asked]);
}

#[tokio::test]
async fn a_wrong_warehouse_is_named() {
    let unknown = r#"{"error":{"message":"Warehouse 'wh' is not known","type":"IllegalStateException","code":500}}"#;
    for (code, body) in [
        (
            404,
            r#"{"error":{"message":"No such","type":"NotFoundException"}}"#,
        ),
        (500, unknown),
    ] {
        let mock = serve(move |_| status(code, body)).await;
        let error = connect(&mock.url).await.err().unwrap();
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert_eq!(error.hint(), Some(Hint::Warehouse), "{error}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let target = serve(|_| config("p")).await;
    for code in [301, 302, 303, 307, 308] {
        let to = target.url.clone();
        let mock = serve(move |_| {
            axum::http::Response::builder()
                .status(code)
                .header("location", &to)
                .body(axum::body::Body::empty())
                .unwrap()
        })
        .await;
        assert_eq!(
            connect(&mock.url).await.err().unwrap().kind,
            ErrorKind::Redirect
        );
    }
    assert_eq!(target.seen().len(), 0);
}

#[tokio::test]
async fn an_etag_goes_back_as_it_came() {
    let mock = serve(|seen| {
        match (
            seen.target.contains("/v1/config"),
            seen.header("if-none-match"),
        ) {
            (true, _) => config("p"),
            (false, Some("unquoted-hex")) => status(304, ""),
            (false, _) => {
                let mut table = answer(json!({"metadata": {}}));
                table
                    .headers_mut()
                    .insert("etag", "unquoted-hex".parse().unwrap());
                table
            }
        }
    })
    .await;
    let client = connect(&mock.url).await.unwrap();
    let iceberg_rest::Loaded::Table {
        etag, bytes_len, ..
    } = client
        .load_table(&orders(), SnapshotsMode::Refs, None)
        .await
        .unwrap()
    else {
        panic!("a table")
    };
    assert_eq!(bytes_len, 15);
    let again = client
        .load_table(&orders(), SnapshotsMode::Refs, etag.as_deref())
        .await
        .unwrap();
    assert_eq!(again, iceberg_rest::Loaded::NotModified);
}

#[tokio::test]
async fn raw_metadata_is_byte_for_byte_without_what_stands_around_it() {
    let metadata = r#"{ "a" : 9223372036854775808 ,"b":4.590e18, "z":1,"c":[ ]}"#;
    let mock = serve(move |seen| match seen.target.contains("/v1/config") {
        true => config("p"),
        false => status(200, &format!(r#"{{"config":{{"s3.secret-access-key":"hunter2"}},"metadata":{metadata},"storage-credentials":[]}}"#)),
    })
    .await;
    let client = connect(&mock.url).await.unwrap();
    assert_eq!(
        client
            .load_table_raw(&orders(), SnapshotsMode::All)
            .await
            .unwrap()
            .metadata,
        metadata
    );
}

/// A server that lists these endpoints, and answers `head` to any `HEAD`.
async fn serve_heads(endpoints: &'static [&'static str], head: u16) -> Mock {
    serve(
        move |seen| match (seen.target.contains("/v1/config"), seen.method.as_str()) {
            (true, _) => answer(json!({"overrides": {"prefix": "p"}, "endpoints": endpoints})),
            (_, "HEAD") => status(head, ""),
            (_, _) if seen.target.contains("gone") => status(404, r#"{"message":"No such table"}"#),
            _ => answer(json!({"metadata": {}})),
        },
    )
    .await
}

const HEAD_OF_TABLES: &[&str] = &[
    "GET /v1/{prefix}/namespaces/{namespace}/tables/{table}",
    "HEAD /v1/{prefix}/namespaces/{namespace}/tables/{table}",
];

#[tokio::test]
async fn a_head_is_sent_only_to_who_lists_it_and_its_404_is_not_the_last_word() {
    let methods = |mock: &Mock| {
        let calls = mock.seen().into_iter().skip(1);
        calls.map(|seen| seen.method).collect::<Vec<_>>()
    };
    let gone = TableIdent::try_new(Namespace::try_new(["a"]).unwrap(), "gone").unwrap();
    for (endpoints, head, of_orders, of_gone) in [
        (&[][..], 404, &["GET"][..], &["GET"][..]),
        (&HEAD_OF_TABLES[..1], 404, &["GET"], &["GET"]),
        (HEAD_OF_TABLES, 204, &["HEAD"], &["HEAD"]),
        (HEAD_OF_TABLES, 404, &["HEAD", "GET"], &["HEAD", "GET"]),
    ] {
        let mock = serve_heads(endpoints, head).await;
        let client = connect(&mock.url).await.unwrap();
        assert!(client.table_exists(&orders()).await.unwrap());
        assert_eq!(methods(&mock), of_orders, "{endpoints:?} {head}");
        let mock = serve_heads(endpoints, head).await;
        let client = connect(&mock.url).await.unwrap();
        assert_eq!(client.table_exists(&gone).await.unwrap(), head == 204);
        assert_eq!(methods(&mock), of_gone, "{endpoints:?} {head}");
    }
}

#[tokio::test]
async fn a_refusal_is_of_one_warehouse_and_forgotten_on_demand() {
    let mock = serve(|seen| match seen.target.as_str() {
        target if target.contains("/v1/config?warehouse=a") => config("a"),
        target if target.contains("/v1/config") => config("b"),
        target if target.contains("/v1/a/") => status(501, r#"{"error":"NotImplemented"}"#),
        _ => answer(json!({"identifiers": []})),
    })
    .await;
    let server = server(settings(&mock.url));
    let a = server.connect(Some("a"), None).await.unwrap();
    let b = server.connect(Some("b"), None).await.unwrap();
    let namespace = Namespace::try_new(["sales"]).unwrap();
    assert!(a.list_views(&namespace).await.is_err());
    let refuses = |client: &iceberg_rest::Client| {
        let support = client
            .capabilities()
            .support(iceberg_rest::Operation::ListViews);
        matches!(support, iceberg_rest::Support::No(_))
    };
    assert!(refuses(&a) && !refuses(&b));
    b.list_views(&namespace).await.unwrap();
    a.forget_refusals();
    assert!(!refuses(&a));
}

#[tokio::test]
async fn a_head_that_the_server_lacks_is_asked_as_a_get_and_remembered() {
    let mock = serve_heads(HEAD_OF_TABLES, 405).await;
    let client = connect(&mock.url).await.unwrap();
    assert!(client.table_exists(&orders()).await.unwrap());
    assert!(matches!(
        client
            .capabilities()
            .support(iceberg_rest::Operation::TableExists),
        iceberg_rest::Support::No(_)
    ));
}

#[tokio::test]
async fn a_get_in_place_of_a_head_declines_storage_keys_too() {
    let mock = serve_heads(HEAD_OF_TABLES, 405).await;
    let client = server(Settings {
        dialect: Some(Dialect::Lakekeeper),
        ..settings(&mock.url)
    })
    .connect(Some("wh"), None)
    .await
    .unwrap();
    assert!(client.table_exists(&orders()).await.unwrap());
    let get = mock.seen().pop().unwrap();
    assert_eq!(
        (
            get.method.as_str(),
            get.header("x-iceberg-access-delegation")
        ),
        ("GET", Some("client-managed"))
    );
}

#[tokio::test]
async fn the_guard_refuses_what_no_catalog_lives_at() {
    let guarded = http_client(HttpOptions {
        guard: iceberg_rest::Guard::Usual,
        ..HttpOptions::default()
    })
    .unwrap();
    for url in [
        "http://169.254.169.254/latest",
        "http://[fd00:ec2::254]/",
        "http://0.0.0.0:8181",
        "http://[::ffff:169.254.169.254]/",
        "http://2852039166/",
    ] {
        let error = Server::new(guarded.clone(), settings(url)).err().unwrap();
        assert_eq!(error.kind, ErrorKind::Blocked, "{url}");
    }
    assert!(Server::new(guarded, settings("http://127.0.0.1:8181")).is_ok());
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_before_anything_is_sent() {
    let header = |name: &str, value: &str| Settings {
        headers: vec![(name.to_owned(), value.to_owned())],
        ..settings("http://h")
    };
    for bad in [
        header("host", "x"),
        header("content-length", "1"),
        header("a b", "x"),
        header("x", "a\r\nb"),
    ] {
        assert_eq!(
            Server::new(http(), bad).err().unwrap().kind,
            ErrorKind::Invalid
        );
    }
    let secret = header("X-Key", "hunter2");
    assert!(!format!("{secret:?}").contains("hunter2"));
}
