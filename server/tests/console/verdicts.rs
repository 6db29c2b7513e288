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
    support::{AS_ROOT, Answer, OFTEN, ask, connection, console, post},
};

/// What stands in place of the server's answers: what the path ends with, status and body.
type Answers = Arc<Mutex<Vec<(&'static str, StatusCode, String)>>>;

async fn stand_in(State(answers): State<Answers>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let known = answers.lock().unwrap().clone();
    let known = known.into_iter().find(|(end, ..)| path.ends_with(end));
    match known {
        Some((_, status, body)) => {
            (status, [("content-type", "application/json")], body).into_response()
        }
        None => next.run(request).await,
    }
}

pub struct Polaris {
    console: Router,
    /// The server by itself.
    catalog: Router,
    answers: Answers,
}

impl Polaris {
    pub async fn start() -> Self {
        Self::with("warehouse = \"lakehouse\"").await
    }

    pub async fn with(lines: &str) -> Self {
        let answers = Answers::default();
        let catalog = sample_catalog::router(Options {
            dialect: Dialect::Polaris,
            ..Options::default()
        });
        let watched = catalog
            .clone()
            .layer(from_fn_with_state(answers.clone(), stand_in));
        let lines = format!("kind = \"polaris\"\n{AS_ROOT}\n{lines}");
        let settings = connection(watched, "/api/catalog", &lines).await;
        Self {
            console: console(&settings),
            catalog,
            answers,
        }
    }

    pub fn refuses(&self, end: &'static str, message: &str) {
        let error = json!({"message": message, "type": "ForbiddenException", "code": 403});
        self.answers(end, StatusCode::FORBIDDEN, &json!({"error": error}));
    }

    pub fn answers(&self, end: &'static str, status: StatusCode, body: &Value) {
        let mut answers = self.answers.lock().unwrap();
        answers.push((end, status, body.to_string()));
    }

    /// A page, as people read it.
    pub async fn page(&self, path: &str) -> Answer {
        let answer = page(&self.console, path).await;
        Answer {
            body: answer.body.replace("<!>", "").replace("&#x27;", "'"),
            ..answer
        }
    }

    /// What another tool does on the server.
    pub async fn elsewhere(&self, method: &str, path: &str, body: Value) -> Value {
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
pub const MANAGEMENT: &str = "/api/management/v1";

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
    assert!(!who.contains("0 principals"), "{who}");
    assert!(!who.contains("No principal holds anything"), "{who}");
    assert!(
        who.contains("Who can do something here is unknown"),
        "{who}"
    );
    let reach = polaris.page("/c/p/reach?principal=trino_bi").await.body;
    assert!(!reach.contains("holds a role. Check"), "{reach}");
    assert!(reach.contains("principal “trino_bi” is unknown"), "{reach}");
    assert!(!reach.contains("No grant leads there"), "{reach}");
    assert!(!reach.contains(">0 objects<"), "{reach}");
}

#[tokio::test]
async fn a_question_is_answered_by_name_and_a_preview_says_who_gains() {
    let polaris = Polaris::start().await;
    let orders = "w=lakehouse&ns=sales&t=orders";
    let who = polaris
        .page(&format!("/c/p/who?{orders}&can=drop"))
        .await
        .body;
    assert!(who.contains("can drop this table: "), "{who}");
    assert!(!who.contains(">trino_bi<"), "it may only read: {who}");
    assert!(who.contains("Revoke here…"), "{who}");
    let read = polaris
        .page(&format!("/c/p/who?{orders}&can=read"))
        .await
        .body;
    assert!(read.contains(">trino_bi<"), "{read}");
    let desk = polaris
        .page(&format!("/c/p/grants?role=reader&{orders}"))
        .await
        .body;
    assert!(
        desk.contains("privilege=TABLE_READ_DATA&amp;privilege=TABLE_WRITE_DATA"),
        "what belongs together is one link: {desk}"
    );
    for (privilege, gains) in [("TABLE_DROP", true), ("TABLE_LIST", false)] {
        let chosen = format!("/c/p/grants?role=reader&w=lakehouse&ns=sales&privilege={privilege}");
        let path = format!("{chosen}&step=preview&explicit=1");
        let preview = polaris.page(&path).await.body;
        assert!(preview.contains("Who gains what"), "{preview}");
        assert_eq!(preview.contains(">trino_bi<"), gains, "{preview}");
        assert_eq!(
            preview.contains("Nobody gains anything yet"),
            !gains,
            "{preview}"
        );
    }
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
        polaris.answers.lock().unwrap().clear();
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

#[tokio::test]
async fn a_connection_without_a_warehouse_opens_to_the_catalogs_there_are() {
    let polaris = Polaris::with("").await;
    let opened = polaris.page("/c/p").await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    assert!(opened.body.contains("none is chosen"), "{}", opened.body);
    assert!(opened.body.contains("/c/p?w=lakehouse"), "{}", opened.body);
    assert!(
        opened.body.contains("href=\"/c/p/catalog-new\""),
        "{}",
        opened.body
    );
    assert!(
        !opened.body.contains("refused the request"),
        "{}",
        opened.body
    );
    let principals = polaris.page("/c/p/principals").await.body;
    assert!(!principals.contains("refused the request"), "{principals}");
    assert!(
        principals.contains("No warehouse is chosen"),
        "{principals}"
    );
    let browse = polaris.page("/c/p/ns").await;
    assert!(
        browse.body.contains("Choose a warehouse"),
        "{}",
        browse.body
    );
    // A fresh server has none.
    polaris.answers("/catalogs", StatusCode::OK, &json!({"catalogs": []}));
    let mut home = String::new();
    for _ in 0..OFTEN {
        post(&polaris.console, "/connections/probe", &[]).await;
        home = polaris.page("/").await.body;
        if home.contains("lists no warehouse") {
            break;
        }
    }
    assert!(home.contains("lists no warehouse"), "{home}");
    assert!(home.contains("href=\"/c/p/catalog-new\""), "{home}");
    assert!(!home.contains("refused"), "{home}");
}

#[tokio::test]
async fn what_always_fails_is_not_offered() {
    let polaris = Polaris::start().await;
    let other = polaris
        .page("/c/p/principal-credentials?name=spark_etl")
        .await
        .body;
    assert!(other.contains("only spark_etl itself"), "{other}");
    assert!(!other.contains("Rotate the secret"), "{other}");
    assert!(other.contains("Reset the credentials"), "{other}");
    for page in [
        "catalog-role?w=lakehouse&name=catalog_admin",
        "principal-role?name=service_admin",
    ] {
        let page = polaris.page(&format!("/c/p/{page}")).await.body;
        assert!(page.contains("never deletes it"), "{page}");
        assert!(
            !page.contains("name=\"confirm\" value=\"\" required"),
            "{page}"
        );
    }
    for page in ["principal-new", "principal-role-new", "catalog-new"] {
        let path = format!("/c/p/{page}");
        let refused = post(&polaris.console, &path, &[("name", "..")]).await;
        assert_eq!(refused.status, 400, "{page}: {}", refused.body);
        assert!(
            refused.body.contains("cannot be “.” or “..”"),
            "{}",
            refused.body
        );
    }
    let policy = "/c/p/policy-new?w=lakehouse&ns=sales";
    let fields = [("name", "."), ("type", "system.snapshot-expiry")];
    assert_eq!(post(&polaris.console, policy, &fields).await.status, 400);
    let storage = json!({"storageType": "S3", "allowedLocations": ["s3://made/"]});
    let made = json!({"catalog": {"name": "made", "type": "INTERNAL", "properties": {"default-base-location": "s3://made/"}, "storageConfigInfo": storage}});
    let made = polaris
        .elsewhere("POST", &format!("{MANAGEMENT}/catalogs"), made)
        .await;
    assert_eq!(made["status"], 201, "{made}");
    let edit = polaris.page("/c/p/catalog-edit?w=made").await.body;
    let hidden = "type=\"hidden\" name=\"storage.roleArn\"";
    assert!(edit.contains(hidden), "{edit}");
    let (_, version) = edit.split_once("name=\"version\" value=\"").unwrap();
    let (version, _) = version.split_once('"').unwrap();
    let fields = [
        ("version", version),
        ("storage.roleArn", "arn:aws:iam::1:role/lake"),
    ];
    let refused = post(&polaris.console, "/c/p/catalog-edit?w=made", &fields).await;
    assert!(
        refused.body.contains("made without a role ARN"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn the_properties_of_a_catalog_without_storage_can_be_edited() {
    let polaris = Polaris::start().await;
    let fed = json!({"type": "EXTERNAL", "name": "fed", "properties": {}, "entityVersion": 1});
    polaris.answers("/catalogs/fed", StatusCode::OK, &fed);
    let edit = polaris.page("/c/p/catalog-edit?w=fed").await.body;
    assert!(edit.contains("no storage settings of its own"), "{edit}");
    assert!(!edit.contains("name=\"storage.storageType\""), "{edit}");
    let fields = [("version", "1"), ("key", "owner"), ("value", "data")];
    let saved = post(&polaris.console, "/c/p/catalog-edit?w=fed", &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
}

#[tokio::test]
async fn policies_are_attached_to_tables_and_to_nothing_that_is_none() {
    let polaris = Polaris::start().await;
    let page = "/c/p/policy?w=lakehouse&ns=sales&name=compact_orders";
    let shown = polaris.page(page).await.body;
    assert!(!shown.contains("Table or view"), "{shown}");
    assert!(shown.contains("<option value=\"orders\""), "{shown}");
    // A server that would take it is not asked.
    polaris.answers("/mappings", StatusCode::NO_CONTENT, &Value::Null);
    let attach = [
        ("operation", "attach"),
        ("levels", "sales"),
        ("target", "no_table"),
    ];
    let refused = post(&polaris.console, page, &attach).await;
    assert!(
        refused.body.contains("not to views or generic tables"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn who_can_do_what_is_a_file_and_principals_are_listed_with_their_roles() {
    let polaris = Polaris::start().await;
    let list = polaris.page("/c/p/principals").await.body;
    assert!(list.contains("not collected"), "{list}");
    polaris.page("/c/p/access").await;
    let list = polaris.page("/c/p/principals").await.body;
    assert!(
        list.contains("analysts") && !list.contains("not collected"),
        "{list}"
    );
    let csv = polaris.page("/c/p/access/export?format=csv").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(
        csv.body
            .contains("\"trino_bi\",\"analysts\",\"lakehouse\",\"reader\","),
        "{}",
        csv.body
    );
    let json = polaris.page("/c/p/access/export?format=json").await.body;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert!(
        json["grants"]
            .as_array()
            .is_some_and(|grants| grants.len() > 10)
    );
}

#[tokio::test]
async fn what_is_there_is_no_change_by_somebody_else() {
    let polaris = Polaris::start().await;
    for (page, name) in [
        ("principal-new", "spark_etl"),
        ("principal-role-new", "analysts"),
        ("catalog-role-new?w=lakehouse", "reader"),
    ] {
        let path = format!("/c/p/{page}");
        let refused = post(&polaris.console, &path, &[("name", name)]).await;
        assert_eq!(refused.status, 409, "{page}");
        assert!(
            !refused.body.contains("Changed meanwhile"),
            "{}",
            refused.body
        );
    }
}

#[tokio::test]
async fn the_call_that_signs_in_is_not_said_not_to_work() {
    let polaris = Polaris::start().await;
    let page = polaris.page("/c/p").await.body;
    let (_, row) = page.split_once("POST /v1/oauth/tokens").unwrap();
    let (row, _) = row.split_once("</tr>").unwrap();
    assert!(row.contains(">yes<"), "{row}");
}
