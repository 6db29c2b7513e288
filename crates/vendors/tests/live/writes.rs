//! Changes: sent once, and honest about what nobody can know.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::http::Response;
use iceberg_rest::{Auth, Error, ErrorKind, TokenRequest, Unreachable};
use secrecy::SecretString;
use serde_json::json;
use vendors::polaris::{
    Management,
    types::{NewEntity, ResetCredentials, UpdateEntity},
};

use crate::server;

fn management(url: &str) -> Management {
    Management::new(server::server(server::settings(&format!(
        "{url}/api/catalog"
    ))))
}

async fn create(management: &Management) -> Error {
    let principal = NewEntity {
        name: "svc".into(),
        ..NewEntity::default()
    };
    management
        .create_principal(&principal, false)
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_change_is_not_sent_again() {
    for (status, kind) in [
        (500, ErrorKind::CommitStateUnknown),
        (502, ErrorKind::CommitStateUnknown),
        (504, ErrorKind::CommitStateUnknown),
        (503, ErrorKind::CommitStateUnknown),
        (408, ErrorKind::CommitStateUnknown),
        (520, ErrorKind::CommitStateUnknown),
        (524, ErrorKind::CommitStateUnknown),
        (429, ErrorKind::RateLimited),
        (409, ErrorKind::Conflict),
    ] {
        let mock = server::serve(move |_| {
            let mut response = server::status(status, "");
            response.headers_mut().insert("retry-after", 0.into());
            response
        })
        .await;
        let error = create(&management(&mock.url)).await;
        assert_eq!((error.kind, mock.seen().len()), (kind, 1), "{status}");
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_or_unreadable_leaves_it_open() {
    let broken = server::raw(|_| async {}).await;
    let error = create(&management(&format!("http://{broken}"))).await;
    assert_eq!(error.kind, ErrorKind::CommitStateUnknown, "{error}");

    let page = server::serve(|_| server::status(200, "<html>sign in</html>")).await;
    let error = create(&management(&page.url)).await;
    assert_eq!(error.kind, ErrorKind::CommitStateUnknown, "{error}");

    let silent = server::raw(|stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let mut settings = server::settings(&format!("http://{silent}/api/catalog"));
    settings.limits.change_time = Duration::from_millis(200);
    let error = create(&Management::new(server::server(settings))).await;
    assert_eq!(error.kind, ErrorKind::CommitStateUnknown, "{error}");
}

/// A server that takes the request and begins an answer that never ends.
#[tokio::test]
async fn an_answer_that_is_late_or_cut_leaves_it_open() {
    let slow = server::raw(|mut stream| async move {
        server::send(&mut stream, b"HTTP/1.1 200 OK\r\n").await;
        std::future::pending::<()>().await;
    })
    .await;
    let cut = server::raw(|mut stream| async move {
        server::send(
            &mut stream,
            b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{",
        )
        .await;
    })
    .await;
    for address in [slow, cut] {
        let mut settings = server::settings(&format!("http://{address}/api/catalog"));
        settings.limits.change_time = Duration::from_millis(200);
        let error = create(&Management::new(server::server(settings))).await;
        assert_eq!(error.kind, ErrorKind::CommitStateUnknown, "{error}");
    }
}

#[tokio::test]
async fn a_change_may_be_answered_after_a_silence_that_ends_a_read() {
    let mock = server::slow(Duration::from_millis(300), |_| server::status(204, "")).await;
    let mut settings = server::settings(&format!("{}/api/catalog", mock.url));
    settings.limits.silence = Duration::from_millis(100);
    let server = server::server(settings);
    assert_eq!(
        server
            .connect(None, None)
            .await
            .err()
            .map(|error| error.kind),
        Some(ErrorKind::TimedOut)
    );
    let management = Management::new(server);
    management.delete_principal("svc").await.unwrap();
}

#[tokio::test]
async fn what_was_never_sent_is_no_open_question() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = create(&management(&format!("http://{address}"))).await;
    assert_eq!(error.kind, ErrorKind::Unreachable(Unreachable::Refused));
}

#[tokio::test]
async fn a_token_that_ran_out_is_renewed_before_the_change() {
    let tokens = AtomicUsize::new(0);
    let mock = server::serve(move |seen| {
        if seen.target.ends_with("/oauth/tokens") {
            let number = tokens.fetch_add(1, Ordering::Relaxed);
            return server::json(
                json!({"access_token": format!("t{number}"), "token_type": "bearer"}),
            );
        }
        match seen.header("authorization") {
            Some("Bearer t0") => server::status(401, ""),
            _ => Response::builder()
                .status(204)
                .body(Default::default())
                .unwrap(),
        }
    })
    .await;
    let mut settings = server::settings(&format!("{}/api/catalog", mock.url));
    settings.auth = Auth::OAuth2 {
        client_id: "root".into(),
        client_secret: SecretString::from("s3cr3t"),
        token_url: format!("{}/api/catalog/v1/oauth/tokens", mock.url),
        asks: TokenRequest {
            scope: Some("PRINCIPAL_ROLE:ALL".into()),
            ..TokenRequest::default()
        },
        subject: None,
    };
    let management = Management::new(server::server(settings));
    management.delete_principal("svc").await.unwrap();
    let deletes = mock
        .seen()
        .into_iter()
        .filter(|seen| seen.method == "DELETE")
        .count();
    assert_eq!(deletes, 2);
}

#[tokio::test]
async fn a_part_of_an_answer_leaves_it_open() {
    let mock = server::serve(|_| server::status(206, r#"{"name":"svc"}"#)).await;
    let error = create(&management(&mock.url)).await;
    assert_eq!(error.kind, ErrorKind::CommitStateUnknown, "{error}");
    assert!(error.message.contains("a part of an answer"), "{error}");
    let read = management(&mock.url).get_principal("svc").await;
    assert_eq!(read.unwrap_err().kind, ErrorKind::Malformed);
}

#[tokio::test]
async fn what_stands_for_a_secret_is_not_sent_in_its_place() {
    let mock = server::serve(|_| server::status(204, "")).await;
    let management = management(&mock.url);
    let update = UpdateEntity {
        properties: [("a", "b"), ("jdbc.url", "jdbc:x://[masked]@db/lake")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        current_entity_version: 1,
    };
    let error = management.update_principal("svc", &update).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Invalid);
    let says = |words: &str| error.message.contains(words);
    assert!(says("`properties` › `jdbc.url` holds [masked]"), "{error}");
    assert!(says("Type the value itself"), "{error}");
    assert!(mock.seen().is_empty(), "{:?}", mock.seen());
}

#[tokio::test]
async fn a_secret_that_is_echoed_stays_hidden() {
    let mock = server::serve(|seen| {
        let message = format!("cannot use {}", seen.body);
        let mut answer = server::json(
            json!({"error": {"message": message, "type": "BadRequestException", "code": 400}}),
        );
        *answer.status_mut() = axum::http::StatusCode::BAD_REQUEST;
        answer
    })
    .await;
    let chosen = ResetCredentials {
        client_id: None,
        client_secret: Some(SecretString::from("hush-hush-42")),
    };
    let error = management(&mock.url)
        .reset_credentials("svc", &chosen)
        .await
        .unwrap_err();
    assert!(error.message.contains("cannot use"), "{error}");
    assert!(!format!("{error} {error:?}").contains("hush-hush-42"));
}
