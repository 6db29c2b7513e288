//! Who may do what: collected grants, the grant editor, onboarding.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Method, StatusCode},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use sample_catalog::{Dialect, Options};

use crate::{
    onboard::PLAN,
    support::{AS_ROOT, Answer, OFTEN, ask, ask_while, connection, console, get, post, request},
};

/// What stands between the console and its Polaris.
#[derive(Clone, Default)]
pub(crate) struct Wire {
    requests: Arc<AtomicUsize>,
    /// Lists of grants are refused.
    pub(crate) refuses_grants: Arc<AtomicBool>,
    /// Management calls do not answer.
    stalls: Arc<AtomicBool>,
    /// New credentials are made, and the answer that tells them is lost.
    pub(crate) loses_secrets: Arc<AtomicBool>,
    /// Changes that were sent, and whether those after the first wait.
    pub(crate) changes: Arc<AtomicUsize>,
    /// So many more of them are taken, and the next are refused; `None`: all are.
    takes: Arc<Mutex<Option<usize>>>,
    holds_changes: Arc<AtomicBool>,
    /// Changes are made, and nobody hears so.
    silences_changes: Arc<AtomicBool>,
}

impl Wire {
    /// Refuses changes once so many more were made.
    pub(crate) fn refuses_changes_after(&self, more: usize) {
        *self.takes.lock().unwrap() = Some(more);
    }
}

async fn watch(State(wire): State<Wire>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let (read, made) = match *request.method() {
        Method::GET => (true, false),
        Method::POST => (
            false,
            path.ends_with("/principals") || path.ends_with("/reset"),
        ),
        _ => (false, false),
    };
    if path.contains("/management/") {
        wire.requests.fetch_add(1, Ordering::SeqCst);
        if wire.stalls.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        if !read {
            if let Some(takes) = &mut *wire.takes.lock().unwrap() {
                let Some(left) = takes.checked_sub(1) else {
                    let body = r#"{"error":{"message":"Principal 'root' is not authorized for op DELETE_PRINCIPAL_ROLE","type":"ForbiddenException","code":403}}"#;
                    return (StatusCode::FORBIDDEN, body).into_response();
                };
                *takes = left;
            }
            let before = wire.changes.fetch_add(1, Ordering::SeqCst);
            for _ in 0..OFTEN {
                if before == 0 || !wire.holds_changes.load(Ordering::SeqCst) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        if read && path.ends_with("/grants") && wire.refuses_grants.load(Ordering::SeqCst) {
            let body = r#"{"error":{"message":"Principal 'root' is not authorized for op LIST_GRANTS_FOR_CATALOG_ROLE","type":"ForbiddenException","code":403}}"#;
            return (StatusCode::FORBIDDEN, body).into_response();
        }
    }
    let answer = next.run(request).await;
    let lost = made && wire.loses_secrets.load(Ordering::SeqCst)
        || !read && path.contains("/management/") && wire.silences_changes.load(Ordering::SeqCst);
    match lost && answer.status().is_success() {
        true => StatusCode::BAD_GATEWAY.into_response(),
        false => answer,
    }
}

/// A console over one sample Polaris, and the wire between them.
pub(crate) async fn polaris(read_only: bool) -> (Router, Wire) {
    polaris_with(0, read_only, false).await
}

/// With so many catalog roles more, and a fifth as many principals. With a `token`, the configuration
/// does not say whose it is.
async fn polaris_with(roles: usize, read_only: bool, token: bool) -> (Router, Wire) {
    let wire = Wire::default();
    let catalog = sample_catalog::router(Options {
        dialect: Dialect::Polaris,
        roles,
        ..Options::default()
    });
    let auth = match token {
        true => format!(
            r#"auth = {{ type = "bearer", token = "{}" }}"#,
            root_token(&catalog).await
        ),
        false => AS_ROOT.to_owned(),
    };
    let catalog = catalog.layer(from_fn_with_state(wire.clone(), watch));
    let lines =
        format!("kind = \"polaris\"\nwarehouse = \"lakehouse\"\nread_only = {read_only}\n{auth}");
    let settings = connection(catalog, "/api/catalog", &lines).await;
    (console(&settings), wire)
}

async fn root_token(catalog: &Router) -> String {
    let form = "grant_type=client_credentials&client_id=root&client_secret=s3cr3t&scope=PRINCIPAL_ROLE:ALL";
    let request = Request::builder()
        .method("POST")
        .uri("/api/catalog/v1/oauth/tokens")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    let answer = ask(catalog, request).await.body;
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

/// Asks until the collection has ended.
pub(crate) async fn page(console: &Router, path: &str) -> Answer {
    ask_while(console, path, "Collecting who may do what").await
}

/// The number that a page states under a name.
fn figure(page: &str, name: &str) -> usize {
    let main = page.split_once("<main").unwrap().1;
    let after = main.split_once(&format!(">{name}<")).unwrap().1;
    let texts = after.split('<').filter_map(|piece| piece.split_once('>'));
    let mut numbers = texts.filter_map(|(_, text)| text.trim().parse().ok());
    numbers.next().unwrap()
}

#[tokio::test]
async fn a_collection_makes_as_many_requests_as_the_formula_says_once_for_all_pages() {
    let (console, wire) = polaris(false).await;
    let overview = page(&console, "/c/p/access").await;
    assert_eq!(overview.status, 200);
    let made = wire.requests.load(Ordering::SeqCst);
    let text = page(&console, "/c/p/access").await.body;
    let [catalog_roles, principal_roles] =
        ["Catalog roles", "Principal roles"].map(|of| figure(&text, of));
    let catalogs = text.matches("/c/p/catalog-roles?w=").count();
    assert_eq!(made, 3 + catalogs + 2 * catalog_roles + principal_roles);
    assert!(text.contains(&format!("in {made} requests")), "{text}");
    for path in [
        "/c/p/who?w=lakehouse&ns=sales&t=orders",
        "/c/p/reach?principal=trino_bi",
        "/c/p/explain?principal=trino_bi&operation=LOAD_TABLE&w=lakehouse&ns=sales&t=orders",
        "/c/p/graph",
    ] {
        let answer = page(&console, path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
    }
    assert_eq!(
        wire.requests.load(Ordering::SeqCst),
        made,
        "nothing is read again"
    );
}

#[tokio::test]
async fn the_list_of_principals_costs_the_same_whatever_their_number() {
    let mut costs = Vec::new();
    for (roles, principals) in [(0, "12 principals"), (1_000, "212 principals")] {
        let (console, wire) = polaris_with(roles, false, false).await;
        let list = ask(&console, get("/c/p/principals")).await;
        assert!(list.body.contains(principals), "{}", list.body);
        costs.push(wire.requests.load(Ordering::SeqCst));
    }
    assert_eq!(costs, [1, 1]);
}

#[tokio::test]
async fn what_may_not_be_read_is_unknown_and_not_denied() {
    let (console, wire) = polaris(false).await;
    wire.refuses_grants.store(true, Ordering::SeqCst);
    let question =
        "/c/p/explain?principal=trino_bi&operation=LOAD_TABLE&w=lakehouse&ns=sales&t=orders";
    let answer = page(&console, question).await.body;
    assert!(answer.contains(">Unknown<"), "{answer}");
    assert!(answer.contains("Not everything could be read"));
    assert!(
        answer.contains("LIST_GRANTS_FOR_CATALOG_ROLE"),
        "the server's own reason"
    );
    wire.refuses_grants.store(false, Ordering::SeqCst);
    let again = post(&console, "/c/p/access/collect", &[("back", question)]).await;
    assert_eq!(
        (again.status.as_u16(), again.header("location")),
        (303, question)
    );
    let answer = page(&console, question).await.body;
    assert!(answer.contains(">Allowed<"), "{answer}");
}

#[tokio::test]
async fn a_collection_can_be_cancelled_and_begun_again() {
    let (console, wire) = polaris(false).await;
    // The first token is fetched, then management calls hang.
    wire.stalls.store(true, Ordering::SeqCst);
    let running = ask(&console, get("/c/p/access")).await;
    assert!(
        running.body.contains("Collecting who may do what"),
        "{}",
        running.body
    );
    post(&console, "/c/p/access/cancel", &[("back", "/c/p/access")]).await;
    let stopped = page(&console, "/c/p/access").await;
    assert!(
        stopped.body.contains("The collection was cancelled"),
        "{}",
        stopped.body
    );
    wire.stalls.store(false, Ordering::SeqCst);
    post(&console, "/c/p/access/collect", &[("back", "/c/p/access")]).await;
    assert!(
        page(&console, "/c/p/access")
            .await
            .body
            .contains("Catalog roles")
    );
}

#[tokio::test]
async fn a_form_leads_back_to_pages_of_the_console_only() {
    let (console, _) = polaris(false).await;
    for back in [
        "https://example.org/c/",
        "//example.org",
        "/\\example.org",
        "/c/../../x",
        "/c/%2e%2e/x",
        "/c/x\r\nset-cookie: a=b",
        "/c/\tx",
        "",
    ] {
        let answer = post(&console, "/c/p/access/collect", &[("back", back)]).await;
        assert_eq!(answer.status, 400, "{back}");
    }
}

#[tokio::test]
async fn a_link_from_another_site_collects_nothing() {
    let (console, wire) = polaris(false).await;
    let linked = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    for path in [
        "/c/p/access",
        "/c/p/who?w=lakehouse",
        "/c/p/reach?principal=root",
    ] {
        let answer = ask(&console, request("GET", path, &linked)).await;
        assert!(
            answer.body.contains("Nothing is collected yet"),
            "{path}: {}",
            answer.body
        );
    }
    assert_eq!(wire.requests.load(Ordering::SeqCst), 0);
    page(&console, "/c/p/access").await;
    let collected = wire.requests.load(Ordering::SeqCst);
    assert!(collected > 0);
    let answer = ask(&console, request("GET", "/c/p/access", &linked)).await;
    assert!(
        answer.body.contains("Catalog roles"),
        "what is kept is shown"
    );
}

const DESK: &str = "/c/p/grants?role=reader&w=lakehouse&ns=sales&t=orders";

#[tokio::test]
async fn privileges_are_granted_and_revoked_one_by_one() {
    let (console, _) = polaris(false).await;
    let granted = post(
        &console,
        DESK,
        &[
            ("action", "grant"),
            ("privilege", "TABLE_DROP"),
            ("privilege", "VIEW_DROP"),
        ],
    )
    .await
    .body;
    assert!(
        granted.contains("Try those again"),
        "VIEW_DROP is not for tables: {granted}"
    );
    let desk = ask(&console, get(DESK)).await.body;
    assert!(desk.contains("Revoke TABLE_DROP"), "{desk}");
    let losses = page(&console, &format!("{DESK}&revoke=TABLE_DROP"))
        .await
        .body;
    assert!(losses.contains("trino_bi"), "{losses}");
    post(
        &console,
        DESK,
        &[("action", "revoke"), ("privilege", "TABLE_DROP")],
    )
    .await;
    let desk = ask(&console, get(DESK)).await.body;
    assert!(!desk.contains("Revoke TABLE_DROP"));
}

#[tokio::test]
async fn the_own_last_way_to_manage_access_is_not_revoked_unless_typed() {
    let (console, _) = polaris(false).await;
    let desk = "/c/p/grants?role=catalog_admin&w=lab";
    let fields = [("action", "revoke"), ("privilege", "CATALOG_MANAGE_ACCESS")];
    let refused = post(&console, desk, &fields).await.body;
    assert!(refused.contains("the last way of root"), "{refused}");
    assert!(
        ask(&console, get(desk))
            .await
            .body
            .contains("Revoke CATALOG_MANAGE_ACCESS")
    );
    let typed = [
        &fields[..],
        &[("confirm", "catalog_admin and lock myself out")],
    ]
    .concat();
    let done = post(&console, desk, &typed).await.body;
    assert!(!done.contains("the last way of root"), "{done}");
}

#[tokio::test]
async fn where_grants_are_not_read_the_own_last_way_is_not_revoked_unless_typed() {
    let (console, wire) = polaris(false).await;
    wire.refuses_grants.store(true, Ordering::SeqCst);
    let desk = "/c/p/grants?role=catalog_admin&w=lab";
    let fields = [("action", "revoke"), ("privilege", "CATALOG_MANAGE_ACCESS")];
    let refused = post(&console, desk, &fields).await.body;
    assert!(refused.contains("could be its last way"), "{refused}");
    assert_eq!(wire.changes.load(Ordering::SeqCst), 0, "nothing was sent");
    let losses = page(&console, &format!("{desk}&revoke=CATALOG_MANAGE_ACCESS"))
        .await
        .body;
    assert!(losses.contains("This may be the last way"), "{losses}");
    let typed = [
        &fields[..],
        &[("confirm", "catalog_admin and lock myself out")],
    ]
    .concat();
    post(&console, desk, &typed).await;
    assert_eq!(wire.changes.load(Ordering::SeqCst), 1);
}

/// What can be granted on a table.
const EIGHT: [&str; 8] = [
    "TABLE_DROP",
    "TABLE_LIST",
    "TABLE_READ_PROPERTIES",
    "TABLE_WRITE_PROPERTIES",
    "TABLE_READ_DATA",
    "TABLE_WRITE_DATA",
    "TABLE_FULL_METADATA",
    "TABLE_ADD_SNAPSHOT",
];

/// Sends a form, and goes away once the catalog has been asked for its second change.
async fn leave_midway(console: &Router, wire: &Wire, path: &'static str, fields: &[(&str, &str)]) {
    wire.holds_changes.store(true, Ordering::SeqCst);
    {
        let mut answer = std::pin::pin!(post(console, path, fields));
        for _ in 0..OFTEN {
            if wire.changes.load(Ordering::SeqCst) >= 2 {
                break;
            }
            let moment = Duration::from_millis(5);
            assert!(tokio::time::timeout(moment, &mut answer).await.is_err());
        }
    }
    let midway = ask(console, get(path)).await.body;
    assert!(midway.contains("is under way"), "{midway}");
    assert!(midway.contains("1 of 8 done"), "{midway}");
    wire.holds_changes.store(false, Ordering::SeqCst);
}

/// Asks until the change that was left is over.
async fn what_came_of_it(console: &Router, path: &str) -> String {
    ask_while(console, path, "is under way").await.body
}

#[tokio::test]
async fn who_leaves_cuts_no_grants_and_learns_what_came_of_them() {
    let (console, wire) = polaris(false).await;
    let mut fields = vec![("action", "grant")];
    fields.extend(EIGHT.map(|privilege| ("privilege", privilege)));
    leave_midway(&console, &wire, DESK, &fields).await;
    let page = what_came_of_it(&console, DESK).await;
    assert!(page.contains("8 of 8 done"), "{page}");
    assert_eq!(wire.changes.load(Ordering::SeqCst), 8);
    for privilege in EIGHT {
        assert!(
            page.contains(&format!("Revoke {privilege}")),
            "{privilege}: {page}"
        );
    }
    let other = ask(&console, get("/c/p/grants?role=reader&w=lakehouse"))
        .await
        .body;
    assert!(!other.contains("8 of 8 done"), "{other}");
}

#[tokio::test]
async fn who_leaves_cuts_no_onboarding_and_learns_what_came_of_it() {
    const PLAN: &str = "/c/p/onboard?w=lakehouse&principal=left&preset=reader&step=review";
    let (console, wire) = polaris(false).await;
    leave_midway(&console, &wire, PLAN, &[]).await;
    let page = what_came_of_it(&console, PLAN).await;
    assert!(page.contains("8 of 8 done"), "{page}");
    assert!(
        page.contains("/c/p/principal-credentials?name=left"),
        "{page}"
    );
    assert!(!page.contains("Client secret"), "{page}");
    let reach = self::page(&console, "/c/p/reach?principal=left").await.body;
    assert!(reach.contains("TABLE_READ_DATA"), "{reach}");
}

#[tokio::test]
async fn a_grant_that_may_have_happened_stops_the_rest_and_each_says_how_it_stands() {
    let (console, wire) = polaris(false).await;
    wire.silences_changes.store(true, Ordering::SeqCst);
    let fields = [
        ("action", "grant"),
        ("privilege", "VIEW_DROP"),
        ("privilege", "TABLE_DROP"),
        ("privilege", "TABLE_LIST"),
    ];
    let answer = post(&console, DESK, &fields).await.body;
    assert!(answer.contains("was not granted."), "{answer}");
    assert!(answer.contains("may have been granted."), "{answer}");
    assert!(answer.contains("was not tried."), "{answer}");
    assert_eq!(wire.changes.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn who_may_be_oneself_is_not_removed_unless_that_is_typed() {
    let (console, _) = polaris_with(0, false, true).await;
    let page = "/c/p/principal?name=audit_bot";
    let shown = ask(&console, get(page)).await.body;
    assert!(shown.contains("audit_bot and lock myself out"), "{shown}");
    let fields = |confirm| [("operation", "delete"), ("confirm", confirm)];
    let refused = post(&console, page, &fields("audit_bot")).await;
    assert_eq!(refused.status, 400);
    assert!(
        refused
            .body
            .contains("cannot tell which principal it acts as"),
        "{}",
        refused.body
    );
    let typed = fields("audit_bot and lock myself out");
    post(&console, page, &typed).await;
    assert_eq!(ask(&console, get(page)).await.status, 404);
}

#[tokio::test]
async fn a_read_only_connection_changes_nothing() {
    let (console, _) = polaris(true).await;
    let refused = post(
        &console,
        DESK,
        &[("action", "grant"), ("privilege", "TABLE_DROP")],
    )
    .await
    .body;
    assert!(refused.contains("configured read-only"), "{refused}");
    let refused = post(&console, PLAN, &[]).await.body;
    assert!(refused.contains("configured read-only"), "{refused}");
}
