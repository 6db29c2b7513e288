//! A console over the sample catalogs, asked in process.

use std::net::SocketAddr;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use backend::{Registry, Spec, Ways};
use model::paths::FROM_A_PAGE;
use server::{
    State,
    config::{Config, Flags, Variables},
    connect, router, ways,
};
use store::Store;
use tokio::net::TcpListener;
use tower::ServiceExt;
use url::form_urlencoded;

pub const LISTEN: &str = "127.0.0.1:3000";

/// Lines of a connection to a sample Polaris.
pub const AS_ROOT: &str = r#"auth = { type = "oauth2", client_id = "root", client_secret = "s3cr3t", scope = "PRINCIPAL_ROLE:ALL" }"#;

/// How often something is asked again that is not over yet: far too often for what ends.
pub const OFTEN: usize = 10_000;

/// What a request was answered with.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// The console that `settings` describe, in the format of the file.
pub fn console(settings: &str) -> Router {
    console_at(LISTEN, settings)
}

/// Serves a catalog on a free port, and describes a connection `p` to it with further lines.
pub async fn connection(catalog: Router, path: &str, lines: &str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, catalog).await });
    format!("[[connection]]\nname = \"p\"\nurl = \"http://{address}{path}\"\n{lines}\n")
}

/// The console over the six sample catalogs.
pub async fn sample_console() -> Router {
    let specs = server::sample::start().await.unwrap();
    let store = Store::memory().await.unwrap();
    console_over(connect(specs, Some(store), Ways::default()).unwrap())
}

/// These connections, of a console that nobody signs in to and that keeps nothing.
pub fn connect_to(specs: Vec<Spec>) -> Registry {
    connect(specs, None, Ways::default()).unwrap()
}

pub fn console_over(connections: Registry) -> Router {
    let config = Config::load(&Flags::default(), &Variables::new()).unwrap();
    router(&State::new(&connections, &config, LISTEN.parse().unwrap()).unwrap())
}

pub fn console_at(listen: &str, settings: &str) -> Router {
    router(&state_at(listen, settings))
}

pub fn state_at(listen: &str, settings: &str) -> State {
    let flags = flags(settings);
    let mut config = Config::load(&flags, &Variables::new()).unwrap();
    let connections = connect_to(std::mem::take(&mut config.connections));
    let listen: SocketAddr = listen.parse().unwrap();
    State::new(&connections, &config, listen).unwrap()
}

/// What names a file with these settings.
fn flags(settings: &str) -> Flags {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "{}.toml",
        std::thread::current()
            .name()
            .unwrap_or("console")
            .replace(':', "-")
    ));
    std::fs::write(&path, settings).unwrap();
    Flags {
        config: Some(path),
        allow_remote: true,
        ..Flags::default()
    }
}

/// The console over these connections and those that `settings` name, that people sign in to as they say, and its store.
pub async fn team(settings: &str, specs: Vec<Spec>) -> (Router, Store) {
    let store = Store::memory().await.unwrap();
    (team_over(store.clone(), settings, specs), store)
}

/// The same over a store that others may use, too.
pub fn team_over(store: Store, settings: &str, mut specs: Vec<Spec>) -> Router {
    let home = Variables::from([("HOME".into(), env!("CARGO_TARGET_TMPDIR").into())]);
    let mut config = Config::load(&flags(settings), &home).unwrap();
    specs.append(&mut config.connections);
    let registry = connect(specs, Some(store), ways(&config.sign_in)).unwrap();
    let state = State::new(&registry, &config, LISTEN.parse().unwrap()).unwrap();
    router(&state)
}

/// A GET as a browser on the console sends it.
pub fn get(path: &str) -> Request<Body> {
    request("GET", path, &[])
}

/// A request to the console's own host, with further headers.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", LISTEN);
    }
    if path.starts_with("/api/") {
        request = request.header(FROM_A_PAGE, "1");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

/// A form as a browser on the console sends it.
pub async fn post(console: &Router, path: &str, fields: &[(&str, &str)]) -> Answer {
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    post_text(console, path, form).await
}

/// [`post`] of a form that is written out already.
pub async fn post_text(console: &Router, path: &str, form: String) -> Answer {
    let request = Request::post(path)
        .header("host", LISTEN)
        .header("sec-fetch-site", "same-origin")
        .header(FROM_A_PAGE, "1")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    ask(console, request).await
}

/// What stands on a page in the place of what a catalog has not answered in the time that a page takes.
pub const NOT_YET: &str = "The catalog has not answered yet";

/// The page once it no longer says `words`, which stand on it while something is under way.
pub async fn ask_while(console: &Router, path: &str, words: &str) -> Answer {
    for _ in 0..OFTEN {
        let answer = ask(console, get(path)).await;
        if !answer.body.contains(words) {
            return answer;
        }
    }
    panic!("{path} says “{words}” for ever");
}

pub async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 64 << 20).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}
