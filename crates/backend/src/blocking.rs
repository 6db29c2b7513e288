use model::error::{AppError, Kind};
use tokio::sync::Semaphore;

/// Runs what keeps a processor busy off the threads that answer requests, a few at a time.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    static PERMITS: Semaphore = Semaphore::const_new(4);
    // Nobody closes it.
    let permit = PERMITS.acquire().await;
    let work = move || {
        let _permit = permit;
        work()
    };
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| {
        AppError::new(
            Kind::Console,
            "Crowsnest failed while it put this together.",
        )
    })
}
