//! What the console says of who may do what, beside what the server itself says and does.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use sample_catalog::{Dialect, Options};
use serde_json::{Value, json};

use crate::{
    access::page,
    support::{AS_ROOT, Answer, ask, connection, console, post},
};

/// Refusals in place of the server's answers: what the path ends with, and the message.
type Refusals = Arc<Mutex<Vec<(&'static str, String)>>>;

async fn refuse(State(refusals): State<Refusals>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let refused = refusals.lock().unwrap().clone();
    let refused = refused.into_iter().find(|(end, _)| path.ends_with(end));
    match refused {
        Some((_, message)) => {
            let error = json!({"message": message, "type": "ForbiddenException", "code": 403});
            let body = json!({"error": error}).to_string();
            (StatusCode::FORBIDDEN, body).into_response()
        }
        None => next.run(request).await,
    }
}

struct Polaris {
    console: Router,
    /// The server by itself.
    catalog: Router,
    refusals: Refusals,
}

impl Polaris {
    async fn start() -> Self {
        Self::with("warehouse = \"lakehouse\"").await
    }

    async fn with(lines: &str) -> Self {
        let refusals = Refusals::default();
        let catalog = sample_catalog::router(Options {
            dialect: Dialect::Polaris,
            ..Options::default()
        });
        let watched = catalog
            .clone()
            .layer(from_fn_with_state(refusals.clone(), refuse));
        let lines = format!("kind = \"polaris\"\n{AS_ROOT}\n{lines}");
        let settings = connection(watched, "/api/catalog", &lines).await;
        Self {
            console: console(&settings),
            catalog,
            refusals,
        }
    }

    fn refuses(&self, end: &'static str, message: &str) {
        let mut refusals = self.refusals.lock().unwrap();
        refusals.push((end, message.to_owned()));
    }

    /// A page, as people read it.
    async fn page(&self, path: &str) -> Answer {
        let answer = page(&self.console, path).await;
        Answer {
            body: answer.body.replace("<!>", "").replace("&#x27;", "'"),
            ..answer
        }
    }

    /// What another tool does on the server.
    async fn elsewhere(&self, method: &str, path: &str, body: Value) -> Value {
        let form = "grant_type=client_credentials&client_id=root&client_secret=s3cr3t&scope=PRINCIPAL_ROLE:ALL";
        let token = Request::post("/api/catalog/v1/oauth/tokens")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        let token: Value = serde_json::from_str(&ask(&self.catalog, token).await.body).unwrap();
        let token = token["access_token"].as_str().unwrap();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = ask(&self.catalog, request).await;
        json!({"status": answer.status.as_u16(), "body": answer.body})
    }
}

const NATIVE: &str = "/api/catalog/polaris/v1/lakehouse/namespaces/sales/generic-tables";
const MANAGEMENT: &str = "/api/management/v1";

/// Where the page's first link to an explanation leads.
fn explanation(page: &str) -> String {
    let (_, rest) = page.split_once("href=\"/c/p/explain?").expect(page);
    let (query, _) = rest.split_once('"').unwrap();
    format!("/c/p/explain?{}", query.replace("&amp;", "&"))
}

#[tokio::test]
async fn where_lists_are_refused_nothing_is_counted_as_none() {
    let polaris = Polaris::start().await;
    for list in ["/principals", "/principal-roles"] {
        polaris.refuses(list, "not authorized for op LIST");
    }
    let access = polaris.page("/c/p/access").await.body;
    assert!(access.contains(">unknown<"), "{access}");
    let who = polaris
        .page("/c/p/who?w=lakehouse&ns=sales&t=orders")
        .await
        .body;
    assert!(!who.contains("0 of 0"), "{who}");
    assert!(!who.contains("No principal holds anything"), "{who}");
    assert!(
        who.contains("Who can do something here is unknown"),
        "{who}"
    );
    let reach = polaris.page("/c/p/reach?principal=trino_bi").await.body;
    assert!(!reach.contains("holds a role. Check"), "{reach}");
    assert!(reach.contains("principal “trino_bi” is unknown"), "{reach}");
    assert!(!reach.contains("No grant leads there"), "{reach}");
}

#[tokio::test]
async fn a_refusal_is_explained_on_the_object_of_its_page_and_never_as_allowed() {
    let polaris = Polaris::start().await;
    let refusal = |roles: &str, end: &str| {
        format!(
            "Principal 'trino_bi' with activated PrincipalRoles '{roles}' and activated grants via '[x]' is not authorized for op LIST_TABLES{end}"
        )
    };
    for (said, verdict, words) in [
        (refusal("[]", ""), "Denied", "PRINCIPAL_ROLE:ALL"),
        (refusal("[analysts]", ""), "Unknown", "What would tell"),
        (
            refusal("[analysts]", "; missing TABLE_LIST on NAMESPACE 'sales'"),
            "Denied",
            "missing: TABLE_LIST on namespace “sales”",
        ),
    ] {
        polaris.refusals.lock().unwrap().clear();
        polaris.refuses("/namespaces/sales/tables", &said);
        // No catalog stands in the address: the connection's own is meant.
        let list = polaris.page("/c/p/ns?ns=sales&refresh=1").await.body;
        let explained = polaris.page(&explanation(&list)).await.body;
        assert!(explained.contains(&format!(">{verdict}<")), "{explained}");
        assert!(!explained.contains(">Allowed<"), "{explained}");
        assert!(
            explained.contains("namespace lakehouse › sales"),
            "{explained}"
        );
        assert!(explained.contains(words), "{explained}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_answered_as_if_it_were() {
    let polaris = Polaris::start().await;
    for object in [
        "ns=sales&t=gone",
        "ns=gone",
        "ns=sales&v=gone",
        "ns=sales&policy=gone",
    ] {
        let who = polaris
            .page(&format!("/c/p/who?w=lakehouse&{object}"))
            .await;
        assert_eq!(who.status, 404, "{object}: {}", who.body);
        assert!(!who.body.contains("can do something here"), "{}", who.body);
    }
    let nope = polaris.page("/c/p/who?w=nope").await;
    assert_eq!(nope.status, 404);
    assert!(
        nope.body.contains("is unknown: No catalog “nope”"),
        "{}",
        nope.body
    );
    for question in [
        "principal=audit_bot&operation=LOAD_TABLE&w=lakehouse&ns=sales&t=gone",
        "principal=root&operation=LOAD_TABLE&w=lakehouse&ns=sales&t=gone",
        "principal=nobody&operation=LOAD_TABLE&w=lakehouse&ns=sales&t=orders",
        "principal=audit_bot&operation=GET_CATALOG&on=catalog&w=nope",
    ] {
        let answer = polaris.page(&format!("/c/p/explain?{question}")).await.body;
        assert!(answer.contains(">Unknown<"), "{question}: {answer}");
        assert!(answer.contains("What would tell"), "{answer}");
    }
}

#[tokio::test]
async fn a_grant_on_a_generic_table_is_refused_and_one_made_elsewhere_can_be_revoked() {
    let polaris = Polaris::start().await;
    let table = json!({"name": "raw_events", "format": "delta"});
    let made = polaris.elsewhere("POST", NATIVE, table).await;
    assert_eq!(made["status"], 200, "{made}");
    let desk = "/c/p/grants?role=reader&w=lakehouse&ns=sales&t=raw_events";
    let grant = [("action", "grant"), ("privilege", "TABLE_WRITE_DATA")];
    let refused = post(&polaris.console, desk, &grant).await.body;
    assert!(refused.contains("is a generic table"), "{refused}");
    let shown = polaris.page(desk).await.body;
    assert!(shown.contains("Grant it on the namespace sales"), "{shown}");
    // Another tool does it.
    let grants = format!("{MANAGEMENT}/catalogs/lakehouse/catalog-roles/reader/grants");
    let resource = json!({"grant": {"type": "table", "namespace": ["sales"], "tableName": "raw_events", "privilege": "TABLE_WRITE_DATA"}});
    let granted = polaris.elsewhere("PUT", &grants, resource).await;
    assert_eq!(granted["status"], 201, "{granted}");
    let role = polaris
        .page("/c/p/catalog-role?w=lakehouse&name=reader")
        .await
        .body;
    assert!(role.contains("without the list"), "{role}");
    let shown = polaris.page(desk).await.body;
    assert!(shown.contains("could not be read"), "{shown}");
    assert!(shown.contains("Revoke TABLE_WRITE_DATA"), "{shown}");
    let revoke = [("action", "revoke"), ("privilege", "TABLE_WRITE_DATA")];
    let revoked = post(&polaris.console, desk, &revoke).await.body;
    assert!(revoked.contains("revoked"), "{revoked}");
    let shown = polaris.page(desk).await.body;
    assert!(!shown.contains("could not be read"), "{shown}");
}

#[tokio::test]
async fn what_is_decided_on_is_as_the_server_has_it_now() {
    let polaris = Polaris::start().await;
    let desk = "/c/p/grants?role=catalog_admin&w=lab";
    // Collected, with another way for root to manage the catalog, which another tool then takes away.
    let second = json!({"catalogRole": {"name": "second"}});
    let roles = format!("{MANAGEMENT}/catalogs/lab/catalog-roles");
    polaris.elsewhere("POST", &roles, second).await;
    let manage = json!({"grant": {"type": "catalog", "privilege": "CATALOG_MANAGE_ACCESS"}});
    let grants = format!("{roles}/second/grants");
    polaris.elsewhere("PUT", &grants, manage.clone()).await;
    let held = format!("{MANAGEMENT}/principal-roles/service_admin/catalog-roles/lab");
    polaris
        .elsewhere("PUT", &held, json!({"catalogRole": {"name": "second"}}))
        .await;
    let shown = polaris
        .page(&format!("{desk}&revoke=CATALOG_MANAGE_ACCESS"))
        .await
        .body;
    assert!(!shown.contains("last way of the principal"), "{shown}");
    let gone = polaris.elsewhere("POST", &grants, manage).await;
    assert_eq!(gone["status"], 201, "{gone}");
    let revoke = [("action", "revoke"), ("privilege", "CATALOG_MANAGE_ACCESS")];
    let refused = post(&polaris.console, desk, &revoke).await.body;
    assert!(refused.contains("the last way of root"), "{refused}");
}
