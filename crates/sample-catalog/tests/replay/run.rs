//! One recording, replayed in its order.

use std::collections::BTreeMap;

use axum::Router;
use serde_json::Value;

use crate::{
    exchange::{self, Exchange},
    shape,
    substitute::Substitutes,
    support::{Answer, send},
};

/// A recorded request on its way to our server.
pub struct Request {
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// Puts in what the recording masks: tokens, secrets, signatures.
pub type Prepare<'a> = dyn Fn(&Exchange, &mut Request) + 'a;

/// Headers that are the transport's business.
const TRANSPORT: [&str; 4] = ["host", "content-length", "accept-encoding", "user-agent"];

/// What a replay found.
#[derive(Default)]
pub struct Report {
    /// Exchanges of other APIs, left out.
    pub others: usize,
    /// Exchanges compared.
    pub compared: usize,
    /// Of these, compared by status alone because the recorded body is cut short or compressed.
    pub by_status: usize,
    /// Differences by exchange: its place in the recording, method and path.
    pub differences: BTreeMap<String, String>,
}

/// Replays every exchange whose path begins with `base`.
pub async fn replay(
    router: &Router,
    name: &str,
    base: &str,
    known: &mut Substitutes,
    prepare: &Prepare<'_>,
) -> Report {
    replay_watched(router, name, base, known, prepare, &|_, _| ()).await
}

/// Shows every answer of ours, for what a later request needs of it.
pub type Watch<'a> = dyn Fn(&Request, &Answer) + 'a;

/// The same with a watcher.
pub async fn replay_watched(
    router: &Router,
    name: &str,
    base: &str,
    known: &mut Substitutes,
    prepare: &Prepare<'_>,
    watch: &Watch<'_>,
) -> Report {
    let mut report = Report::default();
    for (place, recorded) in exchange::read(name).iter().enumerate() {
        let Some(status) = recorded.status.filter(|_| recorded.path.starts_with(base)) else {
            report.others += 1;
            continue;
        };
        let headers = recorded.request_headers.iter().flatten();
        let headers = headers.map(|(key, value)| {
            (
                key.to_lowercase(),
                known.apply(value.as_str().unwrap_or_default()),
            )
        });
        let headers = headers
            .filter(|(key, value)| !TRANSPORT.contains(&key.as_str()) && value.is_ascii())
            .collect();
        let mut request = Request {
            path: known.apply(&recorded.path),
            headers,
            body: known.apply(&recorded.sent()),
        };
        prepare(recorded, &mut request);
        let headers: Vec<_> = request
            .headers
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        let ours = send(
            router,
            &recorded.method,
            &request.path,
            &headers,
            &request.body,
        )
        .await;
        report.compared += 1;
        watch(&request, &ours);
        let found = compare(recorded, status, &ours, known, &mut report.by_status);
        if let Some(found) = found {
            report.differences.insert(
                format!("{place} {} {}", recorded.method, recorded.path),
                found,
            );
        }
    }
    report
}

fn compare(
    recorded: &Exchange,
    status: u16,
    ours: &Answer,
    known: &mut Substitutes,
    by_status: &mut usize,
) -> Option<String> {
    if let Some(theirs) = recorded.headers.get("etag").and_then(Value::as_str) {
        known.put(
            theirs.trim_start_matches("W/").trim_matches('"'),
            ours.header("etag")
                .trim_start_matches("W/")
                .trim_matches('"'),
        );
    }
    if status != ours.status {
        let beginning: String = ours.text.chars().take(160).collect();
        return Some(format!(
            "status {status}, ours {}: {beginning}",
            ours.status
        ));
    }
    let text = recorded.text();
    let Ok(theirs) = serde_json::from_str::<Value>(&text) else {
        if text.starts_with(['{', '(']) {
            *by_status += 1;
            return None;
        }
        let no_body = recorded.method == "HEAD";
        let same = no_body || (text.is_empty() == ours.text.is_empty() && ours.json().is_null());
        return (!same).then(|| format!("body `{}`, ours `{}`", text.trim(), ours.text));
    };
    known.learn(&theirs, &ours.json());
    let (theirs, ours) = (shape::of(&theirs), shape::of(&ours.json()));
    let missing: Vec<_> = theirs.difference(&ours).cloned().collect();
    let extra: Vec<_> = ours.difference(&theirs).cloned().collect();
    (theirs != ours).then(|| format!("missing: {missing:?}, extra: {extra:?}"))
}
