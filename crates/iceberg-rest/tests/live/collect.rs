//! Collecting who may do what: how many requests, and what becomes of refusals on the way.

use std::sync::Mutex;

use axum::{body::Body, http::Response};
use iceberg_rest::{
    ErrorKind,
    polaris::{Management, Progress, access::Part},
};
use serde_json::{Value, json};

use crate::server::{self, Mock};

fn named(key: &str, names: &[&str]) -> Response<Body> {
    let items: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
    server::json(json!({key: items}))
}

fn refused(operation: &str) -> Response<Body> {
    let message = format!("Principal 'p' is not authorized for op {operation}");
    let mut answer = server::json(
        json!({"error": {"message": message, "type": "ForbiddenException", "code": 403}}),
    );
    *answer.status_mut() = axum::http::StatusCode::FORBIDDEN;
    answer
}

/// Three catalogs with two, none and three roles; two principal roles. `special` answers first.
async fn realm(
    special: impl Fn(&str) -> Option<Response<Body>> + Send + Sync + 'static,
) -> (Mock, Management) {
    let mock = server::serve(move |seen| {
        let path = seen.target.trim_start_matches("/api/management/v1/");
        if let Some(answer) = special(path) {
            return answer;
        }
        match path.split('/').collect::<Vec<_>>()[..] {
            ["principals"] => named("principals", &["root", "idle"]),
            ["principal-roles"] => named("roles", &["service_admin", "readers"]),
            ["principal-roles", "readers", "principals"] => named("principals", &["ann"]),
            ["principal-roles", _, "principals"] => named("principals", &["root"]),
            ["catalogs"] => named("catalogs", &["a", "b", "c"]),
            ["catalogs", "a", "catalog-roles"] => named("roles", &["x", "y"]),
            ["catalogs", "b", "catalog-roles"] => named("roles", &[]),
            ["catalogs", _, "catalog-roles"] => named("roles", &["x", "y", "z"]),
            ["catalogs", _, _, _, "principal-roles"] => named("roles", &["readers"]),
            ["catalogs", _, _, _, "grants"] => {
                server::json(json!({"grants": [{"type": "catalog", "privilege": "TABLE_READ_DATA"}, {"type": "newer"}]}))
            }
            _ => panic!("unexpected request {path}"),
        }
    })
    .await;
    let server = server::server(server::settings(&format!("{}/api/catalog", mock.url)));
    (mock, Management::new(server))
}

#[tokio::test]
async fn it_takes_one_request_more_than_the_formula() {
    let (mock, management) = realm(|_| None).await;
    let told = Mutex::new(Vec::new());
    let tell = |progress: Progress| told.lock().unwrap().push(progress);
    let world = management.collect_world(&[], tell).await.unwrap();
    // 2 + C + 2·ΣR + PR, and the list of principals.
    let expected = 2 + 3 + 2 * 5 + 2 + 1;
    assert_eq!(mock.seen().len(), expected);
    let told = told.into_inner().unwrap();
    let last = Progress {
        done: expected,
        total: expected,
    };
    assert_eq!(told.last(), Some(&last));
    assert!(told.iter().all(|progress| progress.done <= progress.total));

    assert_eq!(world.principals.items(), ["root", "idle"]);
    assert_eq!(world.principal_roles.items()[1].members.items(), ["ann"]);
    let sizes: Vec<usize> = world
        .catalogs
        .iter()
        .map(|catalog| catalog.roles.items().len())
        .collect();
    assert_eq!(sizes, [2, 0, 3]);
    let role = &world.catalogs[2].roles.items()[2];
    assert_eq!(
        (role.name.as_str(), role.assignees.items()),
        ("z", &["readers".to_owned()][..])
    );
    assert_eq!(role.grants.items().len(), 1);
    assert_eq!(world.more_catalogs, None);
}

#[tokio::test]
async fn a_refusal_on_the_way_leaves_its_part_unknown() {
    let (_mock, management) = realm(|path| match path {
        "principals" => Some(refused("LIST_PRINCIPALS")),
        "catalogs" => Some(refused("LIST_CATALOGS")),
        "catalogs/b/catalog-roles" => Some(refused("LIST_CATALOG_ROLES")),
        "catalogs/a/catalog-roles/y/grants" => Some(refused("LIST_GRANTS_FOR_CATALOG_ROLE")),
        "principal-roles/readers/principals" => Some(server::status(500, "")),
        _ => None,
    })
    .await;
    let by_hand = ["a".to_owned(), "b".to_owned()];
    let world = management.collect_world(&by_hand, |_| ()).await.unwrap();
    let why = |text: Option<&str>, operation: &str| {
        assert!(text.unwrap().contains(operation), "{text:?}")
    };
    why(world.principals.why(), "LIST_PRINCIPALS");
    why(world.more_catalogs.as_deref(), "LIST_CATALOGS");
    why(world.catalogs[1].roles.why(), "LIST_CATALOG_ROLES");
    let roles = world.catalogs[0].roles.items();
    assert!(matches!(roles[0].grants, Part::Known(_)));
    why(roles[1].grants.why(), "LIST_GRANTS_FOR_CATALOG_ROLE");
    why(world.principal_roles.items()[1].members.why(), "500");
}

#[tokio::test]
async fn what_is_deleted_meanwhile_is_left_out() {
    let gone = || {
        let mut answer = server::json(
            json!({"error": {"message": "gone", "type": "NotFoundException", "code": 404}}),
        );
        *answer.status_mut() = axum::http::StatusCode::NOT_FOUND;
        answer
    };
    let (_mock, management) = realm(move |path| match path {
        "catalogs/b/catalog-roles" | "catalogs/c/catalog-roles/y/grants" => Some(gone()),
        "principal-roles/readers/principals" => Some(gone()),
        _ => None,
    })
    .await;
    let world = management.collect_world(&[], |_| ()).await.unwrap();
    let names: Vec<&str> = world
        .catalogs
        .iter()
        .map(|catalog| catalog.name.as_str())
        .collect();
    assert_eq!(names, ["a", "c"]);
    let roles: Vec<&str> = world.catalogs[1]
        .roles
        .items()
        .iter()
        .map(|role| role.name.as_str())
        .collect();
    assert_eq!(roles, ["x", "z"]);
    assert_eq!(world.principal_roles.items().len(), 1);
}

#[tokio::test]
async fn without_a_way_in_it_fails() {
    let (mock, management) = realm(|_| Some(server::status(401, ""))).await;
    let error = management.collect_world(&[], |_| ()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthenticated);
    assert_eq!(mock.seen().len(), 1);
}
