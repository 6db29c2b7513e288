//! What catalogs keep in properties and settings is shown where it is known to be harmless, and else to
//! those who ask for it from a page of the console.

use axum::{
    Router,
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use model::page::TableTab;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    polaris_support::Console,
    support::{Answer, ask, console, get, request},
};

/// Keys that no list knows, and values that look like keys under names that it does.
fn properties() -> Value {
    json!({
        "owner": "finance",
        "write.format.default": "parquet",
        "adls.auth.shared-key.account.key": "CANARY-account",
        "s3.sse.key": "CANARY-sse",
        "gcs.decryption-key": "CANARY-gcs",
        "fs.azure.account.key.lake": "CANARY-azure",
        "jdbc.password": "CANARY-jdbc",
        "ssl.passphrase": "CANARY-passphrase",
        "house.rule": "CANARY-rule",
        "uri": "jdbc:postgresql://CANARY-user:CANARY-p@ss@db.example/lake",
        "comment": "see AccountKey=CANARY/canary==",
        "description": "-----BEGIN PRIVATE KEY-----CANARY",
        "doc": "{\"uri\": \"jdbc:mysql:\\/\\/root:CANARY@db\\/lake\"}",
        "source": "root:CANARY@tcp(db:3306)/lake",
        "usage": "ask ada, password: CANARY-42",
    })
}

/// A signed address: whoever has it may read what is there.
const SIGNED: &str = "https://lake.blob.core.windows.net/lake/1?sv=2024&sig=CANARY";

fn answer(request: &Request) -> Value {
    let metadata = json!({
        "format-version": 2,
        "table-uuid": "2c1f3f6a-1c8e-4f0b-9d3e-0b6c1c9f7a11",
        "location": "s3://CANARY-id:CANARY-key@lake/orders",
        "schemas": [{"schema-id": 0, "type": "struct", "fields": [
            {"id": 1, "name": "id", "required": true, "type": "long", "doc": "from jdbc:db?user=a&password=CANARY"},
        ]}],
        "current-schema-id": 0,
        "partition-specs": [{"spec-id": 0, "fields": []}],
        "default-spec-id": 0,
        "properties": properties(),
        "current-snapshot-id": 7,
        "snapshots": [{
            "snapshot-id": 7, "timestamp-ms": 1_700_000_000_000_u64, "manifest-list": "s3://CANARY-id:CANARY-key@lake/7.avro",
            "summary": {"operation": "append", "house.rule": "CANARY-summary", "total-records": "token=CANARY"},
        }, {
            "snapshot-id": 6, "timestamp-ms": 1_600_000_000_000_u64, "manifest-list": SIGNED,
            "summary": {"operation": "token=CANARY", "total-records": "token=CANARY"},
        }],
        "statistics": [{
            "snapshot-id": 7, "statistics-path": "s3://CANARY-id:CANARY-key@lake/7.puffin", "file-size-in-bytes": 1,
            "blob-metadata": [{"type": "x", "fields": [], "properties": {"ndv": "3", "house.rule": "CANARY-blob"}}],
        }],
        "metadata-log": [{"timestamp-ms": 1_700_000_000_000_u64, "metadata-file": SIGNED}],
    });
    match request.uri().path() {
        "/v1/config" => json!({"defaults": properties(), "overrides": properties()}),
        "/v1/namespaces" => json!({"namespaces": [["db"]]}),
        "/v1/namespaces/db" => json!({"namespace": ["db"], "properties": properties()}),
        "/v1/namespaces/db/tables" => {
            json!({"identifiers": [{"namespace": ["db"], "name": "orders"}]})
        }
        "/v1/namespaces/db/tables/orders" => {
            json!({"metadata-location": "s3://CANARY-id:CANARY-key@lake/1.json", "metadata": metadata})
        }
        "/v1/namespaces/db/tables/lines" => json!({"metadata": another(metadata)}),
        "/v1/namespaces/db/views" => {
            json!({"identifiers": [{"namespace": ["db"], "name": "sums"}]})
        }
        "/v1/namespaces/db/views/sums" => {
            json!({"metadata-location": SIGNED, "metadata": {
                "view-uuid": "u", "format-version": 1, "location": "s3://CANARY-id:CANARY-key@lake/v",
                "current-version-id": 1, "version-log": [], "schemas": [], "properties": properties(),
                "versions": [{"version-id": 1, "schema-id": 0, "representations": []}],
            }})
        }
        _ => json!({"identifiers": []}),
    }
}

/// A table whose properties are all other ones.
fn another(mut metadata: Value) -> Value {
    let properties = metadata["properties"].as_object_mut().unwrap();
    for value in properties.values_mut() {
        *value = format!("{} again", value.as_str().unwrap()).into();
    }
    metadata["location"] = "s3://CANARY-id:CANARY-other@lake/orders".into();
    metadata["schemas"][0]["fields"][0]["doc"] = "from jdbc:db?user=b&password=CANARY".into();
    metadata
}

async fn over_a_catalog_with_secrets() -> Router {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let catalog = Router::new().fallback(|request: Request| async move {
        let kind = [(header::CONTENT_TYPE, "application/json")];
        (kind, answer(&request).to_string()).into_response() as Response
    });
    tokio::spawn(async move { axum::serve(listener, catalog).await });
    console(&format!(
        "[[connection]]\nname = \"mock\"\nkind = \"generic\"\nurl = \"{url}\"\n"
    ))
}

const TABLE: &str = "ns=db&t=orders";
const LIST: &str = "ask%5Bfilter%5D=&ask%5Bdescending%5D=false&ask%5Bstart%5D=0&ask%5Bcount%5D=9&ask%5Bfigures%5D=page";

/// Pages, and the calls that fill them in the browser.
fn places() -> Vec<String> {
    let place = |path: &str| {
        let path: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
        format!("place={path}&filter=&search=&page=1&fresh=false")
    };
    let table = place(&format!("/c/mock/t/overview?{TABLE}"));
    let tabs = TableTab::ALL
        .iter()
        .filter(|tab| **tab != TableTab::History);
    let mut places: Vec<String> = tabs
        .map(|tab| format!("/c/mock/t/{}?{TABLE}", tab.slug()))
        .collect();
    places.extend([
        "/c/mock".to_owned(),
        "/c/mock/ns?ns=db".to_owned(),
        "/c/mock/ns?ns=db&tab=tables&figures=page".to_owned(),
        "/c/mock/ns?ns=db&tab=properties".to_owned(),
        "/c/mock/namespace-edit?ns=db".to_owned(),
        "/c/mock/table-new?ns=db&from=orders".to_owned(),
        "/c/mock/namespace-drop?ns=db".to_owned(),
        format!(
            "/api/preview?{}&page=DropNamespace",
            place("/c/mock/namespace-drop?ns=db").replace("&page=1", "")
        ),
        "/c/mock/table-rename?ns=db&t=orders".to_owned(),
        "/c/mock/table-drop?ns=db&t=orders".to_owned(),
        "/c/mock/snapshots-expire?ns=db&t=orders".to_owned(),
        "/c/mock/format-upgrade?ns=db&t=orders".to_owned(),
        "/c/mock/location-edit?ns=db&t=orders".to_owned(),
        format!("/api/table_expiry?{table}&by=&older_than=&retain_last=&as_of="),
        "/c/mock/schema-edit?ns=db&t=orders".to_owned(),
        "/c/mock/spec-edit?ns=db&t=orders".to_owned(),
        format!("/api/table_schema_lines?{table}"),
        "/c/mock/unused-remove?ns=db&t=orders".to_owned(),
        "/c/mock/tables-change?ns=db".to_owned(),
        "/c/mock/view-replace?ns=db&v=sums".to_owned(),
        format!(
            "/api/view_text?{}",
            place("/c/mock/v/overview?ns=db&v=sums").replace("&page=1", "")
        ),
        "/c/mock/view-drop?ns=db&v=sums".to_owned(),
        format!("/c/mock/compare?{TABLE}&to-ns=db&to-t=lines"),
        format!("/api/tables_compared?{table}&other=%2Fc%2Fmock%3Fns%3Ddb%26t%3Dlines&typed="),
        "/c/mock/v/overview?ns=db&v=sums".to_owned(),
        "/c/mock/v/properties?ns=db&v=sums".to_owned(),
        format!("/c/mock/t/snapshots?{TABLE}&snapshot=6"),
        format!("/c/mock/t/snapshots?{TABLE}&snapshot=7"),
        format!("/c/mock/t/snapshots?{TABLE}&from=6&to=7"),
        format!("/api/snapshots_compared?{table}&from=6&to=7"),
        format!("/api/table_health?{table}"),
        format!("/c/mock/t/metadata.json?{TABLE}"),
        format!("/api/connection?{}", place("/c/mock")),
        format!("/api/namespace?{}", place("/c/mock/ns?ns=db")),
        format!(
            "/api/names?{}&kind=tables&{LIST}",
            place("/c/mock/ns?ns=db")
        ),
        format!("/api/names?{}&kind=views&{LIST}", place("/c/mock/ns?ns=db")),
        format!(
            "/api/grants-picks?{}&pick=tables",
            place("/c/mock/ns?ns=db")
        ),
        "/api/search?ask=q%3Dsums".to_owned(),
        format!("/api/table_properties?{table}"),
        format!("/api/table_template?{table}"),
        format!("/api/table_raw?{table}"),
        format!("/api/table_statistics?{table}"),
        format!("/api/table_metadata_log?{table}"),
        format!(
            "/api/view_properties?{}",
            place("/c/mock/v/overview?ns=db&v=sums")
        ),
    ]);
    places
}

async fn read(console: &Router, path: &str) -> Answer {
    let answer = ask(console, get(path)).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer
}

#[tokio::test]
async fn no_place_shows_what_is_not_known_to_be_harmless() {
    let console = over_a_catalog_with_secrets().await;
    for path in places() {
        let answer = read(&console, &path).await;
        assert!(
            !answer.body.contains("CANARY"),
            "{path} shows a secret: {}",
            answer.body
        );
        // It would be found: the page holds what stands beside it.
        if path.contains("properties") || path.contains("raw") {
            assert!(answer.body.contains("finance"), "{path}: {}", answer.body);
            assert!(
                answer.body.contains("jdbc.password"),
                "{path}: {}",
                answer.body
            );
        }
    }
}

#[tokio::test]
async fn one_value_is_shown_to_who_asks_for_it_from_the_console() {
    let console = over_a_catalog_with_secrets().await;
    for path in places() {
        if ![
            "properties",
            "raw",
            "metadata.json",
            "/api/connection",
            "/api/namespace",
        ]
        .iter()
        .any(|it| path.contains(it))
        {
            continue;
        }
        let asked = format!("{path}&reveal=house.rule").replace("mock&", "mock?");
        let answer = read(&console, &asked).await;
        assert!(
            answer.body.contains("CANARY-rule"),
            "{asked}: {}",
            answer.body
        );
        assert!(
            !answer.body.contains("CANARY-jdbc"),
            "{asked}: {}",
            answer.body
        );
        assert_eq!(answer.header("cache-control"), "no-store", "{asked}");
        for site in ["cross-site", "same-site"] {
            let headers = [
                ("sec-fetch-site", site),
                ("sec-fetch-mode", "navigate"),
                ("sec-fetch-dest", "document"),
            ];
            let elsewhere = ask(&console, request("GET", &asked, &headers)).await;
            assert!(!elsewhere.body.contains("CANARY"), "{asked} from elsewhere");
        }
    }
    let page = read(&console, &format!("/c/mock/t/properties?{TABLE}")).await;
    assert!(
        page.body.contains("reveal=house.rule"),
        "no link shows it: {}",
        page.body
    );
    let whole = read(
        &console,
        &format!("/c/mock/t/metadata.json?{TABLE}&reveal=*"),
    )
    .await;
    let sent: Value = serde_json::from_str(&whole.body).unwrap();
    assert_eq!(sent["properties"], properties());
}

#[tokio::test]
async fn a_filter_does_not_tell_what_is_masked() {
    let console = over_a_catalog_with_secrets().await;
    for tab in ["properties", "raw"] {
        let page = read(&console, &format!("/c/mock/t/{tab}?{TABLE}&q=CANARY-r")).await;
        assert!(!page.body.contains("house.rule"), "{tab}: {}", page.body);
    }
}

#[tokio::test]
async fn a_list_shows_no_more_than_the_page_of_each() {
    let console = Console::start().await;
    for (name, purpose) in [("night", "at night"), ("loaders", "password=CANARY")] {
        let fields = [("name", name), ("key", "purpose"), ("value", purpose)];
        console.submit("principal-role-new", &fields).await.ok();
    }
    let list = console.page("principal-roles").await.body;
    assert!(
        list.contains("loaders") && list.contains("at night"),
        "{list}"
    );
    assert!(!list.contains("CANARY"), "{list}");
}

#[tokio::test]
async fn a_masked_property_survives_an_edit_that_does_not_name_it() {
    let console = Console::start().await;
    let fields = [
        ("name", "loaders"),
        ("key", "house.rule"),
        ("value", "CANARY-rule"),
        ("key", "team"),
        ("value", "a"),
    ];
    console.submit("principal-role-new", &fields).await.ok();
    let page = "principal-role?name=loaders";
    let form = console.page(page).await.body;
    assert!(
        !form.contains("CANARY") && form.contains("name=\"kept\" value=\"house.rule\""),
        "{form}"
    );
    let version = form.split("name=\"version\" value=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap();
    let edit = [
        ("version", version),
        ("key", "team"),
        ("value", "b"),
        ("kept", "house.rule"),
    ];
    console.submit(page, &edit).await.ok();
    let shown = console
        .page(&format!("{page}&reveal=house.rule"))
        .await
        .body;
    assert!(
        shown.contains("CANARY-rule") && shown.contains("value=\"b\""),
        "{shown}"
    );
    let version = shown.split("name=\"version\" value=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap();
    let anew = [
        ("version", version),
        ("kept", "house.rule"),
        ("key", "house.rule"),
        ("value", "CANARY-new"),
    ];
    console.submit(page, &anew).await.ok();
    let shown = console
        .page(&format!("{page}&reveal=house.rule"))
        .await
        .body;
    assert!(shown.contains("CANARY-new"), "{shown}");
    assert!(!console.log().contains("CANARY"));
}

#[tokio::test]
async fn what_stands_for_a_secret_is_not_written_in_its_place() {
    let console = Console::start().await;
    let role = [("name", "loaders"), ("key", "team"), ("value", "a")];
    console.submit("principal-role-new", &role).await.ok();
    let page = "principal-role?name=loaders";
    let form = console.page(page).await.body;
    let version = form.split("name=\"version\" value=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap();
    let edit = [
        ("version", version),
        ("key", "team"),
        ("value", "jdbc:x://[masked]@db"),
    ];
    let refused = console.submit(page, &edit).await;
    let catalog = [
        ("name", "copied"),
        ("type", "INTERNAL"),
        ("default-base-location", "s3://lake/copied"),
        ("storage.storageType", "S3"),
        ("storage.roleArn", "[masked]"),
    ];
    let unmade = console.submit("catalog-new", &catalog).await;
    for (answer, place) in [
        (refused, "`properties` › `team`"),
        (unmade, "`catalog` › `storageConfigInfo` › `roleArn`"),
    ] {
        assert_eq!(answer.status, 400, "{}", answer.body);
        let says = format!("Not sent: {place} holds [masked]");
        assert!(answer.body.contains(&says), "{}", answer.body);
    }
    assert!(console.page(page).await.body.contains("value=\"a\""));
    assert_eq!(console.page("catalog?w=copied").await.status, 404);
}
