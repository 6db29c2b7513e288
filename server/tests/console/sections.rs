//! What a connection offers follows from what its server is and lists, and is told once for all of its pages.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Json, Router,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use model::connections::Facts;
use serde_json::{Value, json};

use crate::{
    polaris_support::{Console, POLARIS},
    support::{Answer, ask, connection, console, get, sample_console},
};

const PRINCIPALS: &str = "href=\"/c/p/principals\"";

/// A Polaris that only its configuration tells to be one, and whose lists never end.
async fn endless(uri: Uri) -> Response {
    let path = uri.path();
    let ends = |end: &str| path.ends_with(end);
    let body = match path {
        _ if ends("/v1/config") => json!({
            "defaults": {},
            "overrides": {"prefix": "lake"},
            "endpoints": [
                "GET /v1/{prefix}/namespaces",
                "GET polaris/v1/{prefix}/namespaces/{namespace}/policies",
            ],
        }),
        _ if ends("/policies") || ends("/generic-tables") => json!({
            "identifiers": [{"namespace": ["sales"], "name": "kept_first"}],
            "next-page-token": "again",
        }),
        _ if ends("/applicable-policies") => {
            json!({"applicable-policies": [], "next-page-token": "again"})
        }
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    Json(body).into_response()
}

async fn page(console: &Router, path: &str) -> Answer {
    ask(console, get(path)).await
}

async fn over_endless() -> Router {
    let catalog = Router::new().fallback(endless);
    console(&connection(catalog, "", "").await)
}

fn facts(answer: &Answer) -> Facts {
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn what_only_its_configuration_tells_stands_in_the_first_page() {
    let console = over_endless().await;
    let first = page(&console, "/c/p/ns?ns=sales").await.body;
    assert!(first.contains(PRINCIPALS), "{first}");
    assert!(first.contains("href=\"/c/p/policies?ns=sales\""), "{first}");
    assert!(!first.contains("/generic-tables"), "the server lists none");
}

#[tokio::test]
async fn a_server_that_was_down_is_known_later() {
    let up = Arc::new(AtomicBool::new(false));
    let catalog = {
        let up = up.clone();
        let answer = move |uri: Uri| async move {
            match up.load(Ordering::Relaxed) {
                true => endless(uri).await,
                false => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            }
        };
        Router::new().fallback(answer)
    };
    let console = console(&connection(catalog, "", "").await);
    let asked = "/api/facts?place=%2Fc%2Fp";
    assert_eq!(facts(&page(&console, asked).await).dialect, None);
    up.store(true, Ordering::Relaxed);
    let later = facts(&page(&console, asked).await);
    assert_eq!(later.dialect, Some(iceberg_rest::Dialect::Polaris));
}

#[tokio::test]
async fn a_list_that_is_not_whole_says_so() {
    let console = over_endless().await;
    for path in ["/c/p/policies?ns=sales", "/c/p/generic-tables?ns=sales"] {
        let body = page(&console, path).await.body;
        assert!(body.contains("kept_first"), "{body}");
        assert!(body.contains("There may be more than these."), "{body}");
        // What it leaves out opens by its name.
        let one = path.replace("policies?", "policy?");
        let one = one.replace("generic-tables?", "generic-table?");
        let one = one.split('?').next().unwrap();
        let form = format!("<form method=\"get\" action=\"{one}\"");
        let form = body.split_once(&form).expect(&body).1;
        let form = form.split("</form>").next().unwrap();
        for field in ["name=\"ns\" value=\"sales\"", "name=\"name\" required"] {
            assert!(form.contains(field), "{field} in {form}");
        }
        assert!(!body.contains("no policy is attached here"), "{body}");
    }
}

/// A Nessie as far as its connection's page goes, whose references are answered by the first of these.
async fn over_nessie(kind: &str, trees: Arc<Mutex<(StatusCode, Value)>>) -> Router {
    let answer = move |uri: Uri| async move {
        match uri.path() {
            path if path.ends_with("/v1/config") => Json(json!({
                "defaults": {"prefix": "main"},
                "overrides": {"nessie.is-nessie-catalog": "true"},
            }))
            .into_response(),
            "/api/v2/trees" => {
                let (status, body) = trees.lock().unwrap().clone();
                (status, Json(body)).into_response()
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    };
    let catalog = Router::new().fallback(answer);
    console(&connection(catalog, "/iceberg", kind).await)
}

#[tokio::test]
async fn branches_and_tags_that_cannot_be_listed_say_why_and_are_asked_for_again() {
    let heading = "Branches and tags</h2>";
    for (status, words, first) in [
        (
            StatusCode::FORBIDDEN,
            "Access denied",
            "may not list the branches and tags",
        ),
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            "Store is down",
            "branches and tags could not be listed",
        ),
    ] {
        let body = json!({"status": status.as_u16(), "errorCode": "X", "message": words});
        let trees = Arc::new(Mutex::new((status, body)));
        let console = over_nessie("kind = \"nessie\"", trees.clone()).await;
        let failed = page(&console, "/c/p").await;
        assert_eq!(
            failed.status,
            StatusCode::OK,
            "the connection itself is well"
        );
        let (_, said) = failed.body.split_once(heading).expect(&failed.body);
        let said = said.split("</section>").next().unwrap();
        for words in [words, first, "Try again"] {
            assert!(said.contains(words), "{words} in {said}");
        }
        let main = json!({"hasMore": false, "references": [{"type": "BRANCH", "name": "main", "hash": "aa"}]});
        *trees.lock().unwrap() = (StatusCode::OK, main);
        let listed = page(&console, "/c/p").await.body;
        let (_, said) = listed.split_once(heading).expect(&listed);
        assert!(said.contains("ref=main"), "{said}");
        assert!(!listed.contains(first), "{listed}");
    }
    // Of a catalog that has no such thing nothing is said.
    let other = over_endless().await;
    assert!(!page(&other, "/c/p").await.body.contains(heading));
}

#[tokio::test]
async fn a_form_of_another_vendor_is_shown_off_with_the_reason() {
    let console = Console::start().await;
    for form in ["principal-new", "catalog-new", "principal-role-new"] {
        let page = console.get(&format!("/c/sample-nessie/{form}")).await;
        let off = r#" disabled title="The connection sample-nessie is Nessie: only Apache Polaris"#;
        assert!(page.body.contains(off), "{form}: {}", page.body);
    }
}

#[tokio::test]
async fn the_history_is_a_tab_where_the_catalog_keeps_commits() {
    let console = Console::start().await;
    let tab = "/t/history?";
    let nessie = console
        .get("/c/sample-nessie/t/overview?ns=sales&t=orders")
        .await;
    assert!(nessie.body.contains(tab), "{}", nessie.body);
    let polaris = console
        .get(&format!(
            "/c/{POLARIS}/t/overview?w=lakehouse&ns=sales&t=orders"
        ))
        .await;
    assert!(!polaris.body.contains(tab), "{}", polaris.body);
}

#[tokio::test]
async fn the_same_name_in_another_catalog_is_one_link_away() {
    let console = sample_console().await;
    let page = get("/c/sample-generic/t/overview?ns=sales&t=orders");
    let page = ask(&console, page).await.body;
    let other = "/c/sample-nessie/open?name=sales.orders&amp;kind=table&amp;sep=.";
    assert!(page.contains(other), "{page}");
    assert!(!page.contains("/c/sample-generic/open?name="));
}

/// What stands between two words of a page, each found after the one before.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let rest = page.split_once(from).map_or("", |(_, rest)| rest);
    rest.split_once(to).map_or(rest, |(inside, _)| inside)
}

#[tokio::test]
async fn warehouse_and_reference_are_named_where_the_address_names_neither() {
    let console = sample_console().await;
    let bar = async |path: &str| {
        let page = ask(&console, get(path)).await.body;
        between(&page, "aria-label=\"Place\"", "</nav>").to_owned()
    };
    let nessie = bar("/c/sample-nessie/v/sql?ns=sales&v=revenue_by_day").await;
    assert!(
        nessie.contains(">lakehouse<") && nessie.contains(">configured<"),
        "{nessie}"
    );
    assert!(nessie.contains(">main<"), "{nessie}");
    assert!(nessie.contains(">default<"), "{nessie}");
    // All of them are a page away, which goes on to the same view.
    let all = "href=\"/c/sample-nessie?ns=sales&amp;v=revenue_by_day\"";
    assert!(nessie.contains(all), "{nessie}");
    let named = bar("/c/sample-nessie/ns?ref=staging&ns=sales").await;
    assert!(
        named.contains(">staging<") && !named.contains(">default<"),
        "{named}"
    );
    let polaris = bar("/c/sample-polaris/t/schema?w=lakehouse&ns=sales&t=orders").await;
    assert!(polaris.contains(">lakehouse<"), "{polaris}");
    assert!(!polaris.contains("branches and tags"), "{polaris}");
    let object = "href=\"/c/sample-polaris/t/overview?w=lakehouse&amp;ns=sales&amp;t=orders\" aria-current=\"location\"";
    assert!(polaris.contains(object), "{polaris}");
    let unchosen = bar("/c/sample-polaris/principals").await;
    assert!(unchosen.contains("warehouse"), "{unchosen}");
}

#[tokio::test]
async fn the_chooser_of_a_connection_goes_on_to_the_names_that_its_address_carries() {
    let console = sample_console().await;
    let page = get("/c/sample-nessie?ns=sales&v=revenue_by_day");
    let page = ask(&console, page).await.body;
    let branch = "/c/sample-nessie/v/overview?ref=main&amp;ns=sales&amp;v=revenue_by_day";
    assert!(page.contains(branch), "{page}");
    let page = get("/c/sample-polaris?w=lakehouse&ns=sales&t=orders");
    let page = ask(&console, page).await.body;
    let warehouse = "/c/sample-polaris/open?w=lab&amp;name=sales.orders&amp;kind=table&amp;sep=.";
    assert!(page.contains(warehouse), "{page}");
}

#[tokio::test]
async fn the_rail_marks_the_way_that_a_page_belongs_to() {
    let console = sample_console().await;
    for (path, way, mark) in [
        ("/c/sample-polaris/principals", "Principals", "page"),
        (
            "/c/sample-polaris/principal?name=anna.steward",
            "Principals",
            "true",
        ),
        ("/c/sample-polaris/grants?w=lakehouse", "Access", "true"),
        ("/c/sample-polaris/onboard", "Onboard", "page"),
        ("/c/sample-polaris/offboard", "Offboard", "page"),
        (
            "/c/sample-polaris/policies?w=lakehouse&ns=sales",
            "Policies",
            "true",
        ),
        ("/c/sample-polaris/ns?w=lakehouse", "Browse", "page"),
        (
            "/c/sample-unity/t/schema?ns=sales&t=orders",
            "Browse",
            "true",
        ),
        ("/c/sample-nessie/connect", "Engines", "page"),
        ("/c/sample-nessie", "Settings", "page"),
    ] {
        let page = ask(&console, get(path)).await.body;
        let rail = between(&page, "aria-label=\"Sections\"", "</nav>");
        let marked: Vec<_> = rail
            .split("<a ")
            .filter(|line| line.contains("aria-current="))
            .collect();
        let [marked] = marked[..] else {
            panic!("{path}: {rail}")
        };
        assert!(
            marked.contains(&format!("aria-current=\"{mark}\"")),
            "{path}: {marked}"
        );
        assert!(marked.contains(way), "{path}: {marked}");
        let access = rail.contains("/principals");
        assert_eq!(access, path.contains("polaris"), "{path}: {rail}");
    }
}
