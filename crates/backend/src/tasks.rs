//! Work that goes on when whoever asked for it has gone: the process waits for it before it ends.

use std::sync::LazyLock;

use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

static TASKS: LazyLock<TaskTracker> = LazyLock::new(TaskTracker::new);

/// Does work to its end, under the name of the request that asked for it.
pub fn to_its_end<W>(work: W) -> JoinHandle<W::Output>
where
    W: Future<Output: Send + 'static> + Send + 'static,
{
    TASKS.spawn(work.in_current_span())
}

/// Waits for all of it. For when nothing new begins.
pub async fn finished() {
    TASKS.close();
    TASKS.wait().await;
}
