//! Tables of a catalog that knows ETags.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::*;
use crate::mock::{Mock, orders, polaris};

/// The table as it was written for the `version`th time.
fn table(request: &Request, version: usize) -> Response {
    if !request.uri().path().contains("/tables/") {
        return polaris(request);
    }
    let etag = format!("\"{version}\"");
    let known = request.headers().get(header::IF_NONE_MATCH);
    if known.is_some_and(|known| *known == *etag) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let mut answer = polaris(request);
    answer
        .headers_mut()
        .insert(header::ETAG, etag.parse().unwrap());
    answer
}

#[tokio::test]
async fn a_table_is_loaded_once_for_all_who_ask_and_again_only_when_its_etag_is_another() {
    let version = Arc::new(AtomicUsize::new(1));
    let served = version.clone();
    let mock = Mock::serve(move |request| {
        let answer = table(&request, served.load(Ordering::SeqCst));
        async { answer }
    })
    .await;
    let catalog = mock.catalog();
    let client = catalog.client(None, None).await.unwrap();
    let load = async |fresh| {
        let orders = orders();
        let table = catalog.table(&client, &orders, SnapshotsMode::Refs, fresh);
        table.await.unwrap()
    };
    let (first, joined) = tokio::join!(load(false), load(true));
    assert!(Arc::ptr_eq(&first.value, &joined.value));
    assert!(Arc::ptr_eq(&first.value, &load(false).await.value));
    assert_eq!(mock.asked("/tables/"), 1);

    let same = load(true).await;
    assert!(
        Arc::ptr_eq(&first.value, &same.value),
        "304: what is kept holds"
    );
    assert!(same.at > first.at, "as of now");
    assert_eq!(mock.asked("/tables/"), 2);

    version.store(2, Ordering::SeqCst);
    let other = load(true).await;
    assert!(!Arc::ptr_eq(&first.value, &other.value));
    assert_eq!(other.etag.as_deref(), Some("\"2\""));
    assert!(
        Arc::ptr_eq(&other.value, &load(true).await.value),
        "under the new one"
    );
    assert_eq!(mock.asked("/tables/"), 4);
}

#[tokio::test]
async fn not_modified_without_a_condition_is_no_answer() {
    let mock =
        Mock::serve(
            async |request: Request| match request.uri().path().contains("/tables/") {
                true => StatusCode::NOT_MODIFIED.into_response(),
                false => polaris(&request),
            },
        )
        .await;
    let catalog = mock.catalog();
    let client = catalog.client(None, None).await.unwrap();
    let orders = orders();
    let table = catalog.table(&client, &orders, SnapshotsMode::Refs, false);
    let error = table.await.err().unwrap();
    assert_eq!(error.kind, ErrorKind::Malformed, "{error}");
}
