//! A catalog that is called as each person.

use std::sync::{Arc, Mutex};

use axum::{
    extract::Request,
    http::StatusCode,
    middleware::{Next, from_fn},
};
use backend::{Acts, Spec, TokenEndpoint};
use iceberg_rest::Auth;
use sample_catalog::{Options, router};
use sign_in::password::hash;
use store::now;

use super::{Browser, PASSWORD};
use crate::support::{connection, team};

/// The sample's Polaris, called as each person.
fn called_as_each(spec: Spec) -> Spec {
    let Auth::OAuth2 {
        token_url, asks, ..
    } = &spec.auth
    else {
        return spec;
    };
    let endpoint = TokenEndpoint {
        url: token_url.clone(),
        asks: asks.clone(),
    };
    Spec {
        acts: Acts::Person(Some(endpoint)),
        auth: Auth::None,
        ..spec
    }
}

#[tokio::test]
async fn each_is_who_they_are_on_a_catalog_that_is_called_as_them() {
    let specs = server::sample::start().await.unwrap();
    let polaris = specs.into_iter().find(|spec| spec.name == "sample-polaris");
    let specs = vec![called_as_each(polaris.unwrap())];
    let (console, store) = team("sign_in = \"password\"", specs).await;
    let hash = hash(&PASSWORD.into(), "nobody").unwrap();
    for name in ["admin", "viewer"] {
        store.add(name, name, &hash, now()).await.unwrap();
    }
    let admin = Browser::signed_in(&console, "admin").await;
    let viewer = Browser::signed_in(&console, "viewer").await;
    let (page, form) = (
        "/c/sample-polaris/ns?ns=sales",
        "/sign-in/catalog?connection=sample-polaris&to=/c/sample-polaris/ns?ns%3Dsales",
    );
    for browser in [&admin, &viewer] {
        let answer = browser.get(page).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(
            answer
                .body
                .contains("/sign-in/catalog?connection=sample-polaris&amp;to="),
            "{}",
            answer.body
        );
    }
    let wrong = admin
        .post(
            form,
            &[("client_id", "root"), ("client_secret", "CANARY-of-nobody")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(
        wrong.body.contains("does not accept this") && wrong.body.contains("value=\"root\""),
        "{}",
        wrong.body
    );
    assert!(!wrong.body.contains("CANARY"), "a secret comes back");
    let right = admin
        .post(form, &[("client_id", "root"), ("client_secret", "s3cr3t")])
        .await;
    assert_eq!(
        right.header("location"),
        "/c/sample-polaris/ns?ns=sales",
        "{}",
        right.body
    );
    assert!(admin.get(page).await.body.contains("orders"));
    assert_eq!(
        viewer.get(page).await.status,
        StatusCode::UNAUTHORIZED,
        "somebody else's identity"
    );

    let made = [("name", "plain"), ("once", "made-1")];
    let made = admin
        .post("/c/sample-polaris/principal-new", &made)
        .await
        .body;
    let after = |mark: &str| {
        let rest = &made[made.find(mark).unwrap() + mark.len()..];
        rest.split("%22").next().unwrap().to_owned()
    };
    let (id, secret) = (after("clientId%22%3A%22"), after("clientSecret%22%3A%22"));
    let own = viewer
        .post(form, &[("client_id", &id), ("client_secret", &secret)])
        .await;
    match own.status {
        // Without a role nobody is accepted.
        StatusCode::BAD_REQUEST => {
            assert!(own.body.contains("does not accept this"), "{}", own.body)
        }
        _ => assert!(
            !viewer.get(page).await.body.contains("orders"),
            "what somebody else may see"
        ),
    }
    assert!(admin.get(page).await.body.contains("orders"));
    for path in ["/", "/you", page, form] {
        let body = admin.get(path).await.body;
        assert!(!body.contains("s3cr3t"), "{path} has a secret");
    }
    let left = admin.post(form, &[("operation", "end")]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    assert_eq!(admin.get(page).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_somebody_gave_for_a_catalog_goes_to_no_other_address() {
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let note = heard.clone();
    let noted = from_fn(move |request: Request, next: Next| {
        let given = request.headers().get("authorization").cloned();
        note.lock()
            .unwrap()
            .extend(given.map(|it| format!("{it:?}")));
        next.run(request)
    });
    let served = async |catalog| {
        let lines = connection(catalog, "", "").await;
        let url = lines.split("url = \"").nth(1).unwrap().split('"').next();
        url.unwrap().to_owned()
    };
    let first = served(router(Options::default())).await;
    let second = served(router(Options::default()).layer(noted)).await;
    let (console, store) = team("sign_in = \"password\"", Vec::new()).await;
    let hash = hash(&PASSWORD.into(), "nobody").unwrap();
    store.add("admin", "admin", &hash, now()).await.unwrap();
    let admin = Browser::signed_in(&console, "admin").await;
    let fields = |operation, version, url| {
        [
            ("operation", operation),
            ("version", version),
            ("name", "own"),
            ("kind", "generic"),
            ("url", url),
            ("auth.type", "person"),
            ("role", "viewer"),
        ]
    };
    let added = admin
        .post("/connections/new", &fields("create", "0", &first))
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let form = "/sign-in/catalog?connection=own&to=/c/own/ns";
    let given = admin.post(form, &[("access_token", "CANARY-own")]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    assert_eq!(admin.get("/c/own/ns").await.status, StatusCode::OK);

    let edit = "/connections/edit?name=own";
    let moved = admin.post(edit, &fields("save", "1", &second)).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    assert_eq!(
        admin.get("/c/own/ns").await.status,
        StatusCode::UNAUTHORIZED
    );
    let removed = admin.post(edit, &[("operation", "delete")]).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
    let again = admin
        .post("/connections/new", &fields("create", "0", &second))
        .await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert_eq!(
        admin.get("/c/own/ns").await.status,
        StatusCode::UNAUTHORIZED
    );
    assert!(
        heard.lock().unwrap().is_empty(),
        "{:?}",
        heard.lock().unwrap()
    );
}
