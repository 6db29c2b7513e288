//! The program as people start and stop it.
use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};

const LONG: Duration = Duration::from_secs(30);

pub(crate) fn crowsnest() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crowsnest"));
    // No file of this machine is read.
    command.env_clear().current_dir(env!("CARGO_TARGET_TMPDIR"));
    command
}

fn output(arguments: &[&str]) -> Output {
    crowsnest().args(arguments).output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> &str {
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

#[test]
fn no_authorities_are_trusted_in_the_place_of_those_that_are_named() {
    let mut command = crowsnest();
    command.env("SSL_CERT_FILE", "/dev/null");
    let output = command.args(["--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let why = "crowsnest: No certificate authority could be read where SSL_CERT_FILE";
    assert!(text(&output.stderr).contains(why), "{output:?}");
}

fn send(address: SocketAddr, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

fn get_from(address: SocketAddr, path: &str) -> String {
    let mut answer = String::new();
    send(address, path).read_to_string(&mut answer).unwrap();
    answer
}

/// A running console; stopped when dropped.
pub struct Console {
    child: Child,
    pub address: SocketAddr,
    /// What it wrote to standard error.
    log: PathBuf,
    stdout: BufReader<std::process::ChildStdout>,
}

impl Console {
    pub fn start(arguments: &[&str]) -> Self {
        Self::spawn(crowsnest().args(arguments))
    }

    fn spawn(command: &mut Command) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let log = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("command-{number}.log"));
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
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
            log,
            stdout,
        }
    }

    fn send(&self, path: &str) -> TcpStream {
        send(self.address, path)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Where metrics are, by the log.
    fn operations(&self) -> SocketAddr {
        let log = self.log();
        // The last one may be half written.
        let lines = log
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut told = lines.filter(|line| line["message"] == "metrics, health and readiness");
        let line = told.next().unwrap_or_else(|| panic!("{log}"));
        line["address"].as_str().unwrap().parse().unwrap()
    }

    fn get(&self, path: &str) -> String {
        get_from(self.address, path)
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
        self.signal("-TERM");
    }

    fn signal(&self, signal: &str) {
        let kill = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
    }

    /// Waits until its log has these words so often.
    fn logged(&self, words: &str, times: usize) {
        let end = Instant::now() + LONG;
        while self.log().matches(words).count() < times {
            assert!(Instant::now() < end, "{words}: {}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn ready_says_what_the_one_that_runs_says() {
    let console = Console::spawn(crowsnest().env("CROWSNEST_METRICS_LISTEN", "127.0.0.1:0"));
    let address = console.operations().to_string();
    let ask = || {
        let mut command = crowsnest();
        command.env("CROWSNEST_METRICS_LISTEN", &address);
        command.arg("ready").output().unwrap()
    };
    let answer = ask();
    assert_eq!(answer.status.code(), Some(0), "{}", text(&answer.stderr));
    assert_eq!(text(&answer.stdout), "ready\n");
    drop(console);
    let answer = ask();
    assert_eq!(answer.status.code(), Some(1));
    let nobody = format!("crowsnest: nobody answers at {address}: ");
    assert!(text(&answer.stderr).starts_with(&nobody));
}

#[test]
fn idle_connections_do_not_silence_health() {
    let mut limited = Command::new("sh");
    limited
        .args([
            "-c",
            "ulimit -n 200 && exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_crowsnest"),
        ])
        .env("CROWSNEST_METRICS_LISTEN", "127.0.0.1:0")
        .env_remove("HOME")
        .env_remove("XDG_DATA_HOME")
        .current_dir(env!("CARGO_TARGET_TMPDIR"));
    let console = Console::spawn(&mut limited);
    let idle: Vec<TcpStream> = (0..300)
        .map(|_| TcpStream::connect(console.address).unwrap())
        .collect();
    for path in ["/healthz", "/readyz"] {
        for address in [console.address, console.operations()] {
            let answer = get_from(address, path);
            assert!(
                answer.starts_with("HTTP/1.1 200 OK\r\n"),
                "{path}: {answer}"
            );
        }
    }
    let page = console.get("/");
    assert!(page.starts_with("HTTP/1.1 503 "), "{page}");
    assert!(page.contains("x-frame-options: DENY"), "{page}");
    assert_eq!(console.log().matches("too many connections").count(), 1);
    assert!(
        !console.log().contains("cannot accept"),
        "descriptors are left"
    );
    drop(idle);
}

#[test]
fn a_hangup_reads_the_connections_anew() {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hangup.toml");
    let secret = file.with_extension("token");
    let connection = |name: &str| {
        let token = secret.display();
        format!(
            "[[connection]]\nname = \"{name}\"\nurl = \"http://127.0.0.1:1\"\nauth = {{ type = \"bearer\", token_file = \"{token}\" }}\n"
        )
    };
    std::fs::write(&secret, "a").unwrap();
    let lines = connection("first") + &connection("second");
    std::fs::write(&file, &lines).unwrap();
    let console = Console::start(&["--config", file.to_str().unwrap()]);
    let listed = |name: &str| console.get("/").contains(&format!("/c/{name}\""));
    assert!(listed("first") && listed("second") && !listed("third"));

    std::fs::write(&file, connection("second") + &connection("third")).unwrap();
    console.signal("-HUP");
    console.logged("connections are as the configuration says now", 1);
    assert!(!listed("first") && listed("second") && listed("third"));

    std::fs::write(&file, lines + "kind = \"odd\"\n").unwrap();
    console.signal("-HUP");
    console.logged("connections stay as they were", 1);
    assert!(console.log().contains("odd"), "{}", console.log());
    assert!(!listed("first") && listed("second") && listed("third"));
}

#[test]
fn what_packages_install_is_printed() {
    for (arguments, words) in [
        (&["completions", "bash"][..], "complete -F"),
        (&["completions", "fish"], "complete -c crowsnest"),
        (&["man"], ".TH crowsnest"),
        (&["reference"], "# Configuration"),
    ] {
        let output = output(arguments);
        assert!(output.status.success(), "{arguments:?}");
        assert!(text(&output.stdout).contains(words), "{arguments:?}");
    }
}

#[test]
fn metrics_have_a_port_of_their_own() {
    let console = Console::spawn(crowsnest().env("CROWSNEST_METRICS_LISTEN", "127.0.0.1:0"));
    let metrics = get_from(console.operations(), "/metrics");
    assert!(metrics.starts_with("HTTP/1.1 200 OK\r\n"), "{metrics}");
    assert!(metrics.contains("process_start_time_seconds "), "{metrics}");
    assert!(
        metrics.contains("x-content-type-options: nosniff"),
        "{metrics}"
    );
    let public = console.get("/metrics");
    assert!(public.starts_with("HTTP/1.1 404 "), "{public}");
}

#[test]
fn a_second_console_does_without_the_port_of_metrics_unless_it_was_told_so() {
    // Where this fails, another console has it already.
    let _taken = std::net::TcpListener::bind("127.0.0.1:9464");
    let console = Console::start(&[]);
    assert!(
        console.log().contains("choose another with metrics_listen"),
        "{}",
        console.log()
    );
    let output = crowsnest()
        .args(["--listen", "127.0.0.1:0"])
        .env("CROWSNEST_METRICS_LISTEN", "127.0.0.1:9464")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let why = text(&output.stderr);
    assert!(
        why.contains("cannot listen on 127.0.0.1:9464 for metrics"),
        "{why}"
    );
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
