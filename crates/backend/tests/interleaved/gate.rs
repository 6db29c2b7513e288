//! What holds every request, and lets one after the other on.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, Response, StatusCode},
    middleware::Next,
};
use serde_json::Value;
use tokio::{
    sync::{Notify, oneshot},
    task::JoinSet,
};

use crate::{Person, kind::Table};

/// Says who sends a request; without it, it is not held.
pub const WRITER: &str = "x-writer";

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
pub enum Fate {
    Answered,
    Lost,
    AnswerLost,
}

/// A commit that the catalog made.
pub struct Made {
    pub writer: usize,
    /// How many commits its writer had seen the outcome of.
    pub knew: usize,
    pub metadata: Value,
}

#[derive(Default)]
pub struct Log {
    waiting: Vec<(usize, bool, oneshot::Sender<Fate>)>,
    pub made: Vec<Made>,
    /// By writer: commits that it saw the outcome of, and commits that it sent.
    pub knows: BTreeMap<usize, usize>,
    sent: BTreeMap<usize, usize>,
}

impl Log {
    /// The table's metadata after so many commits.
    pub fn after<'a>(&'a self, commits: usize, table: &'a Table) -> &'a Value {
        match commits.checked_sub(1) {
            Some(last) => &self.made[last].metadata,
            None => &table.first,
        }
    }

    pub fn sent_by(&self, writer: usize) -> usize {
        self.sent.get(&writer).copied().unwrap_or_default()
    }
}

/// Holds every request of a writer until it is told what becomes of it.
#[derive(Clone, Default)]
pub struct Gate {
    log: Arc<Mutex<Log>>,
    changed: Arc<Notify>,
}

impl Gate {
    pub fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap()
    }

    pub async fn pass(State(gate): State<Self>, request: Request, next: Next) -> Response<Body> {
        let writer = request.headers().get(WRITER);
        let writer = writer.and_then(|name| name.to_str().ok()?.parse::<usize>().ok());
        let Some(writer) = writer else {
            return next.run(request).await;
        };
        let writes = request.method() == Method::POST;
        // What else a change may touch is looked for besides.
        let reads = !writes && request.uri().path().contains("/tables/");
        let (tell, told) = oneshot::channel();
        gate.log().waiting.push((writer, writes, tell));
        gate.changed.notify_one();
        let fate = told.await.unwrap_or(Fate::Answered);
        let lost = || {
            let lost = Response::builder().status(StatusCode::GATEWAY_TIMEOUT);
            lost.body(Body::empty()).unwrap()
        };
        if writes {
            *gate.log().sent.entry(writer).or_default() += 1;
        }
        if let Fate::Lost = fate {
            return lost();
        }
        let (head, body) = next.run(request).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let mut log = gate.log();
        if writes && head.status.is_success() {
            let answer: Value = serde_json::from_slice(&body).unwrap();
            let knew = log.knows.get(&writer).copied().unwrap_or_default();
            log.made.push(Made {
                writer,
                knew,
                metadata: answer["metadata"].clone(),
            });
        } else if reads {
            let all = log.made.len();
            log.knows.insert(writer, all);
        }
        match fate {
            Fate::AnswerLost => lost(),
            _ => Response::from_parts(head, Body::from(body)),
        }
    }

    /// Lets one after the other on, as `order` says, once everybody waits.
    pub async fn conduct(&self, mut people: JoinSet<Person>, order: &[(u8, u8)]) -> Vec<Person> {
        let (mut ended, all) = (Vec::new(), people.len());
        let mut order = order.iter().cycle();
        while ended.len() < all {
            let waiting = {
                let log = self.log();
                let mut writers: Vec<_> = log.waiting.iter().map(|one| one.0).collect();
                writers.dedup();
                writers.len()
            };
            if waiting < all - ended.len() {
                tokio::select! {
                    () = self.changed.notified() => {}
                    Some(person) = people.join_next() => ended.push(person.unwrap()),
                }
                continue;
            }
            let (who, what) = order.next().unwrap();
            let mut log = self.log();
            let at = usize::from(*who) % waiting;
            let (_, writes, go) = log.waiting.remove(at);
            // What is read is not lost: whoever cannot read goes no further.
            let fate = match (writes, what % 5) {
                (true, 0) => Fate::Lost,
                (true, 1) => Fate::AnswerLost,
                _ => Fate::Answered,
            };
            let _ = go.send(fate);
        }
        ended
    }
}
