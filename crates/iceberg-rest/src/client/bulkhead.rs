//! How much is asked of one server at once: one that hangs gathers no crowd, and what is read ahead in the
//! background never stands in the way of what somebody waits for.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{
    error::{Error, ErrorKind},
    operation::Route,
    outbound::Rooms,
};

/// Calls to one server at a time, and those of them that may be in the background.
const CALLS: usize = 16;
const BACKGROUND: usize = 8;

tokio::task_local! {
    static IN_BACKGROUND: ();
}

/// The calls of `work` leave places to others: for what nobody waits for, such as reading ahead, and for what makes
/// hundreds of calls. Of the calls to one server at a time, at most half are of this kind.
pub async fn in_background<T>(work: impl Future<Output = T>) -> T {
    IN_BACKGROUND.scope((), work).await
}

pub(crate) struct Bulkhead {
    calls: Semaphore,
    background: Semaphore,
    /// Calls that have a place or wait for one.
    present: AtomicUsize,
    pub rooms: Rooms,
}

impl Default for Bulkhead {
    fn default() -> Self {
        Self {
            calls: Semaphore::new(CALLS),
            background: Semaphore::new(BACKGROUND),
            present: AtomicUsize::new(0),
            rooms: Rooms::default(),
        }
    }
}

/// A call's place, until it is dropped.
pub(crate) struct Place<'a> {
    _call: SemaphorePermit<'a>,
    _background: Option<SemaphorePermit<'a>>,
    _present: Present<'a>,
}

struct Present<'a>(&'a AtomicUsize);

impl Drop for Present<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Bulkhead {
    /// Waits for a place, for `patience` at most.
    pub async fn enter(&self, route: Route, patience: Duration) -> Result<Place<'_>, Error> {
        let others = self.present.fetch_add(1, Ordering::Relaxed);
        let present = Present(&self.present);
        let wait = async {
            let background = match IN_BACKGROUND.try_with(|()| ()) {
                Ok(()) => Some(self.background.acquire().await.ok()?),
                Err(_) => None,
            };
            // Never closed.
            Some((self.calls.acquire().await.ok()?, background))
        };
        let places = tokio::time::timeout(patience, wait).await.ok().flatten();
        let (call, background) = places.ok_or_else(|| {
            let message = format!(
                "Not asked: {others} other calls to this server are still waiting for its answers."
            );
            Error::new(ErrorKind::TimedOut, route, message)
        })?;
        Ok(Place {
            _call: call,
            _background: background,
            _present: present,
        })
    }
}
