//! The program as people start and stop it.
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use axum::{Json, Router, extract::State, routing::get};
use serde_json::json;

const LONG: Duration = Duration::from_secs(30);

fn crowsnest() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crowsnest"));
    // No file of this machine is read.
    command.env_clear().current_dir(env!("CARGO_TARGET_TMPDIR"));
    command
}

fn output(arguments: &[&str]) -> Output {
    crowsnest().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_bad_configuration_ends_with_code_2_and_one_line() {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad.toml");
    std::fs::write(&file, "listen = \"127.0.0.1:3000\"\nalowed_hosts = []\n").unwrap();
    let output = output(&["--config", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    let line = format!(
        "crowsnest: {}:2: unknown key “alowed_hosts”; did you mean “allowed_hosts”?\n",
        file.display()
    );
    assert_eq!(text(&output.stderr), line);
}

#[test]
fn other_machines_are_let_in_only_when_told_so() {
    let output = output(&["--listen", "0.0.0.0:0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--allow-remote"));
    assert_eq!(text(&output.stderr).lines().count(), 1);
}

#[test]
fn print_config_shows_the_settings_and_stops() {
    let output = crowsnest()
        .args(["--print-config", "--listen", "127.0.0.1:0"])
        .env("CROWSNEST_CONNECTION_PROD_URL", "http://127.0.0.1:1")
        .env("CROWSNEST_CONNECTION_PROD_AUTH_TYPE", "bearer")
        .env("CROWSNEST_CONNECTION_PROD_AUTH_TOKEN", "CANARY")
        .output()
        .unwrap();
    assert!(output.status.success());
    let printed = text(&output.stdout);
    assert!(
        printed.contains("listen = \"127.0.0.1:0\"  # --listen"),
        "{printed}"
    );
    assert!(
        printed.contains("token = \"********\"  # CROWSNEST_CONNECTION_PROD_AUTH_TOKEN"),
        "{printed}"
    );
    assert!(!printed.contains("CANARY"));
}

#[test]
fn help_names_every_setting() {
    let output = output(&["--help"]);
    for word in [
        "--allow-remote",
        "public_url",
        "read_only",
        "auth.session_token",
        "CROWSNEST_CONNECTION_<NAME>_<KEY>",
    ] {
        assert!(text(&output.stdout).contains(word), "{word}");
    }
}

#[test]
fn an_address_in_use_is_said_so() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = output(&["--listen", &address]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with(&format!("crowsnest: cannot listen on {address}: ")));
}

/// A running console; stopped when dropped.
struct Console {
    child: Child,
    address: SocketAddr,
    stdout: BufReader<std::process::ChildStdout>,
}

impl Console {
    fn start(arguments: &[&str]) -> Self {
        let mut child = crowsnest()
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line
            .strip_prefix("Crowsnest is ready at http://")
            .and_then(|address| address.trim().parse().ok())
            .unwrap_or_else(|| panic!("not the ready line: {line:?}"));
        Self {
            child,
            address,
            stdout,
        }
    }

    fn send(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut answer = String::new();
        self.send(path).read_to_string(&mut answer).unwrap();
        answer
    }

    /// The first line of the answer; empty where there is none any more.
    fn readiness(&self) -> String {
        let mut line = String::new();
        if let Ok(mut stream) = TcpStream::connect(self.address) {
            let _ = write!(
                stream,
                "GET /readyz HTTP/1.1\r\nhost: {}\r\n\r\n",
                self.address
            );
            let _ = BufReader::new(stream).read_line(&mut line);
        }
        line
    }

    fn terminate(&self) {
        let kill = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_sample_starts_by_itself_and_one_line_says_where() {
    let mut console = Console::start(&[]);
    let home = console.get("/");
    assert!(home.starts_with("HTTP/1.1 200 OK\r\n"), "{home}");
    for dialect in [
        "generic",
        "polaris",
        "nessie",
        "lakekeeper",
        "unity",
        "s3-tables",
    ] {
        assert!(home.contains(&format!("sample-{dialect}")), "{dialect}");
    }
    console.terminate();
    assert_eq!(console.child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    console.stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "standard output holds one line");
}

/// A catalog whose answer about a table waits until the test says so.
struct SlowCatalog {
    url: String,
    asked: mpsc::Receiver<()>,
    release: tokio::sync::watch::Sender<bool>,
    _runtime: tokio::runtime::Runtime,
}

type Gate = (mpsc::Sender<()>, tokio::sync::watch::Receiver<bool>);

impl SlowCatalog {
    fn start() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (asks, asked) = mpsc::channel();
        let (release, released) = tokio::sync::watch::channel(false);
        let router = Router::new()
            .route(
                "/v1/config",
                get(|| async { Json(json!({ "defaults": {}, "overrides": {} })) }),
            )
            .route("/v1/namespaces/a/tables/b", get(table))
            .with_state((asks, released));
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            url,
            asked,
            release,
            _runtime: runtime,
        }
    }
}

async fn table(State((asks, mut released)): State<Gate>) -> Json<serde_json::Value> {
    let _ = asks.send(());
    let _ = released.wait_for(|released| *released).await;
    Json(
        json!({ "metadata": { "format-version": 2, "last-updated-ms": 9_007_199_254_740_993_i64 } }),
    )
}

#[test]
fn what_is_under_way_at_sigterm_is_finished() {
    let catalog = SlowCatalog::start();
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("slow.toml");
    std::fs::write(
        &file,
        format!(
            "[[connection]]\nname = \"slow\"\nurl = \"{}\"\n",
            catalog.url
        ),
    )
    .unwrap();
    let mut console = Console::start(&["--config", file.to_str().unwrap()]);
    let mut under_way = console.send("/c/slow/t/metadata.json?ns=a&t=b");
    catalog.asked.recv_timeout(LONG).unwrap();
    console.terminate();
    let patience = Instant::now() + LONG;
    let mut told = false;
    while TcpStream::connect(console.address).is_ok() {
        assert!(
            Instant::now() < patience,
            "new connections are still accepted"
        );
        told |= console.readiness().contains("503");
    }
    assert!(
        told,
        "it stopped accepting before it said that it is not ready"
    );
    catalog.release.send(true).unwrap();
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("content-disposition: attachment; filename=\"metadata.json\"; filename*=UTF-8''a%2Eb%2Emetadata%2Ejson"), "{answer}");
    assert!(answer.contains("9007199254740993"), "{answer}");
    assert_eq!(console.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_client_that_never_ends_its_header_is_let_go() {
    let console = Console::start(&[]);
    let mut stalled = TcpStream::connect(console.address).unwrap();
    stalled.set_read_timeout(Some(LONG)).unwrap();
    stalled.write_all(b"GET / HTTP/1.1\r\nhost: loc").unwrap();
    let mut rest = Vec::new();
    stalled.read_to_end(&mut rest).unwrap();
    assert!(!rest.starts_with(b"HTTP/1.1 200"));
}
