//! What a page advises belongs to the call that failed, and to what the server said.

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::support::{NOT_YET, ask, ask_while, connection, console, get};

/// How a catalog answers what it fails in.
type Fails = fn(&str) -> Option<(u16, String)>;

/// A catalog with a namespace `sales` that holds a table `orders`, but for what `fails`.
async fn page(lines: &str, fails: Fails, page: &str) -> String {
    let answer = move |request: Request| async move { answer(request, fails) };
    let catalog = Router::new().fallback(answer);
    let console = console(&connection(catalog, "/api", lines).await);
    let shown = ask_while(&console, page, NOT_YET).await.body;
    let (_, main) = shown.split_once("<main").unwrap_or_default();
    // What it says again for scripts stands behind it.
    let main = main.split("</main>").next().unwrap_or_default();
    // Text that the page makes of parts has marks between them.
    html_escape::decode_html_entities(&main.replace("<!>", "")).into_owned()
}

fn answer(request: Request, fails: Fails) -> Response {
    let asked = request.uri().to_string();
    if let Some((status, body)) = fails(&asked) {
        return (StatusCode::from_u16(status).unwrap(), body).into_response();
    }
    let path = request.uri().path().trim_start_matches("/api/v1/");
    let found = match path {
        "config" => json!({"defaults": {}, "overrides": {}}),
        "namespaces" => json!({"namespaces": [["sales"]]}),
        "namespaces/sales" => json!({"namespace": ["sales"], "properties": {}}),
        "namespaces/sales/tables" => {
            json!({"identifiers": [{"namespace": ["sales"], "name": "orders"}]})
        }
        "oauth/tokens" => json!({"access_token": "t", "token_type": "bearer"}),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    axum::Json(found).into_response()
}

fn error(status: u16, kind: &str, message: &str) -> Option<(u16, String)> {
    let error = json!({"error": {"message": message, "type": kind, "code": status}});
    Some((status, error.to_string()))
}

/// Holds a page to what it must and must not say.
async fn says(lines: &str, fails: Fails, address: &str, says: &[&str], never: &[&str]) {
    let shown = page(lines, fails, address).await;
    for words in says {
        assert!(shown.contains(words), "{address} lacks “{words}”: {shown}");
    }
    for words in never {
        assert!(!shown.contains(words), "{address} says “{words}”: {shown}");
    }
}

const POLARIS: &str = "kind = \"polaris\"\nwarehouse = \"lake\"";
const TOKEN: &str =
    r#"auth = { type = "oauth2", client_id = "c", client_secret = "s3cr3t-of-it" }"#;
const TABLE: &str = "/c/p/t/overview?ns=sales&t=orders";

#[tokio::test]
async fn a_catalog_of_one_level_says_so_where_namespaces_would_stand() {
    let fails: Fails = |asked| {
        let inside = asked.contains("parent=");
        let told = || {
            error(
                400,
                "BadRequestException",
                "It does not support nested namespaces",
            )
        };
        inside.then(told).flatten()
    };
    says(
        POLARIS,
        fails,
        "/c/p/ns?ns=sales&tab=namespaces",
        &["one level of namespaces", "does not support nested"],
        &["allows such a name", "role=\"alert\""],
    )
    .await;
    says(POLARIS, fails, "/c/p/ns?ns=sales", &["orders"], &[]).await;
}

#[tokio::test]
async fn a_warehouse_that_is_missing_is_not_a_namespace_that_was_dropped() {
    let gone: Fails = |asked| {
        let lists = asked.contains("/namespaces");
        let told = || {
            error(
                404,
                "NoSuchNamespaceException",
                "Namespace does not exist: ",
            )
        };
        lists.then(told).flatten()
    };
    let of_another_call = &["renamed", "in a moment"];
    says(
        POLARIS,
        gone,
        "/c/p/ns",
        &["<code>warehouse<"],
        of_another_call,
    )
    .await;
    let unnamed: Fails = |asked| {
        let lists = asked.contains("/namespaces");
        let told = || error(500, "InternalServerError", "table bucket main not found");
        lists.then(told).flatten()
    };
    says(
        "",
        unnamed,
        "/c/p/ns",
        &["<code>warehouse<", "table bucket main"],
        of_another_call,
    )
    .await;
    let of_a_project: Fails = |asked| {
        let opens = asked.contains("/config");
        let told = || {
            error(
                404,
                "NoSuchWarehouseException",
                "A warehouse 'lake' does not exist",
            )
        };
        opens.then(told).flatten()
    };
    says(
        "kind = \"lakekeeper\"\nwarehouse = \"lake\"",
        of_a_project,
        "/c/p/ns",
        &["x-project-id", "project-id/name"],
        &[],
    )
    .await;
}

#[tokio::test]
async fn a_table_that_is_listed_is_not_called_missing_when_its_metadata_is() {
    let told: [Fails; 4] = [
        |asked| {
            let loads = asked.contains("/tables/");
            let body =
                r#"{"error":{"code":"NotFound","message":"List call on a folder failed [x]"}}"#;
            loads.then(|| (404, body.to_owned()))
        },
        |asked| {
            let loads = asked.contains("/tables/");
            let told = || {
                error(
                    400,
                    "BadRequestException",
                    "The specified location does not exist: List call on a folder failed [x]",
                )
            };
            loads.then(told).flatten()
        },
        |asked| {
            let loads = asked.contains("/tables/");
            let told = || {
                error(
                    500,
                    "NotFoundException",
                    "s3://b/0.metadata.json: List call on a folder failed [x]",
                )
            };
            loads.then(told).flatten()
        },
        |asked| {
            let loads = asked.contains("/tables/");
            let told = || error(404, "NotFoundException", "List call on a folder failed [x]");
            loads.then(told).flatten()
        },
    ];
    for fails in told {
        says(
            "",
            fails,
            TABLE,
            &[
                "cannot read the metadata of the table",
                "List call on a folder failed [x]",
            ],
            &[
                "There is no table",
                "shows no table",
                "allows such a name",
                "in a moment",
            ],
        )
        .await;
    }
}

#[tokio::test]
async fn what_may_be_hidden_is_not_called_missing_as_a_fact() {
    let fails: Fails = |asked| {
        let loads = asked.contains("/tables/");
        let told = || error(404, "NoSuchTableException", "Table does not exist");
        loads.then(told).flatten()
    };
    let table = "/c/p/t/overview?ns=sales&t=other";
    let hidden = "dropped, renamed, or hidden from this identity";
    says(
        "kind = \"lakekeeper\"\nwarehouse = \"lake\"",
        fails,
        table,
        &[hidden],
        &["There is no"],
    )
    .await;
    says(
        POLARIS,
        fails,
        table,
        &["There is no table"],
        &["hidden from this identity"],
    )
    .await;
}

#[tokio::test]
async fn signing_in_fails_at_the_token_address() {
    let lines = format!("kind = \"polaris\"\nwarehouse = \"lake\"\n{TOKEN}");
    let told: [Fails; 3] = [
        |asked| asked.contains("/oauth/").then(|| (400, String::new())),
        |asked| {
            asked
                .contains("/oauth/")
                .then(|| (400, "<html><title>No</title></html>".into()))
        },
        |asked| asked.contains("/oauth/").then(|| (404, String::new())),
    ];
    for fails in told {
        says(
            &lines,
            fails,
            "/c/p/ns",
            &[
                "Signing in failed",
                "/api/v1/oauth/tokens",
                "<code>auth.token_url<",
            ],
            &["warehouse is missing", "Check the path", "s3cr3t-of-it"],
        )
        .await;
    }
    let realm: Fails = |asked| {
        let signs = asked.contains("/oauth/");
        let told = || error(404, "MissingOrInvalidRealm", "Missing or invalid realm");
        signs.then(told).flatten()
    };
    says(
        &lines,
        realm,
        "/c/p/ns",
        &["Polaris-Realm"],
        &["<code>auth.token_url<"],
    )
    .await;
}

#[tokio::test]
async fn a_token_without_roles_leads_to_the_scope() {
    let fails: Fails = |asked| {
        let lists = asked.contains("/namespaces");
        let told = || {
            error(
                403,
                "ForbiddenException",
                "Principal 'b' with activated PrincipalRoles '[]' and activated grants via '[]' is not authorized for op LIST_NAMESPACES",
            )
        };
        lists.then(told).flatten()
    };
    let lines = format!("{POLARIS}\n{TOKEN}");
    says(&lines, fails, "/c/p/ns", &["auth.scope"], &["Ask who runs"]).await;
}

#[tokio::test]
async fn unsigned_requests_and_a_version_in_the_address_are_told() {
    let unsigned: Fails = |_| {
        let body = r#"{"message":"Missing Authentication Token"}"#;
        Some((403, body.to_owned()))
    };
    says("", unsigned, "/c/p/ns", &["sigv4"], &["lacks a right"]).await;
    let catalog = Router::new().fallback(async || StatusCode::NOT_FOUND);
    let console = console(&connection(catalog, "/api/v1", "").await);
    let shown = ask(&console, get("/c/p/ns")).await.body;
    assert!(shown.contains("Take /v1"), "{shown}");
}

#[tokio::test]
async fn a_name_that_the_separator_splits_is_told_where_it_is_missing() {
    let fails: Fails = |asked| {
        if asked.contains("/config") {
            let config = json!({"defaults": {}, "overrides": {"namespace-separator": "%2E"}});
            return Some((200, config.to_string()));
        }
        let splits = asked.contains("x.y");
        let told = || {
            error(
                404,
                "NoSuchNamespaceException",
                "Namespace does not exist: x.y",
            )
        };
        splits.then(told).flatten()
    };
    for address in ["/c/p/ns?ns=x.y", "/c/p/t/overview?ns=x.y&t=orders"] {
        says("", fails, address, &["splits names at dots"], &[]).await;
    }
}

#[tokio::test]
async fn a_call_that_is_missing_is_told_once_with_its_status() {
    let fails: Fails = |asked| {
        let views = asked.contains("/views");
        views.then(|| (404, "<UnknownOperationException/>".to_owned()))
    };
    for _ in 0..2 {
        let shown = page("", fails, "/c/p/ns?ns=sales&tab=views").await;
        assert!(shown.contains("The server refused it"), "{shown}");
        let (_, told) = shown.split_once("The server refused it").unwrap();
        let (told, _) = told.split_once('<').unwrap();
        assert_eq!(told.matches("404").count(), 1, "{told}");
    }
}
