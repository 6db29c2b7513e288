//! What a server can do, from its dialect, its own list, and what it refused.

use std::collections::BTreeMap;

use iceberg_rest::{
    Capabilities, Dialect, Operation, Support, capability,
    decode::{Headers, Response, decode},
    dialect,
    types::CatalogConfig,
};

fn endpoints(list: &[&str]) -> Vec<String> {
    list.iter().map(|entry| (*entry).to_owned()).collect()
}

#[test]
fn a_server_without_a_list_has_what_the_specification_assumes() {
    let capabilities = Capabilities::new(Dialect::Generic, None);
    assert_eq!(capabilities.support(Operation::ListTables), Support::Yes);
    assert_eq!(
        capabilities.support(Operation::CommitTransaction),
        Support::Yes
    );
    assert_eq!(capabilities.support(Operation::ListViews), Support::Unknown);
    assert_eq!(
        capabilities.support(Operation::TableExists),
        Support::Unknown
    );
}

#[test]
fn a_list_that_names_no_call_is_no_list() {
    for list in [
        &[][..],
        &["GET /polaris/v1/{prefix}/policies"],
        &["", "GET", "*"],
    ] {
        for dialect in [Dialect::Generic, Dialect::Nessie] {
            let said = Capabilities::new(dialect, Some(&endpoints(list)));
            assert_eq!(said, Capabilities::new(dialect, None), "{list:?}");
        }
    }
}

#[test]
fn endpoints_are_known_however_their_placeholders_are_called() {
    for (entry, operation) in [
        (
            "GET /v1/{prefix}/namespaces/{ns}/tables",
            Operation::ListTables,
        ),
        ("get v1/namespaces/{namespace}/views", Operation::ListViews),
        (
            "HEAD  /v1/catalogs/{catalog}/namespaces/{a}/tables/{b}",
            Operation::TableExists,
        ),
    ] {
        assert_eq!(Operation::from_endpoint(entry), Some(operation), "{entry}");
    }
}

#[test]
fn a_dialect_corrects_the_assumption() {
    let s3 = Capabilities::new(Dialect::S3Tables, None);
    for operation in [
        Operation::ListViews,
        Operation::RegisterTable,
        Operation::CommitTransaction,
        Operation::ReportMetrics,
    ] {
        assert!(
            matches!(s3.support(operation), Support::No(_)),
            "{operation:?}"
        );
    }
    assert_eq!(s3.support(Operation::RenameTable), Support::Yes);
    // Nothing is known of one that leaves the list out and is said to have what the specification assumes.
    let lakekeeper = Capabilities::new(Dialect::Lakekeeper, None);
    assert_eq!(lakekeeper.support(Operation::ListViews), Support::Unknown);
    assert_eq!(
        Capabilities::new(Dialect::Nessie, None).support(Operation::ListViews),
        Support::Yes
    );
}

#[test]
fn the_servers_list_is_read_with_and_without_slashes() {
    // The Apache fixture: no leading slash, and an address among the paths.
    let list = endpoints(&[
        "POST v1/oauth/tokens",
        "POST https://auth-server.com/token",
        "GET v1/{prefix}/namespaces",
        "GET /v1/{prefix}/namespaces/{namespace}/views",
    ]);
    let capabilities = Capabilities::new(Dialect::Generic, Some(&list));
    for operation in [
        Operation::GetToken,
        Operation::ListNamespaces,
        Operation::ListViews,
        Operation::GetConfig,
    ] {
        assert_eq!(
            capabilities.support(operation),
            Support::Yes,
            "{operation:?}"
        );
    }
    assert!(matches!(
        capabilities.support(Operation::ListTables),
        Support::No(_)
    ));
}

#[test]
fn what_works_unlisted_and_what_never_works_are_known_by_dialect() {
    let list = endpoints(&[
        "GET /v1/{prefix}/namespaces/{namespace}/views/{view}",
        "GET /v1/{prefix}/namespaces",
    ]);
    let unity = Capabilities::new(Dialect::Unity, Some(&list));
    assert!(
        matches!(unity.support(Operation::LoadView), Support::No(_)),
        "advertised, but every load answers 404"
    );
    assert_eq!(
        unity.support(Operation::NamespaceExists),
        Support::Yes,
        "works unlisted"
    );
    assert_eq!(
        Capabilities::new(Dialect::Polaris, Some(&list)).support(Operation::LoadCredentials),
        Support::Yes
    );
}

#[test]
fn refusals_of_the_route_are_remembered_and_missing_objects_are_not() {
    let refusal = |operation: Operation, status: u16, body: &str| {
        let error = decode(
            operation,
            &Response {
                status,
                headers: &Headers::default(),
                body: body.as_bytes(),
            },
        )
        .unwrap_err();
        capability::refusal(operation, &error)
    };
    let no_route = r#"{"error":{"message":"No route for request: GET v1/x","type":"BadRequestException","code":400}}"#;
    let no_table = r#"{"error":{"message":"Not there","type":"BaseException","code":404}}"#;
    let no_call = r#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#;
    let spring = r#"{"title":"Not Found","status":404,"detail":"No static resource v1/x."}"#;
    for (status, body) in [
        (404, "<UnknownOperationException/>"),
        (404, no_call),
        (404, spring),
        (405, r#"{"message":"Method Not Allowed"}"#),
        (406, no_table),
        (501, r#"{"error":"NotImplemented"}"#),
        (400, no_route),
    ] {
        assert!(
            refusal(Operation::ListViews, status, body).is_some(),
            "{status} {body}"
        );
        for core in [Operation::ListNamespaces, Operation::LoadTable] {
            assert!(
                refusal(core, status, body).is_none(),
                "what every catalog has is not given up"
            );
        }
    }
    for (status, body) in [
        (404, ""),
        (404, "Status: 404"),
        (404, "<html><title>404 Not Found</title></html>"),
        (405, ""),
        (405, "<html><body>Blocked</body></html>"),
        (501, "Not Implemented"),
        (404, no_table),
        (404, r#"{"message":"Not there"}"#),
        (400, no_table),
        (403, ""),
        (500, ""),
        (401, ""),
    ] {
        assert!(
            refusal(Operation::ListViews, status, body).is_none(),
            "{status} {body}"
        );
    }
    assert!(
        refusal(Operation::TableExists, 404, "").is_none(),
        "HEAD has no body to tell by"
    );
    assert!(
        refusal(Operation::TableExists, 405, "").is_some(),
        "a GET tells the same"
    );

    let list = endpoints(&["GET /v1/{prefix}/namespaces/{namespace}/views"]);
    let capabilities = Capabilities::new(Dialect::Generic, Some(&list)).with_observed(
        BTreeMap::from([(Operation::ListViews, "refused".to_owned())]),
    );
    assert_eq!(
        capabilities.support(Operation::ListViews),
        Support::No("refused".to_owned())
    );
}

#[test]
fn dialects_are_recognised_by_config_and_address() {
    let config = |json: serde_json::Value| serde_json::from_value::<CatalogConfig>(json).unwrap();
    let uuid = "74db9bba-e562-11f1-9027-afbc0daa738f";
    let cases = [
        (
            "http://h:19120/iceberg",
            serde_json::json!({"overrides": {"nessie.is-nessie-catalog": "true"}}),
            Dialect::Nessie,
        ),
        (
            "https://x",
            serde_json::json!({"defaults": {"prefix": "arn%3Aaws%3As3tables%3Aus-east-1%3A1%3Abucket%2Fb"}}),
            Dialect::S3Tables,
        ),
        (
            "https://s3tables.eu-west-1.amazonaws.com/iceberg",
            serde_json::json!({}),
            Dialect::S3Tables,
        ),
        (
            "http://h:8080/api/2.1/unity-catalog/iceberg",
            serde_json::json!({"overrides": {"prefix": "catalogs/unity"}}),
            Dialect::Unity,
        ),
        (
            "https://adb-1.2.azuredatabricks.net/api/2.1/unity-catalog/iceberg-rest",
            serde_json::json!({"overrides": {"prefix": "catalogs/main"}}),
            Dialect::Unity,
        ),
        // Glue's prefix is like Unity's.
        (
            "https://glue.us-east-1.amazonaws.com/iceberg",
            serde_json::json!({"defaults": {"prefix": "catalogs/123456789012"}}),
            Dialect::Generic,
        ),
        (
            "http://127.0.0.1:8199/iceberg",
            serde_json::json!({"overrides": {"prefix": "catalogs/123456789012"}}),
            Dialect::Generic,
        ),
        (
            "http://h:8080/iceberg",
            serde_json::json!({"overrides": {"prefix": "catalogs/lake"}}),
            Dialect::Generic,
        ),
        (
            "http://h:8080/api/2.1/unity-catalog/iceberg",
            serde_json::json!({"overrides": {"prefix": "projects/p"}}),
            Dialect::Generic,
        ),
        (
            "https://s3tables.eusc-de-east-1.amazonaws.eu/iceberg",
            serde_json::json!({"defaults": {"prefix": "arn%3Aaws-eusc%3As3tables%3Aeusc-de-east-1%3A1%3Abucket%2Fb"}}),
            Dialect::S3Tables,
        ),
        (
            "http://rustfs:9000/iceberg",
            serde_json::json!({"defaults": {"prefix": "arn:aws-cn:s3tables:cn-north-1:1:bucket/b"}}),
            Dialect::S3Tables,
        ),
        (
            "http://h/iceberg",
            serde_json::json!({"defaults": {"prefix": "arn:aws:glue:eu-west-1:1:catalog"}}),
            Dialect::Generic,
        ),
        (
            "http://s3tables.example.com/iceberg",
            serde_json::json!({}),
            Dialect::Generic,
        ),
        (
            "http://h:8181/catalog",
            serde_json::json!({"defaults": {"prefix": "lake"}}),
            Dialect::Generic,
        ),
        (
            "http://h:8181/api/catalog",
            serde_json::json!({"overrides": {"prefix": "sales"}}),
            Dialect::Polaris,
        ),
        (
            "http://h/other",
            serde_json::json!({"endpoints": ["GET polaris/v1/{prefix}/namespaces/{namespace}/generic-tables"]}),
            Dialect::Polaris,
        ),
        (
            "http://h:8181/catalog",
            serde_json::json!({"defaults": {"prefix": uuid}}),
            Dialect::Lakekeeper,
        ),
        (
            "http://h:8181",
            serde_json::json!({"overrides": {"namespace-separator": "%2E"}}),
            Dialect::Generic,
        ),
        (
            "http://h:8181",
            serde_json::json!({"defaults": {"prefix": "x"}}),
            Dialect::Generic,
        ),
    ];
    for (url, json, dialect) in cases {
        assert_eq!(
            dialect::detect(url, &config(json.clone())),
            dialect,
            "{url} {json}"
        );
    }
}

#[test]
fn dialects_have_names() {
    for dialect in Dialect::ALL {
        assert_eq!(dialect.to_string().parse(), Ok(dialect));
    }
    assert!(
        "s3tables"
            .parse::<Dialect>()
            .unwrap_err()
            .to_string()
            .contains("s3-tables")
    );
}

#[test]
fn operations_are_told_apart_by_path_whatever_the_prefix() {
    let cases = [
        ("GET", "v1/config", Some(Operation::GetConfig)),
        ("GET", "v1/namespaces", Some(Operation::ListNamespaces)),
        (
            "GET",
            "/v1/a/namespaces/b/tables",
            Some(Operation::ListTables),
        ),
        (
            "HEAD",
            "v1/catalogs/x/namespaces/b/tables/t",
            Some(Operation::TableExists),
        ),
        (
            "POST",
            "v1/arn%3Aaws%2Fb/tables/rename",
            Some(Operation::RenameTable),
        ),
        (
            "GET",
            "v1/a/namespaces/namespaces/tables/tables",
            Some(Operation::LoadTable),
        ),
        ("GET", "v1/a/namespaces/", None),
        ("GET", "v1/a/nope", None),
        ("PATCH", "v1/a/namespaces/b", None),
        ("GET", "v2/a/namespaces", None),
    ];
    for (method, path, operation) in cases {
        assert_eq!(
            Operation::from_path(method, path),
            operation,
            "{method} {path}"
        );
    }
}

#[test]
fn a_name_that_a_catalog_refuses_is_told_before_it_is_asked() {
    for (dialect, name, top, refused) in [
        (Dialect::Lakekeeper, "a.b", false, true),
        (Dialect::Lakekeeper, "a+b", false, true),
        (Dialect::Lakekeeper, "System", true, true),
        (Dialect::Lakekeeper, "system", false, false),
        (Dialect::Polaris, "a/b", true, true),
        (Dialect::Polaris, "a.b", true, false),
        (Dialect::S3Tables, "Upper", true, true),
        (Dialect::S3Tables, "_a", true, true),
        (Dialect::S3Tables, "raw_2", true, false),
        (Dialect::Nessie, "Any thing/else", true, false),
    ] {
        let told = dialect.refuses_level(name, top);
        assert_eq!(told.is_some(), refused, "{dialect} {name}: {told:?}");
    }
}

#[test]
fn a_new_name_of_a_table_is_told_apart_from_that_of_a_namespace() {
    for (dialect, name, refused) in [
        (Dialect::Lakekeeper, "a+b", true),
        (Dialect::Lakekeeper, "a.b", false),
        (Dialect::S3Tables, "Upper", true),
        (Dialect::S3Tables, "raw_2", false),
        (Dialect::Polaris, "a/b", false),
    ] {
        let told = dialect.refuses_name(name);
        assert_eq!(told.is_some(), refused, "{dialect} {name}: {told:?}");
    }
}

#[test]
fn unity_changes_no_views() {
    let listed = endpoints(&["POST /v1/{prefix}/views/rename"]);
    let unity = Capabilities::new(Dialect::Unity, Some(&listed));
    for operation in [Operation::RenameView, Operation::DropView] {
        let told = unity.support(operation);
        assert!(matches!(&told, Support::No(why) if why.contains("no Iceberg views")));
    }
}

#[test]
fn properties_of_namespaces_are_not_offered_where_they_are_never_changed() {
    let listed = endpoints(&["POST /v1/{prefix}/namespaces/{namespace}/properties"]);
    let unity = Capabilities::new(Dialect::Unity, Some(&listed));
    let s3_tables = Capabilities::new(Dialect::S3Tables, None);
    for told in [unity, s3_tables] {
        let told = told.support(Operation::UpdateNamespaceProperties);
        assert!(matches!(told, Support::No(_)), "{told:?}");
    }
}
