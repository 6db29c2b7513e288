//! What a page elsewhere makes a browser send, to every address that takes a form: refused before anything is looked at,
//! also of who is signed in.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use model::paths::FROM_A_PAGE;
use store::{Store, now};

use crate::support::{LISTEN, ask, team};

/// Headers that a forged request comes with; the host is ours unless they say another.
const FORGED: [&[(&str, &str)]; 12] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "anything")],
    &[
        ("sec-fetch-site", "cross-site"),
        ("origin", "http://127.0.0.1:3000"),
    ],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "http://127.0.0.1:3001")],
    &[("origin", "http://127.0.0.1:3000.evil.example")],
    &[("origin", "http://127.0.0.1:3000@evil.example")],
    &[("origin", "")],
    &[("referer", "http://127.0.0.1:3000/people")],
    &[
        ("x-http-method-override", "GET"),
        ("x-requested-with", "XMLHttpRequest"),
    ],
];

async fn session(store: &Store) -> String {
    let person = store
        .add("admin", "admin", "no hash of anything", now())
        .await
        .unwrap();
    let lasts = backend::Ways::default().lasts;
    let begun = store
        .begin_session(&person.id, ("", ""), "{}", lasts, now())
        .await
        .unwrap();
    format!(
        "crowsnest-3000={}",
        secrecy::ExposeSecret::expose_secret(&begun)
    )
}

#[tokio::test]
async fn every_address_that_takes_something_refuses_what_is_forged() {
    let specs = server::sample::start().await.unwrap();
    let (console, store) = team("sign_in = \"password\"", specs).await;
    let cookie = session(&store).await;
    let others = [
        "/sign-in",
        "/sign-out",
        "/you",
        "/people",
        "/sign-in/catalog?connection=a",
        "/connections/probe",
        "/connections",
        "/connections/new",
        "/connections/edit",
        "/search/more",
        "/c/sample-polaris/access/collect",
        "/c/sample-polaris/access/cancel",
        "/api/check",
        "/api/once",
    ];
    let pages = server::page_paths().map(|path| {
        path.replace("{connection}", "sample-polaris")
            .replace(['{', '}', '*'], "")
    });
    for path in pages.chain(others.map(str::to_owned)) {
        for headers in FORGED {
            for method in ["POST", "PUT", "DELETE", "PATCH"] {
                let mut request = Request::builder().method(method).uri(&path);
                let else_ours = [
                    ("host", LISTEN),
                    ("cookie", cookie.as_str()),
                    (FROM_A_PAGE, "1"),
                ];
                for (name, value) in headers.iter().chain(&else_ours) {
                    request = request.header(*name, *value);
                }
                let form = Body::from("operation=end-all&name=forged");
                let answer = ask(&console, request.body(form).unwrap()).await;
                assert_eq!(
                    answer.status,
                    StatusCode::FORBIDDEN,
                    "{method} {path} {headers:?}"
                );
            }
        }
    }
    assert!(
        store
            .sessions_of(
                &store.by_name("admin").await.unwrap().unwrap().0.id,
                backend::Ways::default().lasts,
                now()
            )
            .await
            .unwrap()
            .len()
            == 1
    );
    assert_eq!(
        store
            .recorded(&store::audit::Filter::default(), None, 10)
            .await
            .unwrap()
            .len(),
        0
    );
}
