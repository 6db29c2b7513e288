//! How much is asked of a server at once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{body::Body, http::Response};
use futures_util::{future::join_all, stream};
use iceberg_rest::{ErrorKind, Limits, Namespace, Settings};
use serde_json::json;

use crate::server::{Seen, config, json as answer, raw, serve, server, settings};

#[tokio::test]
async fn a_server_that_hangs_is_asked_sixteen_times_at_once_and_not_four_hundred() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (count, peak) = (now.clone(), most.clone());
    let address = raw(move |mut stream| {
        let (count, peak) = (count.clone(), peak.clone());
        async move {
            peak.fetch_max(count.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            // Until the other side gives up.
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut [0]).await;
            count.fetch_sub(1, Ordering::SeqCst);
        }
    })
    .await;
    let server = server(Settings {
        limits: Limits {
            read_time: Duration::from_secs(1),
            ..Limits::default()
        },
        ..settings(&format!("http://{address}"))
    });
    let calls = (0..400).map(|_| server.connect(None, None));
    let errors: Vec<_> = join_all(calls)
        .await
        .into_iter()
        .filter_map(Result::err)
        .collect();
    assert_eq!(errors.len(), 400);
    assert!(errors.iter().all(|error| error.kind == ErrorKind::TimedOut));
    let turned_away = errors.iter().filter(|error| {
        error.message.starts_with("Not asked: ")
            && error
                .message
                .contains("other calls to this server are still waiting")
    });
    assert_eq!(turned_away.count(), 384);
    assert_eq!(most.load(Ordering::SeqCst), 16);
}

/// A body that never comes.
fn hanging() -> Response<Body> {
    let never = stream::pending::<Result<Vec<u8>, std::io::Error>>();
    Response::new(Body::from_stream(never))
}

#[tokio::test]
async fn pages_in_the_background_leave_half_of_the_places_to_others() {
    let is_later = |seen: &Seen| seen.target.contains("pageToken=x");
    let mock = serve(move |seen| match seen.target.as_str() {
        target if target.starts_with("/v1/config") => config("p"),
        _ if is_later(seen) => hanging(),
        target if target.contains("/tables?") => answer(json!({
            "identifiers": [{"namespace": ["a"], "name": "t"}], "next-page-token": "x",
        })),
        _ => answer(json!({"namespace": ["a"]})),
    })
    .await;
    let client = server(settings(&mock.url))
        .connect(None, None)
        .await
        .unwrap();
    let namespace = Namespace::try_new(["a"]).unwrap();
    let lists: Vec<_> = (0..40)
        .map(|_| {
            let mut pager = client.tables_pager(&namespace).unwrap();
            tokio::spawn(async move {
                pager.next_page().await.unwrap();
                let _ = pager.next_page().await;
            })
        })
        .collect();
    let later = || mock.seen().iter().filter(|seen| is_later(seen)).count();
    let all = async {
        while later() < 8 || mock.seen().len() < 1 + 40 + 8 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // A person's click.
        client.load_namespace(&namespace).await.unwrap();
    };
    tokio::time::timeout(Duration::from_secs(20), all)
        .await
        .unwrap();
    assert_eq!(later(), 8);
    lists.iter().for_each(|list| list.abort());
}
