//! Searches of a catalog that shows each identity something else.

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use iceberg_rest::{Auth, Dialect};
use model::{
    person::Role,
    search::{Group, What},
};
use serde_json::{Value, json};

use super::*;
use crate::{Spec, cache::CACHE, mock::Mock};

/// Far too often for what ends.
const OFTEN: usize = 1_000;

/// Who has signed in with `one` sees other namespaces than who has with `two`; one is shown to both and
/// refused, and one to whoever signs in with `many`, which has hundreds.
fn answer(request: &Request) -> Response {
    let by = request.headers().get(header::AUTHORIZATION);
    let by = by.map_or("", |by| by.to_str().unwrap());
    let path = request.uri().path();
    match path.strip_prefix("/api/management/v1/") {
        Some("principals") => {
            return Json(json!({ "principals": [{ "name": "anna" }] })).into_response();
        }
        Some("principal-roles") => {
            return Json(json!({ "roles": [{ "name": "stewards" }] })).into_response();
        }
        Some("catalogs") => return Json(json!({ "catalogs": [] })).into_response(),
        _ => {}
    }
    let path = path.strip_prefix("/api/catalog/v1/").unwrap_or_default();
    let list = |names: Vec<String>| {
        let names = names.iter().map(|name| json!([name]));
        Json(json!({ "namespaces": names.collect::<Vec<_>>() })).into_response()
    };
    let own = if by.ends_with("one") { "sales" } else { "hr" };
    let tables = |name: &str| {
        let all: Vec<Value> = match name {
            "none" => vec![],
            name => vec![json!({ "namespace": [own], "name": name })],
        };
        Json(json!({ "identifiers": all })).into_response()
    };
    match (path, request.uri().query()) {
        ("config", _) => Json(json!({ "defaults": {}, "overrides": {}, "endpoints": [
            "GET /v1/{prefix}/namespaces", "GET /v1/{prefix}/namespaces/{namespace}/tables",
        ] }))
        .into_response(),
        ("namespaces", Some(query)) if query.contains("parent") => list(vec![]),
        ("namespaces", _) if by.ends_with("many") => {
            list((0..250).map(|number| format!("n{number}")).collect())
        }
        ("namespaces", _) => list(vec![own.into(), "faults".into()]),
        ("namespaces/sales/tables", _) if own == "sales" => tables("orders"),
        ("namespaces/hr/tables", _) if own == "hr" => tables("salaries"),
        ("namespaces/faults/tables", _) => StatusCode::FORBIDDEN.into_response(),
        (path, _) if path.ends_with("/tables") => tables("none"),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A connection `c` as who signs in so, and nothing read.
async fn signed_in(token: &str) -> Mock {
    let mock = Mock::serve(async |request| answer(&request)).await;
    put(&mock, "c", token);
    mock
}

fn put(mock: &Mock, name: &str, token: &str) {
    let spec = Spec {
        kind: Some(Dialect::Polaris),
        auth: Auth::Bearer(token.into()),
        ..Spec::new(name, mock.catalog().spec.url.clone())
    };
    mock.registry().put(spec).unwrap();
}

fn session(mock: &Mock, headers: &HeaderMap) -> Session {
    Session::new(
        mock.registry(),
        crate::Who::local(),
        &"/search".parse().unwrap(),
        headers,
    )
}

/// What is found once all that is read by itself was read.
async fn find(mock: &Mock, ask: &str) -> Vec<Group> {
    let session = session(mock, &HeaderMap::new());
    for _ in 0..OFTEN {
        let found = search(&session, ask.into()).await.unwrap();
        if found.groups.iter().all(|group| !group.reading) {
            return found.groups;
        }
    }
    panic!("it is read for ever");
}

/// The full names of what is found, by connection.
fn names(groups: &[Group]) -> Vec<String> {
    let name = |group: &Group| {
        let hits = group.hits.iter().map(|hit| {
            hit.pieces
                .iter()
                .map(|piece| piece.text.as_str())
                .collect::<String>()
        });
        format!(
            "{}: {}",
            group.connection.as_deref().unwrap_or_default(),
            hits.collect::<Vec<_>>().join(", ")
        )
    };
    groups.iter().map(name).collect()
}

#[tokio::test]
async fn two_identities_never_see_each_others_names() {
    let mock = signed_in("one").await;
    put(&mock, "d", "two");
    assert_eq!(
        names(&find(&mock, "q=orders").await),
        ["c: sales.orders", "d: "]
    );
    assert_eq!(
        names(&find(&mock, "q=salaries").await),
        ["d: hr.salaries", "c: "]
    );
    assert_eq!(names(&find(&mock, "q=salaries&in=c").await), ["c: "]);
    // The same connection, as somebody else.
    put(&mock, "c", "two");
    assert_eq!(names(&find(&mock, "q=orders&in=c").await), ["c: "]);
    assert_eq!(
        names(&find(&mock, "q=salaries&in=c").await),
        ["c: hr.salaries"]
    );
}

#[tokio::test]
async fn what_was_refused_is_said_and_is_asked_for_again_by_who_wants_that() {
    let mock = signed_in("one").await;
    let groups = find(&mock, "q=orders").await;
    let seen = groups[0].seen.join(" ");
    assert!(seen.contains("1 of 2 namespaces read."), "{seen}");
    assert!(seen.contains("Refused: faults (tables)."), "{seen}");
    assert!(groups[0].partial);
    assert_eq!(mock.asked("faults/tables"), 1);
    find(&mock, "q=order").await;
    assert_eq!(mock.asked("faults/tables"), 1, "not by each who searches");
    let rest = groups[0].rest.as_deref().unwrap_or_default();
    assert!(rest.contains("refused"), "{rest}");
    more(&session(&mock, &HeaderMap::new()), "c").await.unwrap();
    find(&mock, "q=order").await;
    assert_eq!(mock.asked("faults/tables"), 2);
}

#[tokio::test]
async fn that_something_is_hidden_is_no_fact_of_a_server_that_nobody_knows() {
    let mock = signed_in("one").await;
    let spec = Spec {
        kind: Some(Dialect::Generic),
        auth: Auth::Bearer("one".to_owned().into()),
        ..Spec::new("c", mock.catalog().spec.url.clone())
    };
    mock.registry().put(spec).unwrap();
    let seen = find(&mock, "q=orders").await[0].seen.join(" ");
    assert!(seen.contains("may leave out what is hidden"), "{seen}");
}

#[tokio::test]
async fn no_more_is_read_by_itself_than_was_said_and_the_rest_for_who_asks() {
    let mock = signed_in("many").await;
    let groups = find(&mock, "q=n249").await;
    assert_eq!(names(&groups), ["c: n249"], "the name is known");
    let read = mock.asked("/tables");
    assert!((150..=200).contains(&read), "{read}");
    assert!(groups[0].rest.is_some() && groups[0].partial, "{groups:?}");
    find(&mock, "q=n248").await;
    assert_eq!(mock.asked("/tables"), read, "nor by the next search");
    more(&session(&mock, &HeaderMap::new()), "c").await.unwrap();
    let groups = find(&mock, "q=n249").await;
    assert_eq!(mock.asked("/tables"), 250);
    assert!(
        groups[0].seen[0].contains("All 250 namespaces"),
        "{groups:?}"
    );
    assert_eq!((groups[0].partial, &groups[0].rest), (false, &None));
}

#[tokio::test]
async fn a_link_elsewhere_has_nothing_read() {
    let mock = signed_in("one").await;
    let elsewhere = HeaderMap::from_iter([(
        "sec-fetch-site".parse().unwrap(),
        "cross-site".parse().unwrap(),
    )]);
    let session = session(&mock, &elsewhere);
    let found = search(&session, "q=orders".into()).await.unwrap();
    assert_eq!(mock.asked("/namespaces"), 0);
    let group = &found.groups[0];
    assert!(group.partial && group.rest.is_some(), "{group:?}");
    assert_eq!(group.seen, ["Nothing of it was read yet."]);
}

#[tokio::test]
async fn what_somebody_opened_is_found_and_a_change_has_it_read_again() {
    let mock = signed_in("one").await;
    find(&mock, "q=orders").await;
    let before = mock.asked("sales/tables");
    mock.catalog().changes.touch(About::Content);
    assert_eq!(names(&find(&mock, "q=orders").await), ["c: sales.orders"]);
    assert_eq!(mock.asked("sales/tables"), before + 1);
}

#[tokio::test]
async fn one_that_is_down_is_said_and_keeps_nobody_from_the_others() {
    let mock = signed_in("one").await;
    let spec = Spec::new("down", "http://127.0.0.1:9/api/catalog");
    mock.registry().put(spec).unwrap();
    let groups = find(&mock, "q=sales.orders").await;
    assert_eq!(names(&groups), ["c: sales.orders", "down: "]);
    let seen = groups[1].seen.join(" ");
    assert!(seen.contains("It was not reached: "), "{seen}");
    assert_eq!((groups[1].partial, &groups[1].open), (true, &None));
}

#[tokio::test]
async fn a_kind_is_searched_by_itself() {
    let mock = signed_in("one").await;
    let groups = find(&mock, "q=s&kind=namespace").await;
    assert_eq!(names(&groups), ["c: sales, faults"]);
    let kinds = groups[0].hits.iter().map(|hit| hit.what);
    assert!(kinds.into_iter().all(|what| what == What::Namespace));
}

#[tokio::test]
async fn a_page_of_an_object_is_found_by_both_their_names() {
    let mock = signed_in("one").await;
    let first = async |ask: &str| {
        let group = find(&mock, ask).await.remove(0);
        let hit = group.hits.into_iter().next().expect("a hit");
        let name: String = hit.pieces.iter().map(|piece| piece.text.as_str()).collect();
        (hit.what, name, hit.href)
    };
    for (ask, name, href) in [
        ("grants of sales", "Grants of sales", "/c/c/grants?ns=sales"),
        (
            "history of ordres",
            "History of sales.orders",
            "/c/c/t/snapshots?ns=sales&t=orders",
        ),
        (
            "Who can use it of sales.orders",
            "Who can use it of sales.orders",
            "/c/c/who?ns=sales&t=orders",
        ),
        (
            "prop of orders",
            "Properties of sales.orders",
            "/c/c/t/properties?ns=sales&t=orders",
        ),
    ] {
        let found = first(&format!("q={}", ask.replace(' ', "+"))).await;
        assert_eq!(
            found,
            (What::Page, name.to_owned(), href.to_owned()),
            "{ask}"
        );
    }
    let tables = find(&mock, "q=grants+of+sales&kind=table").await;
    assert!(tables[0].hits.iter().all(|hit| hit.what == What::Table));
}

#[tokio::test]
async fn more_than_a_page_of_results_stand_on_further_pages() {
    let mock = signed_in("many").await;
    let page = async |number: usize| {
        let ask = format!("q=n&kind=namespace&in=c&page={number}");
        let group = find(&mock, &ask).await.remove(0);
        let first = group.hits[0].pieces.iter().map(|piece| piece.text.as_str());
        (
            group.start,
            group.hits.len(),
            group.total,
            first.collect::<String>(),
        )
    };
    assert_eq!(page(1).await, (0, 200, 250, "n0".into()));
    let second = page(2).await;
    assert_eq!((second.0, second.1, second.2), (200, 50, 250));
    assert_eq!(page(9).await, second, "beyond the end is the last");
}

#[tokio::test]
async fn what_was_read_at_another_reference_is_found_there() {
    let mock = Mock::serve(async |request| {
        let answer = match request.uri().path() {
            "/api/catalog/v1/config" => {
                json!({ "defaults": { "prefix": "main" }, "overrides": {} })
            }
            "/api/catalog/v1/main/namespaces" => json!({ "namespaces": [["sales"]] }),
            "/api/catalog/v1/dev/namespaces" => json!({ "namespaces": [["trial"]] }),
            _ => return StatusCode::NOT_FOUND.into_response(),
        };
        Json(answer).into_response()
    })
    .await;
    let spec = Spec {
        kind: Some(Dialect::Nessie),
        ..Spec::new("c", mock.catalog().spec.url.clone())
    };
    mock.registry().put(spec).unwrap();
    assert_eq!(names(&find(&mock, "q=trial&kind=namespace").await), ["c: "]);
    let catalog = mock.catalog();
    let dev = catalog.client(None, Some("dev")).await.unwrap();
    let list = catalog.list(&dev, crate::listing::ListKind::Namespaces(None), false);
    list.ended().await;
    let groups = find(&mock, "q=trial&kind=namespace").await;
    assert_eq!(names(&groups), ["c: trial"]);
    let hit = &groups[0].hits[0];
    assert_eq!(
        (hit.note.as_deref(), hit.href.as_str()),
        (Some("at dev"), "/c/c/ns?ref=dev&ns=trial")
    );
    assert!(
        groups[0]
            .seen
            .iter()
            .any(|it| it.contains("At dev what was read lately"))
    );
}

#[tokio::test]
async fn principals_roles_and_pages_are_found_by_name() {
    let mock = signed_in("one").await;
    let what = async |ask| {
        let groups = find(&mock, ask).await;
        let hit = groups[0].hits[0].clone();
        (hit.what, hit.href)
    };
    assert_eq!(
        what("q=anna").await,
        (What::Principal, "/c/c/principal?name=anna".into())
    );
    let role = (
        What::PrincipalRole,
        "/c/c/principal-role?name=stewards".into(),
    );
    assert_eq!(what("q=steward").await, role);
    assert_eq!(
        what("q=new principal").await,
        (What::Page, "/c/c/principal-new".into())
    );
    assert_eq!(what("q=grants").await, (What::Page, "/c/c/grants".into()));
    assert_eq!(mock.asked("/principals"), 1, "once for all searches");
    let console = find(&mock, "q=troubleshooting").await;
    assert_eq!(console[1].connection, None);
    assert_eq!(console[1].hits[0].href, "/troubleshooting");
}

#[tokio::test]
async fn what_a_reading_went_through_is_not_gone_through_again() {
    let mock = signed_in("one").await;
    let catalog = mock.catalog();
    let mut fill = Fill::begin(&catalog);
    fill.ends(60 * LONGER).await.unwrap();
    // What is handed on is all there is by now.
    let grant = catalog.grant(About::Content);
    CACHE.forget(|kept| kept.is_of(&grant));
    let ask = SearchAsk::read(&Query::parse("q=orders"));
    let (_, group) = group::group(&catalog, &ask, Some(fill)).await;
    assert_eq!(group.unwrap().hits[0].what, What::Table);
}

#[test]
fn pages_of_the_console_itself_are_found_by_whoever_may_see_them() {
    let found = |role, text: &str| {
        let who = crate::Who::new(crate::Said {
            role: Some(role),
            ..crate::Said::default()
        });
        let ask = SearchAsk::read(&Query::parse(&format!("q={text}")));
        let group = group::of_console(&ask, &who);
        names(group.as_slice()).concat()
    };
    assert_eq!(found(Role::Admin, "people"), ": People");
    assert_eq!(found(Role::Admin, "record"), ": Record of changes");
    for role in [Role::Viewer, Role::Editor] {
        assert_eq!(found(role, "people"), "");
        assert_eq!(found(role, "record"), "");
        assert_eq!(found(role, "changed"), ": What you changed");
        assert_eq!(found(role, "you"), ": You, What you changed");
    }
}
