//! Reads that many ask for, and that nobody waits for any more.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, State},
    http::Request,
    response::{IntoResponse, Response},
    routing::{self, MethodRouter},
};
use serde_json::json;
use tokio::{task::JoinSet, time::timeout};

use crate::support::{OFTEN, ask, connection, console, get};

/// Long enough for a call to reach the catalog, far too short for one that never answers.
const IMPATIENCE: Duration = Duration::from_millis(20);

/// What a catalog was asked for that answers its configuration, and nothing else ever.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<String>>>);

impl Asked {
    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

async fn silent(State(asked): State<Asked>, Path(path): Path<String>) -> Response {
    if path == "config" {
        return Json(json!({"defaults": {}, "overrides": {}})).into_response();
    }
    asked.0.lock().unwrap().push(path);
    std::future::pending().await
}

async fn console_over(catalog: Router) -> Router {
    console(&connection(catalog, "", "kind = \"generic\"").await)
}

async fn silent_console() -> (Router, Asked) {
    let asked = Asked::default();
    let route: MethodRouter<Asked> = routing::get(silent);
    let catalog = Router::new().route("/v1/{*path}", route);
    (console_over(catalog.with_state(asked.clone())).await, asked)
}

fn tables(namespace: usize, fresh: bool) -> Request<Body> {
    let rows = "ask%5Bfilter%5D=&ask%5Bdescending%5D=false&ask%5Bstart%5D=0&ask%5Bcount%5D=200";
    get(&format!(
        "/api/names?place=%2Fc%2Fp%2Fns%3Fns%3Dn{namespace}&kind=tables&{rows}&fresh={fresh}"
    ))
}

#[tokio::test]
async fn abandoned_fresh_reads_make_the_calls_of_one() {
    let fresh: [&dyn Fn() -> Request<Body>; 3] = [
        &|| tables(0, true),
        &|| get("/api/table?place=%2Fc%2Fp%2Ft%3Fns%3Da%26t%3Db&fresh=true"),
        &|| get("/api/table_raw?place=%2Fc%2Fp%2Ft%3Fns%3Da%26t%3Db&search=&page=1&fresh=true"),
    ];
    for read in fresh {
        let (console, asked) = silent_console().await;
        for _ in 0..OFTEN {
            if asked.count() > 0 {
                break;
            }
            let _ = timeout(IMPATIENCE, ask(&console, read())).await;
        }
        for _ in 0..20 {
            let _ = timeout(IMPATIENCE, ask(&console, read())).await;
        }
        assert_eq!(asked.count(), 1, "{:?}", asked.0.lock().unwrap());
    }
}

#[tokio::test]
async fn a_fresh_configuration_is_asked_for_once_by_all_who_ask_meanwhile() {
    let asked = Asked::default();
    let hang = async |State(asked): State<Asked>| -> Response {
        asked.0.lock().unwrap().push("config".into());
        std::future::pending().await
    };
    let catalog = Router::new().route("/v1/config", routing::get(hang));
    let console = console_over(catalog.with_state(asked.clone())).await;
    let read = || get("/api/connection?place=%2Fc%2Fp&fresh=true");
    for _ in 0..20 {
        let _ = timeout(IMPATIENCE, ask(&console, read())).await;
    }
    assert_eq!(asked.count(), 1);
}

#[tokio::test]
async fn lists_of_a_slow_catalog_wait_their_turn_and_say_so() {
    let (console, asked) = silent_console().await;
    let mut reads = JoinSet::new();
    for namespace in 0..20 {
        let (console, request) = (console.clone(), tables(namespace, false));
        reads.spawn(async move { ask(&console, request).await });
    }
    let turned_away = reads.join_next().await.unwrap().unwrap();
    assert_eq!(turned_away.status, 200, "{}", turned_away.body);
    assert!(
        turned_away.body.contains("\"Queued\""),
        "{}",
        turned_away.body
    );
    let lists: HashSet<String> = asked.0.lock().unwrap().iter().cloned().collect();
    assert!((1..=8).contains(&lists.len()), "{lists:?}");
    reads.abort_all();
}
