//! What a server or a gateway before it echoes of a connection's secrets reaches no error, no answer and no log.

use std::{
    io::{self, Write},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    body::Body,
    http::{HeaderValue, Response},
};
use iceberg_rest::{
    Auth, Error, HttpOptions, Namespace, Server, Settings, SnapshotsMode, TableIdent, TokenRequest,
    http_client,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use tracing::subscriber::DefaultGuard;

use crate::server::{self, Seen, config, serve, settings, status};

const TOKEN: &str = "tok-5up3rs3cr3t/with+more=and&more";
const CLIENT_SECRET: &str = "SeCr3t+with/slash=and&amp";

/// What is logged on this thread, from now on.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn start() -> (Self, DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn bearer(url: &str) -> Settings {
    Settings {
        auth: Auth::Bearer(TOKEN.into()),
        ..settings(url)
    }
}

fn oauth(url: &str) -> Settings {
    Settings {
        auth: Auth::OAuth2 {
            client_id: "console".into(),
            client_secret: CLIENT_SECRET.into(),
            token_url: format!("{url}/v1/oauth/tokens"),
            asks: TokenRequest::default(),
            subject: None,
        },
        ..settings(url)
    }
}

fn with_header(url: &str, name: &str, value: &str) -> Settings {
    Settings {
        headers: vec![(name.into(), value.into())],
        ..settings(url)
    }
}

/// Fails to connect; all that can be read of it, with what was logged at info.
async fn said(settings: Settings) -> String {
    let (log, _guard) = Log::start();
    let error = server::server(settings)
        .connect(None, None)
        .await
        .err()
        .expect("the server refuses");
    let logged: Vec<_> = log
        .text()
        .lines()
        .filter(|it| it.contains("INFO"))
        .map(str::to_owned)
        .collect();
    assert!(!logged.is_empty());
    format!("{error}\n{error:?}\n{}", logged.join("\n"))
}

fn refusal(message: &str) -> Response<Body> {
    let body = json!({"error": {"message": message, "type": "Refused", "code": 400}});
    status(400, &body.to_string())
}

/// The secret of the request that is told of.
fn sent(seen: &Seen) -> String {
    let token = seen.header("authorization").unwrap_or_default();
    token.trim_start_matches("Bearer ").to_owned()
}

fn percent(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[tokio::test]
async fn a_request_id_that_holds_a_token_is_dropped() {
    for shape in [
        "{}",
        "req-{}-1",
        "{}/0123456789012345678901234567890123456789",
    ] {
        let mock = serve(move |seen| {
            let mut answer = refusal("no");
            let id = shape.replace("{}", &sent(seen));
            let id = HeaderValue::from_str(&id).unwrap();
            answer.headers_mut().insert("x-request-id", id);
            answer
        })
        .await;
        let said = said(bearer(&mock.url)).await;
        assert!(
            !said.contains("5up3rs3cr3t") && !said.contains("0123456789"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_successful_call_logs_no_token_either() {
    let mock = serve(|seen| {
        let mut answer = config("p");
        let id = HeaderValue::from_str(&sent(seen)).unwrap();
        answer.headers_mut().insert("x-request-id", id);
        answer
    })
    .await;
    let (log, _guard) = Log::start();
    let server = server::server(bearer(&mock.url));
    server.connect(None, None).await.unwrap();
    let text = log.text();
    assert!(text.contains("catalog call"), "{text}");
    let ours = text.lines().filter(|line| line.contains("iceberg_rest"));
    assert!(!ours.collect::<String>().contains("5up3rs3cr3t"), "{text}");
}

#[tokio::test]
async fn an_answer_of_the_wrong_shape_is_not_quoted() {
    for body in [
        r#""{}""#,
        r#"{"defaults": "{}", "overrides": {}}"#,
        r#"{"defaults": {}, "overrides": {}, "{}": 1}x"#,
        "<html><title>{}</title>",
    ] {
        let mock = serve(move |seen| status(200, &body.replace("{}", &sent(seen)))).await;
        let said = said(bearer(&mock.url)).await;
        assert!(!said.contains("5up3rs3cr3t"), "{said}");
    }
}

#[tokio::test]
async fn the_value_of_a_configured_header_is_not_told() {
    for (name, value) in [
        ("x-api-key", "k3y-of-the-gateway"),
        ("x-tenant", "tenant of nobody"),
        ("authorization", "Basic Y29uc29sZTpodW50ZXIyaHVudGVyMg=="),
    ] {
        for code in [400, 401, 403, 404, 409, 429, 500, 502, 503] {
            let mock = serve(move |seen| {
                let value = seen.header(name).unwrap_or_default();
                status(code, &json!({"error": {"message": format!("{name} {value} is unknown"), "type": value}}).to_string())
            })
            .await;
            let said = said(with_header(&mock.url, name, value)).await;
            assert!(said.contains("is unknown"), "{said}");
            let last = value.split(' ').next_back().unwrap();
            assert!(!said.contains(value) && !said.contains(last), "{said}");
        }
    }
}

#[tokio::test]
async fn the_error_of_a_token_answer_holds_no_secret() {
    for (code, body) in [
        (400, r#"{"error": "{}"}"#),
        (
            401,
            r#"{"error": "invalid_client", "error_description": "{} is wrong"}"#,
        ),
        (200, r#"{"error": "{}"}"#),
        (500, r#"{"error": {"message": "no", "type": "{}"}}"#),
        (403, "{}"),
    ] {
        for encode in [str::to_owned, percent] {
            let mock =
                serve(move |_| status(code, &body.replace("{}", &encode(CLIENT_SECRET)))).await;
            let said = said(oauth(&mock.url)).await;
            assert!(!said.contains(CLIENT_SECRET), "{said}");
            assert!(!said.contains("SeCr3t"), "{said}");
        }
    }
}

#[tokio::test]
async fn a_form_that_is_echoed_hides_the_client_secret() {
    for part in ["%2Bwith", "%2bwith"] {
        let mock = serve(move |seen| {
            refusal(&format!(
                "cannot read {}",
                seen.body.replace("%2Bwith", part)
            ))
        })
        .await;
        let said = said(oauth(&mock.url)).await;
        assert!(said.contains("cannot read"), "{said}");
        assert!(!said.contains("SeCr3t") && !said.contains(part), "{said}");
    }
}

#[tokio::test]
async fn base64_hides_nothing_from_the_mask() {
    // `console:<secret>`, plain and form-encoded, as a Basic header has it, and the secret alone.
    for encoded in [
        "Y29uc29sZTpTZUNyM3Qrd2l0aC9zbGFzaD1hbmQmYW1w",
        "Y29uc29sZTpTZUNyM3QlMkJ3aXRoJTJGc2xhc2glM0RhbmQlMjZhbXA=",
        "U2VDcjN0K3dpdGgvc2xhc2g9YW5kJmFtcA",
    ] {
        let mock = serve(move |_| refusal(&format!("Basic {encoded} is unknown"))).await;
        let said = said(oauth(&mock.url)).await;
        assert!(said.contains("is unknown"), "{said}");
        assert!(
            !said.contains(&encoded[..16]) && !said.contains(&encoded[16..]),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_token_at_the_end_of_a_long_message_is_masked_before_the_cut() {
    for fill in 470..=495 {
        let mock =
            serve(move |seen| refusal(&format!("{} {}", "x".repeat(fill), sent(seen)))).await;
        let said = said(bearer(&mock.url)).await;
        assert!(!said.contains(&TOKEN[..8]), "{fill}: {said}");
    }
}

#[tokio::test]
async fn a_token_that_was_replaced_is_still_masked() {
    let given = Arc::new(AtomicUsize::new(0));
    let counter = given.clone();
    let mock = serve(move |seen| {
        if seen.target == "/v1/oauth/tokens" {
            let number = counter.fetch_add(1, Ordering::Relaxed);
            let token = format!("access-{number}-of-the-console");
            return server::json(json!({"access_token": token, "token_type": "bearer"}));
        }
        status(401, r#"{"error": {"message": "neither access-0-of-the-console nor access-1-of-the-console", "type": "X"}}"#)
    })
    .await;
    let said = said(oauth(&mock.url)).await;
    assert_eq!(given.load(Ordering::Relaxed), 2);
    assert!(said.contains("neither [masked] nor [masked]"), "{said}");
}

#[tokio::test]
async fn answers_that_mirror_a_token_are_masked_wherever_it_stands() {
    let mock = serve(|seen| {
        let token = sent(seen);
        match seen.target.as_str() {
            "/v1/config" => config(""),
            "/v1/namespaces/db" => server::json(json!({
                "namespace": ["db"], "properties": {"comment": format!("by {token}"), "b": percent(&token)}
            })),
            _ => server::json(json!({
                "metadata-location": token, "metadata": {"format-version": 2, "properties": {token.clone(): token}}
            })),
        }
    })
    .await;
    let client = server::server(bearer(&mock.url))
        .connect(None, None)
        .await
        .unwrap();
    let namespace = Namespace::try_new(["db"]).unwrap();
    let read = client.load_namespace(&namespace).await.unwrap();
    assert_eq!(read.properties["comment"], "by [masked]");
    assert_eq!(read.properties["b"], "[masked]");
    let table = TableIdent::try_new(namespace, "t").unwrap();
    let raw = client
        .load_table_raw(&table, SnapshotsMode::All)
        .await
        .unwrap();
    assert_eq!(
        raw.metadata,
        r#"{"format-version":2,"properties":{"[masked]":"[masked]"}}"#
    );
}

#[tokio::test]
async fn a_proxy_that_echoes_its_user_is_masked() {
    let mock = serve(|_| status(407, "unknown: proxy-user-7/p@ss-w0rd-of-it")).await;
    let proxy = mock
        .url
        .replace("http://", "http://proxy-user-7:p%40ss-w0rd-of-it@");
    let http = http_client(HttpOptions {
        proxy: Some(proxy),
        ..HttpOptions::default()
    })
    .unwrap();
    let server = Server::new(http, settings("http://catalog.invalid")).unwrap();
    let error: Error = server.connect(None, None).await.err().unwrap();
    assert!(error.message.contains("unknown: [masked]"), "{error}");
    let said = format!("{error} {error:?}");
    assert!(!said.contains("user-7") && !said.contains("w0rd"), "{said}");
}
