//! People who sign in: who comes in, what each may, and what is on record of it.

mod apart;
mod catalog;
mod exchanged;
mod gone;
mod lake;
mod logout;
mod provider;
mod refused;
mod renewal;
mod roles;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use model::person::Role;
use sign_in::password::hash;
use store::{Store, audit::Filter, now};
use url::form_urlencoded::Serializer;

use crate::support::{Answer, LISTEN, ask, get, request, team};

const PASSWORD: &str = "a long way to the top of the mast";
/// Somebody's browser: it keeps one cookie.
struct Browser<'a> {
    console: &'a Router,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(console: &'a Router) -> Self {
        let cookie = String::new();
        Self { console, cookie }
    }

    async fn signed_in(console: &'a Router, name: &str) -> Self {
        let mut browser = Self::new(console);
        let answer = browser.sign_in(name, PASSWORD, "/").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }

    async fn sign_in(&mut self, user: &str, password: &str, to: &str) -> Answer {
        let fields = [("user", user), ("password", password), ("to", to)];
        let answer = self.post("/sign-in", &fields).await;
        if let Some(cookie) = answer.headers.get("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            self.cookie = cookie.split(';').next().unwrap().to_owned();
        }
        answer
    }

    async fn get(&self, path: &str) -> Answer {
        ask(
            self.console,
            request("GET", path, &[("cookie", &self.cookie)]),
        )
        .await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header("host", LISTEN)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", &self.cookie);
        ask(self.console, request.body(Body::from(form)).unwrap()).await
    }

    /// Sends what its preview shows.
    async fn confirmed(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let preview = self.post(path, fields).await;
        let hidden = |name: &str| {
            let mark = format!("name=\"{name}\" value=\"");
            let at = preview.body.find(&mark).map(|at| at + mark.len());
            let rest = at.map(|at| &preview.body[at..]).unwrap_or_default();
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let (shown, once) = (hidden("shown"), hidden("once"));
        let confirms = [("shown", shown.as_str()), ("once", once.as_str())];
        self.post(path, &[fields, &confirms].concat()).await
    }
}

/// A console over the sample with a person of each role, each called like it.
async fn console() -> (Router, Store) {
    let specs = server::sample::start().await.unwrap();
    let (console, store) = team("sign_in = \"password\"", specs).await;
    let hash = hash(&PASSWORD.into(), "nobody").unwrap();
    for role in Role::ALL {
        store
            .add(role.word(), role.word(), &hash, now())
            .await
            .unwrap();
    }
    (console, store)
}

async fn record(store: &Store) -> Vec<String> {
    let rows = store
        .recorded(&Filter::default(), None, 1000)
        .await
        .unwrap();
    let line =
        |row: &store::audit::Recorded| format!("{} {} {}", row.event, row.object, row.outcome);
    rows.iter().rev().map(line).collect()
}

#[tokio::test]
async fn nobody_gets_further_than_to_where_they_sign_in() {
    let (console, _) = console().await;
    let browser = Browser::new(&console);
    for path in server::page_paths().chain([
        "/audit/export",
        "/no/such/page",
        "/c/sample-generic/metadata.json",
    ]) {
        let path = path.replace("{", "").replace("}", "").replace(":", "");
        let answer = browser.get(&path).await;
        match path.as_str() {
            "/sign-in" => assert_eq!(answer.status, StatusCode::OK),
            _ => {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
                assert!(answer.header("location").starts_with("/sign-in"), "{path}");
                assert!(answer.body.is_empty(), "{path}");
            }
        }
        if path != "/sign-in" {
            let answer = browser.post(&path, &[("a", "b")]).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "POST {path}");
        }
    }
    for path in [
        "/api/you",
        "/api/audit?ask=",
        "/api/search?ask=q%3Dorders",
        "/api/no/such",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(answer.body.contains("SignedOut"), "{}", answer.body);
    }
    let page = browser.get("/sign-in").await;
    for secret in ["/c/sample-generic", "lakekeeper", "127.0.0.1:"] {
        assert!(
            !page.body.contains(secret),
            "{secret} on the page for signing in"
        );
    }
}

#[tokio::test]
async fn who_signs_in_gets_where_they_wanted_to_and_out_again() {
    let (console, store) = console().await;
    let mut browser = Browser::new(&console);
    let led = browser.get("/c/sample-generic/ns?ns=sales").await;
    assert_eq!(
        led.header("location"),
        "/sign-in?to=%2Fc%2Fsample-generic%2Fns%3Fns%3Dsales"
    );
    let answer = browser
        .sign_in("Viewer", PASSWORD, "/c/sample-generic/ns?ns=sales")
        .await;
    assert_eq!(answer.header("location"), "/c/sample-generic/ns?ns=sales");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(
        answer
            .header("set-cookie")
            .ends_with("; Path=/; HttpOnly; SameSite=Lax")
    );
    let page = browser.get("/c/sample-generic/ns?ns=sales").await;
    assert_eq!(page.status, StatusCode::OK);
    let secret = browser.cookie.split_once('=').unwrap().1.to_owned();
    let you = browser.get("/you").await;
    assert!(
        you.body.contains("viewer") && you.body.contains("this one"),
        "{}",
        you.body
    );
    assert!(
        !you.body.contains(&secret),
        "the session's secret stands on a page"
    );
    let out = browser.post("/sign-out", &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert_eq!(
        browser.get("/you").await.status,
        StatusCode::SEE_OTHER,
        "what was kept opens nothing"
    );
    assert_eq!(
        record(&store).await,
        [
            "authn_login_success viewer done",
            "session_logout viewer done"
        ]
    );
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_told_the_same_and_tries_end() {
    let (console, store) = console().await;
    let mut browser = Browser::new(&console);
    let wrong = browser
        .sign_in("viewer", "not the password of anybody", "/")
        .await;
    let unknown = browser.sign_in("who", PASSWORD, "/").await;
    for answer in [&wrong, &unknown] {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(
            answer
                .body
                .contains("Name and password do not go together.")
        );
        assert!(answer.headers.get("set-cookie").is_none());
        assert!(
            !answer.body.contains("not the password of anybody"),
            "it comes back"
        );
    }
    assert!(wrong.body.contains("value=\"viewer\""), "the name is lost");
    for _ in 0..4 {
        browser
            .sign_in("viewer", "not the password of anybody", "/")
            .await;
    }
    let limited = browser.sign_in("VIEWER", PASSWORD, "/").await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        browser.sign_in("editor", PASSWORD, "/").await.status,
        StatusCode::SEE_OTHER,
        "another account"
    );
    let record = record(&store).await;
    assert_eq!(record[0], "authn_login_fail viewer refused");
    assert!(
        record.contains(&"excess_rate_limit_exceeded sign-in refused".into()),
        "{record:?}"
    );
}

#[tokio::test]
async fn signing_in_leads_to_pages_of_ours_alone_and_never_in_circles() {
    let (console, _) = console().await;
    for to in [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "/sign-in",
        "/sign-in/at/x",
        "",
    ] {
        let answer = Browser::new(&console).sign_in("admin", PASSWORD, to).await;
        assert_eq!(answer.header("location"), "/", "{to}");
        // Each is a try of its own account's.
        if to == "/sign-in" {
            break;
        }
    }
}

#[tokio::test]
async fn a_token_comes_in_with_what_it_may_and_no_more() {
    let (console, store) = console().await;
    let browser = Browser::signed_in(&console, "admin").await;
    let make = [
        ("operation", "make-token"),
        ("name", "nightly"),
        ("days", "1"),
        ("person_role", "viewer"),
    ];
    let made = browser.post("/you", &make).await;
    let at = made.body.find("crowsnest_").expect("the token is shown");
    let token: String = made.body[at..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    assert!(
        !browser.get("/you").await.body.contains(&token),
        "it is shown twice"
    );
    let again = browser.post("/you", &make).await;
    assert!(
        again.body.contains("You have a token of this name"),
        "{}",
        again.body
    );
    let bearer = format!("Bearer {token}");
    let asked = async |path: &str| {
        ask(
            &console,
            request("GET", path, &[("authorization", &bearer)]),
        )
        .await
    };
    assert_eq!(
        asked("/api/people").await.status,
        StatusCode::FORBIDDEN,
        "a viewer's token"
    );
    assert_eq!(asked("/api/you").await.status, StatusCode::OK);
    let person = store.by_name("admin").await.unwrap().unwrap().0;
    store.disable(&person.id, true).await.unwrap();
    assert_eq!(asked("/api/you").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        browser.get("/you").await.status,
        StatusCode::SEE_OTHER,
        "sessions end, too"
    );
}

#[tokio::test]
async fn an_admin_says_who_comes_in() {
    let (console, store) = console().await;
    let admin = Browser::signed_in(&console, "admin").await;
    let short = [
        ("operation", "add-person"),
        ("user", "Eve"),
        ("new_password", "short"),
        ("person_role", "editor"),
    ];
    let refused = admin.post("/people", &short).await;
    assert!(
        refused.body.contains("at least 15 characters"),
        "{}",
        refused.body
    );
    assert!(refused.body.contains("value=\"Eve\""), "the name is lost");
    let add = [
        ("operation", "add-person"),
        ("user", "Eve"),
        ("new_password", PASSWORD),
        ("person_role", "editor"),
    ];
    assert_eq!(
        admin.post("/people", &add).await.status,
        StatusCode::SEE_OTHER
    );
    let eve = Browser::signed_in(&console, "eve").await;
    assert_eq!(
        eve.post("/people", &add).await.status,
        StatusCode::FORBIDDEN,
        "an editor adds nobody"
    );
    let person = store.by_name("eve").await.unwrap().unwrap().0;
    let role = [
        ("operation", "set-role"),
        ("person", &person.id),
        ("person_role", "viewer"),
    ];
    assert_eq!(
        admin.post("/people", &role).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        eve.get("/you").await.status,
        StatusCode::SEE_OTHER,
        "what holds an old role ends"
    );
    let own = store.by_name("admin").await.unwrap().unwrap().0;
    let less = [
        ("operation", "set-role"),
        ("person", &own.id),
        ("person_role", "viewer"),
    ];
    assert!(
        admin
            .post("/people", &less)
            .await
            .body
            .contains("This is you")
    );
}

#[tokio::test]
async fn without_a_store_nobody_is_believed() {
    let (console, _) = console().await;
    let forged = Browser {
        console: &console,
        cookie: format!("crowsnest-3000={}", "s".repeat(43)),
    };
    assert_eq!(forged.get("/you").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ask(&console, get("/")).await.status, StatusCode::SEE_OTHER);
}
