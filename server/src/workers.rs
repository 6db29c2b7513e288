//! Where pages are made: on threads of their own. The thread that accepts, reads and writes does
//! nothing that takes long, so health is answered while every worker is busy.

use std::{future::poll_fn, panic::resume_unwind, pin::pin, sync::Arc, task::Poll, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use rustix::time::{ClockId, clock_gettime};
use tokio::{runtime::Handle, sync::Semaphore, task::JoinSet, time::timeout};
use tracing::Instrument;

use crate::fault;

/// Requests that are worked on at once; each may hold a page.
const AT_ONCE: usize = 256;
/// How long another one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// Processor time for one answer. Pages take milliseconds.
const BUDGET: Duration = Duration::from_secs(5);
/// Seconds after which a request that was turned away is worth sending again.
const AGAIN: u16 = 5;

#[derive(Clone)]
pub struct Workers {
    runtime: Handle,
    turns: Arc<Semaphore>,
    patience: Duration,
    budget: Duration,
}

impl Workers {
    pub fn new(runtime: Handle) -> Self {
        Self {
            runtime,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            patience: PATIENCE,
            budget: BUDGET,
        }
    }
}

/// Has a request answered by a worker, whole, and ends what takes more than the budget. When the
/// client leaves, so does the work.
pub async fn work(State(workers): State<Workers>, request: Request, next: Next) -> Response {
    let Ok(Ok(turn)) = timeout(workers.patience, workers.turns.clone().acquire_owned()).await
    else {
        return busy();
    };
    let answer = async move {
        let _turn = turn;
        let answer = within(workers.budget, async {
            whole(next.run(request).await).await
        });
        answer.await.unwrap_or_else(overrun)
    };
    let mut task = JoinSet::new();
    task.spawn_on(answer.in_current_span(), &workers.runtime);
    match task.join_next().await {
        Some(Ok(answer)) => answer,
        Some(Err(error)) if error.is_panic() => resume_unwind(error.into_panic()),
        // The runtime is going down.
        _ => busy(),
    }
}

/// In the extensions of a response that is too long to be held: its body is sent as it arrives.
#[derive(Clone, Copy)]
pub struct AsItArrives;

/// Pages are complete before their first byte is sent; what is left of making them belongs here too.
async fn whole(response: Response) -> Response {
    if response.extensions().get::<AsItArrives>().is_some() {
        return response;
    }
    let (parts, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(error) => {
            tracing::error!(%error, "an answer could not be completed");
            fault::page(
                StatusCode::INTERNAL_SERVER_ERROR,
                "This could not be completed",
                "The log has the details, under the request id in the header x-request-id. If a change was sent, look whether it was made before sending it again.",
            )
        }
    }
}

/// `None` once `work` has taken more than `budget` of a processor and is still not done. A single
/// step that never ends is out of reach: it keeps its thread, and its thread alone.
async fn within<T>(budget: Duration, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut spent = Duration::ZERO;
    poll_fn(|context| {
        let begun = processor_time();
        let step = work.as_mut().poll(context);
        spent += processor_time().saturating_sub(begun);
        match step {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if spent > budget => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Of this thread: one that waits for its turn on a busy machine has not spent it.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

fn overrun() -> Response {
    tracing::warn!(
        seconds = BUDGET.as_secs(),
        "an answer took too much processor time"
    );
    again_later(
        "This took too long to make",
        "Crowsnest gave up on this answer, which took more processor time than any should. Ask for less at once: fewer open branches, a filter, a smaller page. If a change was sent, look whether it was made before sending it again.",
    )
}

/// For whoever comes while there are too many others.
pub fn busy() -> Response {
    again_later(
        "Crowsnest is busy",
        "Too many requests are under way. Nothing was asked or changed: try again in a few seconds.",
    )
}

fn again_later(title: &str, text: &str) -> Response {
    let mut answer = fault::page(StatusCode::SERVICE_UNAVAILABLE, title, text);
    let headers = answer.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(AGAIN));
    answer
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware::from_fn_with_state, routing::get};
    use tokio::task::yield_now;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn an_answer_ends_with_its_budget_and_not_before() {
        let steps = |count: usize| async move {
            for _ in 0..count {
                yield_now().await;
            }
            count
        };
        assert_eq!(within(BUDGET, steps(3)).await, Some(3));
        assert_eq!(within(Duration::ZERO, steps(1_000)).await, None);
        assert_eq!(
            within(Duration::ZERO, async { 1 }).await,
            Some(1),
            "what is done is done"
        );
    }

    #[tokio::test]
    async fn what_spends_its_budget_is_answered_with_a_page() {
        let long = || async {
            for _ in 0..1_000 {
                yield_now().await;
            }
        };
        let workers = Workers {
            budget: Duration::ZERO,
            ..Workers::new(Handle::current())
        };
        let router: Router = Router::new()
            .route("/", get(long))
            .layer(from_fn_with_state(workers, work));
        let answer = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers().contains_key(header::RETRY_AFTER));
    }

    #[tokio::test]
    async fn whoever_finds_no_turn_is_told_so() {
        let workers = Workers {
            turns: Arc::new(Semaphore::new(1)),
            patience: Duration::ZERO,
            ..Workers::new(Handle::current())
        };
        let router: Router = Router::new()
            .route("/", get(std::future::pending::<()>))
            .layer(from_fn_with_state(workers, work));
        let mut first = JoinSet::new();
        first.spawn(router.clone().oneshot(Request::new(Body::empty())));
        yield_now().await;
        let second = router.oneshot(Request::new(Body::empty()));
        let second = timeout(Duration::from_secs(30), second).await;
        let second = second.expect("an answer").unwrap();
        assert_eq!(second.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
