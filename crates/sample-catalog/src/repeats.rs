//! Answers to writes that carried an `Idempotency-Key`: the same write is answered again, and not done again.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use futures_util::FutureExt;
use indexmap::IndexMap;
use tokio::time::Instant;
use uuid::Uuid;

use crate::{ask::Ask, operation::Operation, problem::Problem};

#[derive(Default)]
pub(crate) struct Repeats(IndexMap<Uuid, Given>);

struct Given {
    operation: Operation,
    at: Instant,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// The key of a write; one that is no UUID counts as none.
pub(crate) fn key(ask: &Ask) -> Option<Uuid> {
    let key = ask.header("idempotency-key").filter(|_| !ask.reads())?;
    key.parse().ok()
}

impl Repeats {
    /// What was answered to this key within `lifetime`. As Lakekeeper does: by operation, whatever the object.
    pub fn find(
        &mut self,
        key: Uuid,
        operation: Operation,
        lifetime: Duration,
    ) -> Option<Result<Response, Problem>> {
        self.0.retain(|_, given| given.at.elapsed() < lifetime);
        let given = self.0.get(&key)?;
        if given.operation != operation {
            return Some(Err(Problem::Typed(
                400,
                "IdempotencyKeyReused",
                "The Idempotency-Key was used on another endpoint".into(),
            )));
        }
        let mut response = Response::new(Body::from(given.body.clone()));
        *response.status_mut() = given.status;
        *response.headers_mut() = given.headers.clone();
        Some(Ok(response))
    }

    /// Keeps an answer that is final: done, or refused for good.
    pub fn keep(&mut self, key: Uuid, operation: Operation, response: Response) -> Response {
        if response.status().is_server_error() {
            return response;
        }
        let (parts, body) = response.into_parts();
        // Nothing is waited for: an answer to a write is whole when it is made.
        let body = to_bytes(body, usize::MAX).now_or_never();
        let body = body.and_then(Result::ok).unwrap_or_default();
        let given = Given {
            operation,
            at: Instant::now(),
            status: parts.status,
            headers: parts.headers.clone(),
            body: body.clone(),
        };
        self.0.insert(key, given);
        Response::from_parts(parts, Body::from(body))
    }
}
