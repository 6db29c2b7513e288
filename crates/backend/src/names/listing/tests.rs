//! The tab of views, of a server that answers as each test says.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Response},
};
use serde_json::json;

use super::*;
use crate::mock::{Mock, polaris};

const LISTED: [&str; 2] = [
    "GET /v1/{prefix}/namespaces",
    "GET /v1/{prefix}/namespaces/{namespace}/views",
];

/// Polaris as it is, whose list of views is answered by `views`.
async fn catalog_of(views: impl Fn(usize) -> Response + Clone + Send + Sync + 'static) -> Mock {
    let count = std::sync::Arc::new(AtomicUsize::new(0));
    Mock::serve(move |request: Request| {
        let path = request.uri().path();
        let answer = match path {
            "/api/catalog/v1/config" => Json(json!({"endpoints": LISTED})).into_response(),
            "/api/catalog/v1/namespaces/sales/views" => views(count.fetch_add(1, Ordering::SeqCst)),
            "/api/catalog/v1/namespaces/sales" => {
                Json(json!({"namespace": ["sales"]})).into_response()
            }
            _ => polaris(&request),
        };
        async move { answer }
    })
    .await
}

async fn look(mock: &Mock, kind: NameKind, fresh: bool) -> Names {
    let uri = "/api/names".parse().unwrap();
    let session = Session::new(
        mock.registry(),
        crate::Who::local(),
        &uri,
        &HeaderMap::new(),
    );
    let place = Place {
        namespace: vec!["sales".to_owned()],
        ..Place::connection("c")
    };
    let ask = NamesAsk {
        count: 10,
        ..NamesAsk::default()
    };
    names(&session, &place, kind, &ask, fresh)
        .await
        .unwrap()
        .data
}

fn list() -> Response {
    Json(json!({"identifiers": [{"namespace": ["sales"], "name": "v"}]})).into_response()
}

#[tokio::test]
async fn a_page_in_the_place_of_a_list_is_asked_for_again() {
    let page = || (StatusCode::NOT_FOUND, Html("<html>nginx</html>")).into_response();
    let nothing = || StatusCode::NOT_IMPLEMENTED.into_response();
    let unknown = || (StatusCode::NOT_FOUND, Json(json!({"message": "Not Found"}))).into_response();
    for refused in [page, nothing, unknown] {
        let mock = catalog_of(move |count| if count == 0 { refused() } else { list() }).await;
        let first = look(&mock, NameKind::Views, false).await;
        let Arrival::Capped(reason) = first.arrival else {
            panic!("{first:?}")
        };
        assert!(reason.contains("Refresh asks again"), "{reason}");
        assert_eq!(look(&mock, NameKind::Views, false).await.names, ["v"]);
    }
}

#[tokio::test]
async fn a_refusal_of_the_server_holds_until_somebody_asks_for_now() {
    let refused = || {
        let body = json!({"error": {"message": "No views here", "type": "UnsupportedOperationException", "code": 406}});
        (StatusCode::NOT_ACCEPTABLE, Json(body)).into_response()
    };
    let mock = catalog_of(move |count| if count == 0 { refused() } else { list() }).await;
    for _ in 0..2 {
        let names = look(&mock, NameKind::Views, false).await;
        assert!(
            matches!(&names.arrival, Arrival::Unsupported(reason) if reason.contains("No views here")),
            "{names:?}"
        );
    }
    assert_eq!(mock.asked("/views"), 1);
    assert_eq!(look(&mock, NameKind::Views, true).await.names, ["v"]);
}

#[tokio::test]
async fn what_every_catalog_has_is_asked_for_though_it_is_not_listed() {
    let mock = catalog_of(|_| list()).await;
    look(&mock, NameKind::Namespaces, false).await;
    assert_eq!(mock.asked("parent=sales"), 1);
}

/// Polaris as it is, that lists these endpoints and answers the question for generic tables so.
async fn with_generic_tables(
    endpoints: &'static [&'static str],
    tables: impl Fn(&Request) -> Response + Clone + Send + Sync + 'static,
) -> Mock {
    Mock::serve(move |request: Request| {
        let answer = match request.uri().path() {
            "/api/catalog/v1/config" => Json(json!({"endpoints": endpoints})).into_response(),
            "/api/catalog/v1/namespaces/sales" => {
                Json(json!({"namespace": ["sales"]})).into_response()
            }
            path if path.ends_with("/generic-tables") => tables(&request),
            path if path.ends_with("/namespaces/sales/tables") => {
                Json(json!({"identifiers": []})).into_response()
            }
            _ => polaris(&request),
        };
        async move { answer }
    })
    .await
}

const GENERIC: &[&str] = &[
    "GET /v1/{prefix}/namespaces/{namespace}/tables",
    "GET /polaris/v1/{prefix}/namespaces/{namespace}/generic-tables",
];

#[tokio::test]
async fn generic_tables_are_asked_for_only_where_the_server_lists_the_call() {
    let answer = |_: &Request| list();
    for (endpoints, asked) in [(&GENERIC[..1], 0), (GENERIC, 1)] {
        let mock = with_generic_tables(endpoints, answer).await;
        let uri = "/api/counts".parse().unwrap();
        let session = Session::new(
            mock.registry(),
            crate::Who::local(),
            &uri,
            &HeaderMap::new(),
        );
        let place = Place {
            namespace: vec!["sales".to_owned()],
            ..Place::connection("c")
        };
        let mut counted = counts(&session, &place).await.unwrap();
        // A busy machine reads them for longer than a page waits.
        for _ in 0..100 {
            if !counted.arriving {
                break;
            }
            counted = counts(&session, &place).await.unwrap();
        }
        assert_eq!(mock.asked("/generic-tables"), asked);
        assert_eq!(counted.generic_tables, (asked > 0).then(|| "1".to_owned()));
        let names = look(&mock, NameKind::GenericTables, false).await;
        assert_eq!(mock.asked("/generic-tables"), asked);
        assert_eq!(
            matches!(names.arrival, Arrival::Unsupported(_)),
            asked == 0,
            "{names:?}"
        );
    }
}

#[tokio::test]
async fn a_list_of_generic_tables_that_does_not_end_is_not_whole() {
    let endless = |_: &Request| {
        let again = json!({"identifiers": [{"namespace": ["sales"], "name": "g"}], "next-page-token": "again"});
        Json(again).into_response()
    };
    let mock = with_generic_tables(GENERIC, endless).await;
    let names = look(&mock, NameKind::GenericTables, false).await;
    assert_eq!(names.names, ["g"]);
    assert!(matches!(names.arrival, Arrival::Capped(_)), "{names:?}");

    let gone = |_: &Request| {
        let gone = json!({"error": {"message": "Unable to find", "type": "NotFoundException", "code": 404}});
        (StatusCode::NOT_FOUND, Json(gone)).into_response()
    };
    let mock = with_generic_tables(GENERIC, gone).await;
    let names = look(&mock, NameKind::GenericTables, false).await;
    assert!(matches!(names.arrival, Arrival::Capped(_)), "{names:?}");
}

#[tokio::test]
async fn of_each_list_that_is_cut_the_way_to_the_rest_is_told() {
    const ALL: &[&str] = &[
        "GET /v1/{prefix}/namespaces",
        "GET /v1/{prefix}/namespaces/{namespace}/tables",
        "GET /v1/{prefix}/namespaces/{namespace}/views",
        "GET /polaris/v1/{prefix}/namespaces/{namespace}/generic-tables",
    ];
    let mock = Mock::serve(|request: Request| {
        let listed = json!([{"namespace": ["sales"], "name": "n"}]);
        let answer = match request.uri().path() {
            "/api/catalog/v1/config" => json!({ "endpoints": ALL }),
            path if path.ends_with("/namespaces") => {
                json!({"namespaces": [["sales", "n"]], "next-page-token": "again"})
            }
            _ => json!({"identifiers": listed, "next-page-token": "again"}),
        };
        async move { Json(answer).into_response() }
    })
    .await;
    let full = "opens by its full name on the connection’s page";
    for (kind, way) in [
        (NameKind::Namespaces, full),
        (NameKind::Tables, full),
        (NameKind::Views, full),
        (
            NameKind::GenericTables,
            "by its name below the list of the section",
        ),
    ] {
        let names = look(&mock, kind, false).await;
        let Arrival::Capped(why) = names.arrival else {
            panic!("{names:?}")
        };
        assert!(why.contains("repeated a page token"), "{why}");
        assert!(why.contains(way), "{why}");
    }
}
