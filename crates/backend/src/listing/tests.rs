//! Lists of a catalog whose pages come as each test says.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use axum::{
    Json,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;
use tokio::sync::oneshot;

use super::*;
use crate::mock::{Mock, polaris};

/// More than what is tested takes.
const SOON: Duration = Duration::from_secs(10);

fn is_list(request: &Request) -> bool {
    request.uri().path().ends_with("/namespaces")
}

/// The first page says that there is another; that one comes when `wait` ends.
async fn pages(request: Request, wait: Option<oneshot::Receiver<()>>) -> Response {
    if !is_list(&request) {
        return polaris(&request);
    }
    if !request
        .uri()
        .query()
        .unwrap_or_default()
        .contains("pageToken=2")
    {
        return Json(json!({"namespaces": [["b"]], "next-page-token": "2"})).into_response();
    }
    if let Some(wait) = wait {
        wait.await.unwrap();
    }
    Json(json!({"namespaces": [["a"]]})).into_response()
}

async fn look(mock: &Mock, fresh: bool) -> Look {
    let catalog = mock.catalog();
    let client = catalog.client(None, None).await.unwrap();
    catalog.list(&client, ListKind::Namespaces(None), fresh)
}

#[tokio::test]
async fn a_list_shows_what_has_arrived_and_is_read_once_for_all_who_look() {
    let (go, wait) = oneshot::channel();
    let wait = Arc::new(Mutex::new(Some(wait)));
    let mock = Mock::serve(move |request| {
        let last = request
            .uri()
            .query()
            .unwrap_or_default()
            .contains("pageToken=2");
        let wait = last.then(|| wait.lock().unwrap().take()).flatten();
        pages(request, wait)
    })
    .await;
    let (one, other) = (look(&mock, false).await, look(&mock, true).await);
    let state = timeout(SOON, one.so_far()).await.unwrap();
    assert_eq!((&**state.names, state.end), (&["b".to_owned()][..], None));
    go.send(()).unwrap();
    for look in [one, other, look(&mock, false).await] {
        let mut state = look.list.state.clone();
        let ended = state.wait_for(|state| state.end.is_some());
        timeout(SOON, ended).await.unwrap().unwrap();
        let state = look.now();
        assert_eq!(**state.names, ["a", "b"], "in order");
        assert_eq!(state.end, Some(Ok(Completeness::Complete)));
    }
    assert_eq!(mock.asked("/namespaces"), 2, "its pages");
    look(&mock, true).await.so_far().await;
    assert_eq!(
        mock.asked("/namespaces"),
        4,
        "asked for now, once it was seen"
    );
}

/// The reason stands in a note, beside which there is nothing else of the failure.
#[tokio::test]
async fn a_list_that_is_cut_refers_to_nothing_that_is_not_shown() {
    let mock = Mock::serve(async |request: Request| {
        let uri = request.uri().to_string();
        match is_list(&request) && uri.contains("pageToken=2") {
            true => (StatusCode::BAD_REQUEST, "No").into_response(),
            false => pages(request, None).await,
        }
    })
    .await;
    let state = look(&mock, false).await;
    state.ended().await;
    let Some(Ok(Completeness::Capped { reason })) = state.now().end else {
        panic!("it is cut")
    };
    assert!(
        reason.contains("The rest could not be read: No."),
        "{reason}"
    );
    assert!(!reason.contains("details"), "{reason}");
}

#[tokio::test]
async fn a_list_that_cannot_be_read_again_is_shown_as_it_was_and_says_so() {
    let down = Arc::new(AtomicBool::new(false));
    let is_down = down.clone();
    let mock = Mock::serve(move |request: Request| {
        let down = is_down.load(Relaxed);
        async move {
            match is_list(&request) && down {
                true => (StatusCode::SERVICE_UNAVAILABLE, "Down for a while").into_response(),
                false => pages(request, None).await,
            }
        }
    })
    .await;
    let whole = look(&mock, false).await;
    whole.ended().await;
    down.store(true, Relaxed);
    for _ in 0..2 {
        let again = look(&mock, true).await;
        again.ended().await;
        let state = again.now();
        assert_eq!(**state.names, ["a", "b"]);
        let Some(Ok(Completeness::Capped { reason })) = state.end else {
            panic!("it says that it is not as it is now")
        };
        assert!(reason.contains("Down for a while"), "{reason}");
        assert!(reason.contains("as they were read before"), "{reason}");
    }
    down.store(false, Relaxed);
    let back = look(&mock, true).await;
    back.ended().await;
    assert_eq!(back.now().end, Some(Ok(Completeness::Complete)));
}

#[tokio::test]
async fn a_dead_list_is_begun_again_once_somebody_has_heard_of_it() {
    let mock = Mock::serve(async |request: Request| match is_list(&request) {
        true => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        false => polaris(&request),
    })
    .await;
    // Nobody waits for its end.
    let left = look(&mock, false).await.list;
    let mut state = left.state.clone();
    let ended = state.wait_for(|state| state.end.is_some());
    timeout(SOON, ended).await.unwrap().unwrap();
    for (asked, why) in [
        (1, "it is told first"),
        (2, "it is begun again"),
        (3, "each time"),
    ] {
        let state = look(&mock, false).await.so_far().await;
        assert!(matches!(state.end, Some(Err(_))), "{why}");
        assert_eq!(mock.asked("/namespaces"), asked, "{why}");
    }
}
