//! What the tree shows of a catalog that answers as each test says, and what it asks for it.

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use model::namespaces::Branch;
use serde_json::json;

use super::*;
use crate::mock::{Mock, polaris};

const LISTED: [&str; 2] = [
    "GET /v1/{prefix}/namespaces",
    "GET /v1/{prefix}/namespaces/{namespace}/views",
];

/// A catalog with the namespace `sales`, in which are the tables and views of these answers.
async fn catalog_of(tables: fn() -> Response, views: fn() -> Response) -> Mock {
    Mock::serve(move |request: Request| {
        let answer = match request.uri().path() {
            "/api/catalog/v1/config" => Json(json!({"endpoints": LISTED})).into_response(),
            "/api/catalog/v1/namespaces/sales/tables" => tables(),
            "/api/catalog/v1/namespaces/sales/views" => views(),
            "/api/catalog/v1/namespaces" => match request.uri().query() {
                Some(query) if query.contains("parent=") => {
                    Json(json!({"namespaces": []})).into_response()
                }
                _ => Json(json!({"namespaces": [["sales"]]})).into_response(),
            },
            _ => polaris(&request),
        };
        async move { answer }
    })
    .await
}

async fn tree(mock: &Mock, open: &[&str], filter: &str) -> Vec<Branch> {
    let uri = "/api/tree".parse().unwrap();
    let session = Session::new(
        mock.registry(),
        crate::Who::local(),
        &uri,
        &HeaderMap::new(),
    );
    let ask = TreeAsk {
        open: open.iter().map(|name| vec![(*name).to_owned()]).collect(),
        filter: filter.to_owned(),
        ..TreeAsk::default()
    };
    let tree = read(&session, &Place::connection("c"), &ask).await;
    tree.unwrap().branches
}

fn list(count: usize) -> Response {
    let name = |index| json!({"namespace": ["sales"], "name": format!("n{index:03}")});
    let names: Vec<_> = (0..count).map(name).collect();
    Json(json!({ "identifiers": names })).into_response()
}

fn refused() -> Response {
    let body = json!({"error": {"message": "No", "type": "ForbiddenException", "code": 403}});
    (StatusCode::FORBIDDEN, Json(body)).into_response()
}

fn inside(branches: &[Branch]) -> Option<&str> {
    branches[0].children[0].inside.as_deref()
}

#[tokio::test]
async fn an_opened_namespace_shows_its_tables_and_views_and_a_closed_one_costs_nothing() {
    let mock = catalog_of(|| list(230), || list(2)).await;
    let closed = tree(&mock, &[], "").await;
    assert_eq!((closed.len(), inside(&closed)), (1, None));
    assert_eq!(mock.asked("/sales/"), 0);
    let open = tree(&mock, &["sales"], "").await;
    let [tables, views] = &open[1].objects[..] else {
        panic!("{open:?}")
    };
    assert_eq!((tables.names.len(), views.names.len()), (50, 2));
    assert_eq!(tables.more.as_deref(), Some("230 tables: open the list"));
    assert_eq!(open[1].notes, [""; 0]);
    // What was seen is counted though it is closed again, and nothing is asked for that.
    let asked = mock.asked("");
    assert_eq!(inside(&tree(&mock, &[], "").await), Some("232"));
    assert_eq!(inside(&tree(&mock, &["sales"], "").await), Some("232"));
    assert_eq!(mock.asked(""), asked);
}

#[tokio::test]
async fn what_is_refused_is_said_once_and_not_asked_again_with_each_look() {
    let mock = catalog_of(|| list(3), refused).await;
    let open = tree(&mock, &["sales"], "").await;
    assert_eq!(open[1].notes, ["Not allowed: no list of views"]);
    assert_eq!(open[1].objects[0].names.len(), 3);
    let again = tree(&mock, &["sales"], "").await;
    assert_eq!(again[1].notes, open[1].notes);
    assert_eq!(inside(&again), Some("3+"));
    assert_eq!(mock.asked("/sales/views"), 1);
    let mock = catalog_of(refused, refused).await;
    let open = tree(&mock, &["sales"], "").await;
    assert_eq!(open[1].notes, ["Not allowed: no list of tables, views"]);
}

#[tokio::test]
async fn nothing_inside_is_said_where_it_was_seen() {
    let mock = catalog_of(|| list(0), || list(0)).await;
    let open = tree(&mock, &["sales"], "").await;
    assert_eq!(open[1].notes, ["Nothing is listed inside"]);
    let again = tree(&mock, &["sales"], "").await;
    assert!(again[0].children[0].is_hollow(), "{again:?}");
    let mock = catalog_of(|| list(0), refused).await;
    tree(&mock, &["sales"], "").await;
    assert_eq!(inside(&tree(&mock, &[], "").await), None);
}

#[tokio::test]
async fn a_filter_finds_tables_of_what_is_open() {
    let mock = catalog_of(|| list(230), || list(2)).await;
    let found = tree(&mock, &["sales"], "N22").await;
    assert_eq!(found[0].children.len(), 1, "what is open stays");
    assert_eq!(found[1].objects[0].names.len(), 10);
    let none = tree(&mock, &["sales"], "zzz").await;
    assert_eq!(none[1].notes, ["Nothing inside is called so"]);
}

#[tokio::test]
async fn a_list_that_does_not_come_is_said_to_be_on_its_way() {
    let mock = Mock::serve(|request: Request| async move {
        match request.uri().path() {
            path if path.ends_with("/tables") => std::future::pending().await,
            path if path.ends_with("/views") => list(1),
            _ => polaris(&request),
        }
    });
    let open = tree(&mock.await, &["sales"], "").await;
    assert!(open[1].arriving);
    assert_eq!(open[1].notes, ["Reading tables…"]);
}

#[tokio::test]
async fn an_address_that_opens_much_costs_no_more_than_so_many_lists() {
    let mock = Mock::polaris().await;
    let names: Vec<String> = (0..200).map(|index| format!("n{index}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let open = tree(&mock, &names, "").await;
    assert_eq!(open.len(), 201);
    assert_eq!(open[200].notes, [TOO_MANY]);
    assert!(mock.asked("") <= LISTS + 5);
}
