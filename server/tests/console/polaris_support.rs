//! A console over the sample Polaris, what it is sent, and what it logs.

use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Body, http::Request};
use backend::Spec;
use serde_json::Value;
use server::{
    State,
    config::{Config, Flags, Variables},
    router,
};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{Answer, LISTEN, NOT_YET, ask, ask_while, connect_to};

pub const POLARIS: &str = "sample-polaris";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

pub struct Console {
    pub router: Router,
    log: Log,
    /// Belongs to the thread: the test's runtime has no other.
    _logging: DefaultGuard,
}

impl Console {
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// `configure` may change the connection before it is used.
    pub async fn with(configure: impl Fn(&mut Spec)) -> Self {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .with_writer(log.clone());
        let logging = tracing::subscriber::set_default(subscriber.finish());
        let mut samples = server::sample::start().await.unwrap();
        samples.iter_mut().for_each(configure);
        let config = Config::load(&Flags::default(), &Variables::new()).unwrap();
        let connections = connect_to(samples);
        let state = State::new(&connections, &config, LISTEN.parse().unwrap()).unwrap();
        Self {
            router: router(&state),
            log,
            _logging: logging,
        }
    }

    /// A page with what it shows: a busy machine takes longer than a page does.
    pub async fn get(&self, path: &str) -> Answer {
        unmarked(ask_while(&self.router, path, NOT_YET).await)
    }

    /// A page of the connection.
    pub async fn page(&self, page: &str) -> Answer {
        self.get(&format!("/c/{POLARIS}/{page}")).await
    }

    /// Sends the form of a page, as a browser without scripts does.
    pub async fn submit(&self, page: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/c/{POLARIS}/{page}");
        self.post(&path, "text/html", &path, fields).await
    }

    /// Presses one of a page's buttons.
    pub async fn press(&self, page: &str, operation: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = [&[("operation", operation)], fields].concat();
        self.submit(page, &fields).await
    }

    pub async fn post(
        &self,
        path: &str,
        accept: &str,
        from: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("host", LISTEN)
            .header("sec-fetch-site", "same-origin")
            .header("accept", accept)
            .header("referer", format!("http://evil.test{from}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.ask(request).await
    }

    /// The answer, without the marks that tell the page's code where texts end.
    async fn ask(&self, request: Request<Body>) -> Answer {
        unmarked(ask(&self.router, request).await)
    }

    pub fn log(&self) -> String {
        String::from_utf8(self.log.0.lock().unwrap().clone()).unwrap()
    }

    /// The lines about changes.
    pub fn changes(&self) -> Vec<Value> {
        let log = self.log();
        let lines = log
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["target"] == "change").collect()
    }

    /// The one line about a change.
    pub fn change(&self, operation: &str) -> Value {
        let mut changes = self.changes();
        changes.retain(|line| line["operation"] == operation);
        assert_eq!(changes.len(), 1, "{operation}: {changes:?}");
        changes.remove(0)
    }
}

impl Answer {
    /// Panics with the answer where it is no success.
    pub fn ok(self) {
        assert!(
            self.status.is_success() || self.status.is_redirection(),
            "{} {}",
            self.status,
            self.body
        );
    }
}

/// Without what stands between texts for scripts alone.
fn unmarked(answer: Answer) -> Answer {
    Answer {
        body: answer.body.replace("<!>", ""),
        ..answer
    }
}
