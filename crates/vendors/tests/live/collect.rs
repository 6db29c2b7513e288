//! Collecting who may do what: how many requests, and what becomes of refusals on the way.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use access::polaris::{Access, Answer, Object, Operation, Part, Question, Subject, Verdict, World};
use axum::{
    body::{Body, Bytes},
    http::Response,
};
use futures_util::stream;
use iceberg_rest::ErrorKind;
use serde_json::{Value, json};
use vendors::polaris::{Management, Progress};

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
    let mut settings = server::settings(&format!("{}/api/catalog", mock.url));
    settings.limits.read_time = Duration::from_millis(500);
    settings.limits.body_bytes = 256 * 1024;
    (mock, Management::new(server::server(settings)))
}

/// Headers, and then nothing for ever.
fn silent() -> Response<Body> {
    Response::new(Body::from_stream(stream::pending::<
        Result<Bytes, std::io::Error>,
    >()))
}

/// A body that breaks off.
fn cut() -> Response<Body> {
    let bytes = [
        Ok(Bytes::from_static(b"{\"roles\": [")),
        Err(std::io::Error::other("cut")),
    ];
    Response::new(Body::from_stream(stream::iter(bytes)))
}

fn too_large() -> Response<Body> {
    server::status(200, &" ".repeat(257 * 1024))
}

/// Why parts of a world are unknown, in order.
fn reasons(world: &World) -> Vec<&str> {
    let mut reasons: Vec<Option<&str>> = vec![
        world.principals.why(),
        world.principal_roles.why(),
        world.more_catalogs.as_deref(),
    ];
    let roles = world.principal_roles.items().iter();
    reasons.extend(roles.map(|role| role.members.why()));
    for catalog in &world.catalogs {
        reasons.push(catalog.roles.why());
        for role in catalog.roles.items() {
            reasons.extend([role.assignees.why(), role.grants.why()]);
        }
    }
    reasons.into_iter().flatten().collect()
}

#[tokio::test]
async fn it_takes_one_request_more_than_the_formula() {
    let (mock, management) = realm(|_| None).await;
    let told = Mutex::new(Vec::new());
    let tell = |progress: Progress| told.lock().unwrap().push(progress);
    let world = management
        .collect_world(&[], usize::MAX, tell)
        .await
        .unwrap();
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
    let privileges = role.grants.items().iter().map(|grant| &*grant.privilege);
    let privileges: Vec<_> = privileges.collect();
    assert_eq!(privileges, ["TABLE_READ_DATA", " on a newer"]);
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
    let world = management
        .collect_world(&by_hand, usize::MAX, |_| ())
        .await
        .unwrap();
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
async fn what_there_is_no_room_for_is_unknown_and_not_asked_for() {
    let grants = |count: usize| {
        let grant = |id: usize| json!({"type": "table", "namespace": ["n"], "tableName": format!("t{id}"), "privilege": "TABLE_READ_DATA"});
        server::json(json!({"grants": (0..count).map(grant).collect::<Vec<_>>()}))
    };
    let (mock, management) = realm(move |path| match path {
        "catalogs/a/catalog-roles/y/grants" => Some(grants(500)),
        _ => None,
    })
    .await;
    let whole = management
        .collect_world(&[], usize::MAX, |_| ())
        .await
        .unwrap();
    assert!(reasons(&whole).is_empty());
    assert!(whole.bytes() > 2 << 17, "{}", whole.bytes());
    let asked = mock.seen().len();

    let most = 1 << 17;
    let world = management.collect_world(&[], most, |_| ()).await.unwrap();
    assert!(world.bytes() < most, "{}", world.bytes());
    let roles = world.catalogs[0].roles.items();
    assert_eq!(world.principals.items().len(), 2, "what was read before");
    assert!(roles[1].grants.why().unwrap().contains("is cut at"));
    for role in world.catalogs[2].roles.items() {
        assert!(role.grants.why().unwrap().contains("is cut at"));
    }
    assert_eq!(mock.seen().len() - asked, asked - 3 * 2, "the roles of c");
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
    let world = management
        .collect_world(&[], usize::MAX, |_| ())
        .await
        .unwrap();
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
    let error = management
        .collect_world(&[], usize::MAX, |_| ())
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthenticated);
    assert_eq!(mock.seen().len(), 1);
}

#[tokio::test]
async fn a_name_that_no_address_can_hold_costs_its_own_part() {
    let (_mock, management) = realm(|path| match path {
        "principal-roles" => Some(named("roles", &["..", "readers", "."])),
        "catalogs" => Some(named("catalogs", &["a", "..", "b"])),
        "catalogs/a/catalog-roles" => Some(named("roles", &["x", "..", ""])),
        _ => None,
    })
    .await;
    let world = management
        .collect_world(&[], usize::MAX, |_| ())
        .await
        .unwrap();
    let reasons = reasons(&world);
    // Two principal roles, a catalog, and both lists of two catalog roles.
    assert_eq!(reasons.len(), 2 + 1 + 2 * 2, "{reasons:?}");
    assert!(
        reasons.iter().all(|why| why.contains("a name cannot be")),
        "{reasons:?}"
    );
    assert_eq!(world.principal_roles.items()[1].members.items(), ["ann"]);
    assert!(matches!(world.catalogs[2].roles, Part::Known(_)));
    let x = &world.catalogs[0].roles.items()[0];
    assert_eq!(x.assignees.items(), ["readers"]);
}

#[tokio::test]
async fn one_list_that_fails_costs_its_own_part() {
    let lists = [
        "principals",
        "principal-roles",
        "catalogs",
        "principal-roles/readers/principals",
        "catalogs/c/catalog-roles",
        "catalogs/a/catalog-roles/y/principal-roles",
        "catalogs/a/catalog-roles/y/grants",
    ];
    type Answer = fn() -> Response<Body>;
    let faults: [(&str, Answer); 13] = [
        ("408", || server::status(408, "")),
        ("409", || server::status(409, "")),
        ("410", || server::status(410, "")),
        ("Gone.", || {
            server::status(
                410,
                r#"{"error":{"message":"Gone.","type":"NotFoundException","code":410}}"#,
            )
        }),
        ("429", || server::status(429, "")),
        ("500", || server::status(500, "")),
        ("503", || server::status(503, "")),
        ("520", || server::status(520, "")),
        ("404", || server::status(404, "<html>")),
        ("HTML page", || server::status(200, "<html>")),
        ("of another shape", || server::json(json!({"x": 1}))),
        ("limit for one answer", too_large),
        ("", cut),
    ];
    // One server for all: a client takes long to make.
    let broken: Arc<Mutex<(&str, Answer)>> = Arc::new(Mutex::new(("", silent)));
    let now = broken.clone();
    let (_mock, management) = realm(move |path| {
        let (list, fault) = *now.lock().unwrap();
        (path == list).then(fault)
    })
    .await;
    for list in lists {
        for (reason, fault) in faults {
            *broken.lock().unwrap() = (list, fault);
            let world = management
                .collect_world(&["c".to_owned()], usize::MAX, |_| ())
                .await;
            let world = world.unwrap_or_else(|error| panic!("{reason} of {list}: {error}"));
            let reasons = reasons(&world);
            assert_eq!(reasons.len(), 1, "{reason} of {list}: {reasons:?}");
            assert!(reasons[0].contains(reason), "{list}: {reasons:?}");
            assert!(!world.catalogs.is_empty(), "{reason} of {list}");
        }
    }
    *broken.lock().unwrap() = (lists[6], silent);
    let world = management
        .collect_world(&[], usize::MAX, |_| ())
        .await
        .unwrap();
    let reasons = reasons(&world);
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    assert!(reasons[0].contains("within"), "{reasons:?}");
}

/// A hundred principal roles, of whose lists all fail from the tenth on.
async fn dying(fault: fn() -> Response<Body>) -> (Mock, Management) {
    let names: Vec<String> = (0..100).map(|id| id.to_string()).collect();
    realm(move |path| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match path.split('/').collect::<Vec<_>>()[..] {
            ["principal-roles"] => Some(named("roles", &names)),
            ["principal-roles", id, _] => id.parse::<u32>().is_ok_and(|id| id >= 10).then(fault),
            _ => None,
        }
    })
    .await
}

#[tokio::test]
async fn a_server_that_is_gone_is_asked_no_further() {
    for (status, kind) in [
        (401, ErrorKind::Unauthenticated),
        (429, ErrorKind::RateLimited),
        (503, ErrorKind::ServerError),
    ] {
        let (mock, management) = match status {
            401 => dying(|| server::status(401, "")).await,
            429 => dying(|| server::status(429, "")).await,
            _ => dying(|| server::status(503, "")).await,
        };
        let error = management
            .collect_world(&[], usize::MAX, |_| ())
            .await
            .unwrap_err();
        assert_eq!(error.kind, kind);
        let asked = mock.targets();
        let roles: HashSet<_> = asked.iter().collect();
        assert!(roles.len() < 60, "{} lists were asked for", roles.len());
    }
    // It does answer: what it refuses is unknown, however much that is.
    let (_mock, management) = dying(|| refused("LIST_PRINCIPALS")).await;
    let world = management
        .collect_world(&[], usize::MAX, |_| ())
        .await
        .unwrap();
    assert_eq!(reasons(&world).len(), 90);
}

#[tokio::test]
async fn where_nothing_can_be_read_it_fails() {
    for (fault, kind) in [
        (server::status(503, ""), ErrorKind::ServerError),
        (server::status(408, ""), ErrorKind::TimedOut),
        (server::status(200, "<html>"), ErrorKind::Malformed),
        (server::status(404, "<html>"), ErrorKind::Unsupported),
    ] {
        let (status, body) = (fault.status(), fault.into_body());
        let body = axum::body::to_bytes(body, 100).await.unwrap();
        let (mock, management) = realm(move |_| {
            let mut answer = Response::new(Body::from(body.clone()));
            *answer.status_mut() = status;
            Some(answer)
        })
        .await;
        let by_hand = ["a".to_owned()];
        let error = management
            .collect_world(&by_hand, usize::MAX, |_| ())
            .await
            .unwrap_err();
        assert_eq!(error.kind, kind);
        assert!(
            mock.targets()
                .iter()
                .all(|target| !target.contains("catalogs/a"))
        );
    }
    let server = server::server(server::settings("http://127.0.0.1:1/api/catalog"));
    let error = Management::new(server)
        .collect_world(&[], usize::MAX, |_| ())
        .await;
    assert!(matches!(error.unwrap_err().kind, ErrorKind::Unreachable(_)));
}

#[tokio::test]
async fn a_grant_on_what_nobody_can_name_makes_answers_unknown_and_not_denied() {
    let deep = vec!["a"; 10_000];
    let odd = [
        json!({"type": "generic-table", "namespace": ["a"], "tableName": "t", "privilege": "TABLE_READ_DATA"}),
        json!({"type": "table", "namespace": ["a"], "privilege": "TABLE_READ_DATA"}),
        json!({"type": "namespace", "namespace": deep, "privilege": "TABLE_READ_DATA"}),
        json!({"privilege": "TABLE_READ_DATA"}),
        json!({"type": "newer"}),
    ];
    let table = |namespace: &str| Object::Table {
        catalog: "a".to_owned(),
        namespace: vec![namespace.to_owned()],
        name: "t".to_owned(),
    };
    for grant in odd {
        let known =
            json!({"type": "namespace", "namespace": ["known"], "privilege": "TABLE_READ_DATA"});
        let grants = json!({"grants": [known, grant]});
        let (_mock, management) = realm(move |path| match path {
            "catalogs/a/catalog-roles/x/grants" => Some(server::json(grants.clone())),
            _ if path.ends_with("grants") => Some(server::json(json!({"grants": []}))),
            _ => None,
        })
        .await;
        let world = management
            .collect_world(&[], usize::MAX, |_| ())
            .await
            .unwrap();
        let access = Access::new(world);
        let load = Operation::named("LOAD_TABLE").unwrap();
        let (known, other, ann) = (table("known"), table("b"), Subject::Principal("ann"));
        let ask = |object| Question::new(load, object, None).unwrap();
        assert_eq!(access.verdict(ann, ask(&known)), Verdict::Allowed);
        let Answer::Unknown { missing, .. } = access.answer(ann, ask(&other)) else {
            panic!("it may reach this table")
        };
        assert_eq!(missing.len(), 1, "{missing:?}");
        let nobody = Subject::Principal("idle");
        assert_eq!(access.verdict(nobody, ask(&other)), Verdict::Denied);
    }
}

#[tokio::test]
async fn five_thousand_principals_are_collected_or_said_to_be_cut() {
    let names: Vec<String> = (0..5_000).map(|id| format!("principal-{id}")).collect();
    let of_all = names.clone();
    let (mock, management) = realm(move |path| {
        let names: Vec<&str> = of_all.iter().map(String::as_str).collect();
        match path {
            "principals" | "principal-roles/readers/principals" => {
                Some(named("principals", &names))
            }
            _ => None,
        }
    })
    .await;
    let world = management
        .collect_world(&[], 16 << 20, |_| ())
        .await
        .unwrap();
    assert!(reasons(&world).is_empty(), "{:?}", reasons(&world));
    assert_eq!(world.principals.items(), names);
    assert_eq!(
        world.principal_roles.items()[1].members.items().len(),
        5_000
    );
    assert_eq!(mock.seen().len(), 3 + 3 + 2 * 5 + 2);
    // Where there is no room for them all, what is not there is unknown.
    let world = management
        .collect_world(&[], 64 << 10, |_| ())
        .await
        .unwrap();
    assert!(reasons(&world).iter().any(|why| why.contains("is cut at")));
}
