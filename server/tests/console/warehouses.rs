//! The list of a server's warehouses: who asks for it and how often, and what is said where it does not come.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Json, Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use sample_catalog::{Dialect, Options};
use serde_json::{Value, json};
use server::State as Console;
use tokio::sync::watch;

use crate::support::{OFTEN, ask, connection, get, post, request, state_at};

const PROJECT: &str = "00000000-0000-0000-0000-000000000000";
const LIST: &str = "/management/v1/warehouse";
const ACTIONS: &str = "/actions";

/// What becomes of the list.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Comes,
    Forbidden,
    Fails,
}

/// Stands before a Lakekeeper; `open` lets the list through.
#[derive(Clone)]
struct Gate {
    fate: Arc<Mutex<Fate>>,
    open: Arc<watch::Sender<bool>>,
    /// The project of each ask for the list.
    asked: Arc<Mutex<Vec<Option<String>>>>,
    /// What is answered to the question for rights: status and body.
    rights: Arc<Mutex<Option<(u16, Value)>>>,
    /// How often that was asked.
    rights_asked: Arc<AtomicUsize>,
}

async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    if request.uri().path().ends_with(ACTIONS) {
        gate.rights_asked.fetch_add(1, Ordering::Relaxed);
        let answer = gate.rights.lock().unwrap().clone();
        return match answer {
            Some((status, body)) => {
                (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
            }
            None => next.run(request).await,
        };
    }
    if request.uri().path() != LIST {
        return next.run(request).await;
    }
    let project = request.headers().get("x-project-id");
    let project = project.map(|project| project.to_str().unwrap().to_owned());
    gate.asked.lock().unwrap().push(project);
    gate.open.subscribe().wait_for(|open| *open).await.unwrap();
    let refuse = |status: StatusCode, kind: &str, message: &str| {
        let body = json!({"error": {"message": message, "type": kind, "code": status.as_u16()}});
        (status, Json(body)).into_response()
    };
    let fate = *gate.fate.lock().unwrap();
    match fate {
        Fate::Comes => next.run(request).await,
        Fate::Forbidden => refuse(
            StatusCode::FORBIDDEN,
            "ProjectActionForbidden",
            "Project action `can_list_warehouses` forbidden on project",
        ),
        Fate::Fails => refuse(
            StatusCode::SERVICE_UNAVAILABLE,
            "AuthorizationBackendError",
            "The authorization backend did not answer",
        ),
    }
}

struct Lakekeeper {
    state: Console,
    console: Router,
    gate: Gate,
}

impl Lakekeeper {
    async fn start(fate: Fate, warehouse: &str) -> Self {
        let gate = Gate {
            fate: Arc::new(Mutex::new(fate)),
            open: Arc::new(watch::Sender::new(true)),
            asked: Arc::default(),
            rights: Arc::default(),
            rights_asked: Arc::default(),
        };
        let catalog = sample_catalog::router(Options {
            dialect: Dialect::Lakekeeper,
            ..Options::default()
        });
        let catalog = catalog.layer(from_fn_with_state(gate.clone(), pass));
        let lines = format!("kind = \"lakekeeper\"\n{warehouse}");
        let settings = connection(catalog, "/catalog", &lines).await;
        let state = state_at(crate::support::LISTEN, &settings);
        Self {
            console: server::router(&state),
            state,
            gate,
        }
    }

    async fn probe(&self) {
        let connections = self.state.registry.now();
        connections.named("p").unwrap().probe().await;
    }

    async fn page(&self, path: &str) -> String {
        ask(&self.console, get(path)).await.body
    }

    /// Home, once its cards know the list, or that there is none.
    async fn home(&self) -> String {
        let mut home = String::new();
        for _ in 0..OFTEN {
            home = self.page("/").await;
            let is_known = home.contains("Listed ") || home.contains("role=\"alert\"");
            if is_known {
                break;
            }
            tokio::task::yield_now().await;
        }
        home
    }

    fn asked(&self) -> usize {
        self.gate.asked.lock().unwrap().len()
    }
}

#[tokio::test]
async fn warehouses_are_listed_once_for_all_who_look_and_for_nobody_else() {
    let lakekeeper = Lakekeeper::start(Fate::Comes, "").await;
    for _ in 0..3 {
        lakekeeper.probe().await;
    }
    assert_eq!(lakekeeper.asked(), 0, "nobody looks");
    let home = lakekeeper.home().await;
    assert!(home.contains("?w=lab"), "{home}");
    for path in ["/c/p", "/c/p?w=lab", "/", "/api/connections", "/c/p"] {
        let page = lakekeeper.page(path).await;
        assert!(page.contains("lakehouse"), "{path}: {page}");
        lakekeeper.probe().await;
    }
    let page = lakekeeper.page("/c/p").await;
    assert!(
        page.contains("Listed ") && page.contains("List again"),
        "{page}"
    );
    assert_eq!(lakekeeper.asked(), 1);
    let reload = request("GET", "/c/p", &[("cache-control", "max-age=0")]);
    ask(&lakekeeper.console, reload).await;
    assert_eq!(lakekeeper.asked(), 2, "it was asked for anew");
}

#[tokio::test]
async fn a_list_that_fails_is_said_and_can_be_tried_again() {
    let lakekeeper = Lakekeeper::start(Fate::Fails, "").await;
    lakekeeper.probe().await;
    let home = lakekeeper.home().await;
    let connection = lakekeeper.page("/c/p").await;
    for page in [home, connection] {
        for said in [
            "could not be listed",
            "authorization backend",
            ">Try again<",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("irewall"), "{page}");
    }
    let asked = lakekeeper.asked();
    lakekeeper.page("/").await;
    lakekeeper.page("/c/p").await;
    assert_eq!(lakekeeper.asked(), asked, "not again so soon");
    let reload = request("GET", "/c/p", &[("cache-control", "max-age=0")]);
    ask(&lakekeeper.console, reload).await;
    assert!(lakekeeper.asked() > asked, "tried again");
}

#[tokio::test]
async fn a_list_that_is_kept_outlives_one_that_fails() {
    let lakekeeper = Lakekeeper::start(Fate::Comes, "").await;
    assert!(lakekeeper.page("/c/p").await.contains("?w=lab"));
    *lakekeeper.gate.fate.lock().unwrap() = Fate::Fails;
    let reload = request("GET", "/c/p", &[("cache-control", "max-age=0")]);
    let tried = ask(&lakekeeper.console, reload).await.body;
    assert!(tried.contains("could not be listed"), "{tried}");
    let page = lakekeeper.page("/c/p").await;
    assert!(
        page.contains("?w=lab") && page.contains("Listed "),
        "{page}"
    );
}

#[tokio::test]
async fn a_list_that_is_slow_is_said_and_found_by_who_looks_again() {
    let lakekeeper = Lakekeeper::start(Fate::Comes, "").await;
    lakekeeper.gate.open.send_replace(false);
    lakekeeper.probe().await;
    for path in ["/", "/c/p", "/"] {
        let page = lakekeeper.page(path).await;
        for said in ["has not listed its warehouses yet", ">Try again<"] {
            assert!(page.contains(said), "{path}: {said}: {page}");
        }
    }
    lakekeeper.gate.open.send_replace(true);
    assert!(lakekeeper.home().await.contains("?w=lab"));
    assert!(lakekeeper.page("/c/p").await.contains("Choose one"));
    assert_eq!(lakekeeper.asked(), 1);
}

#[tokio::test]
async fn where_no_warehouse_may_be_listed_none_is_said_to_be_chosen() {
    let lakekeeper = Lakekeeper::start(Fate::Forbidden, "").await;
    lakekeeper.probe().await;
    let home = lakekeeper.home().await;
    assert!(home.contains("Answers in"), "{home}");
    let connection = lakekeeper.page("/c/p").await;
    for page in [&home, &connection] {
        assert!(page.contains("can_list_warehouses"), "{page}");
    }
    let namespaces = lakekeeper.page("/c/p/ns").await;
    for page in [home, connection, namespaces] {
        assert!(page.contains("may not list the warehouses"), "{page}");
        // What scripts take over from stands behind what is shown.
        let shown = page
            .split("__RESOLVED_RESOURCES")
            .next()
            .unwrap_or_default();
        for said in ["hoose a warehouse", "hoose one"] {
            assert!(!shown.contains(said), "{said}: {page}");
        }
    }
}

#[tokio::test]
async fn warehouses_are_those_of_the_project_that_the_connection_names() {
    let warehouse = format!("warehouse = \"{PROJECT}/lakehouse\"");
    let lakekeeper = Lakekeeper::start(Fate::Comes, &warehouse).await;
    lakekeeper.probe().await;
    let link = format!("?w={PROJECT}%2Flab");
    for page in [lakekeeper.home().await, lakekeeper.page("/c/p").await] {
        assert!(page.contains(&link), "{page}");
    }
    let other = lakekeeper.page("/c/p?w=other%2Flab").await;
    assert!(!other.contains("other%2Flakehouse"), "{other}");
    let asked = lakekeeper.gate.asked.lock().unwrap().clone();
    assert_eq!(asked, [Some(PROJECT.to_owned()), Some("other".to_owned())]);
}

#[tokio::test]
async fn what_this_identity_may_do_is_asked_once_by_who_looks() {
    let lakekeeper = Lakekeeper::start(Fate::Comes, "warehouse = \"lakehouse\"").await;
    lakekeeper.probe().await;
    lakekeeper.home().await;
    lakekeeper.page("/c/p/ns").await;
    let asked = || lakekeeper.gate.rights_asked.load(Ordering::Relaxed);
    assert_eq!(asked(), 0, "nobody looks");
    for _ in 0..2 {
        let page = lakekeeper.page("/c/p").await.replace("<!>", "");
        assert!(page.contains("may: create namespace, "), "{page}");
        assert!(!page.contains("It may not"), "{page}");
    }
    assert_eq!(asked(), 1);

    let reader = json!({"allowed-actions": [{"action": "get_config"}, {"action": "list_namespaces"}, {"action": "get_metadata"}]});
    let trouble = json!({"error": {"message": "The authorization backend did not answer", "type": "AuthorizationBackendError", "code": 503}});
    let hidden = json!({"error": {"message": "A warehouse with id does not exist", "type": "NoSuchWarehouseException", "code": 404}});
    for (status, body, said) in [
        (200, reader, "It may not: create namespace."),
        (
            503,
            trouble,
            "did not say: The catalog says: The authorization backend",
        ),
        (404, hidden, "may: nothing. It may not: get config, "),
        (200, json!({}), "did not say: "),
    ] {
        *lakekeeper.gate.rights.lock().unwrap() = Some((status, body));
        let reload = request("GET", "/c/p", &[("cache-control", "max-age=0")]);
        let page = ask(&lakekeeper.console, reload).await.body;
        let page = page.replace("<!>", "");
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[tokio::test]
async fn what_this_identity_may_not_create_is_off_before_it_is_sent() {
    let lakekeeper = Lakekeeper::start(Fate::Comes, "warehouse = \"lakehouse\"").await;
    let reader = json!({"allowed-actions": [{"action": "get_config"}]});
    let trouble = json!({"error": {"message": "It did not answer", "type": "AuthorizationBackendError", "code": 503}});
    for (rights, off) in [
        (None, false),
        (Some((200, reader)), true),
        (Some((503, trouble)), false),
    ] {
        *lakekeeper.gate.rights.lock().unwrap() = rights.clone();
        let typed = [("name", "mine")];
        let shown = post(&lakekeeper.console, "/c/p/namespace-new", &typed).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        let said = shown.body.contains("may not create namespaces");
        assert_eq!(said, off, "{rights:?}: {}", shown.body);
    }
}
