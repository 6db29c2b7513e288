//! Memory for answers that are being read, shared by all calls of the process.
//!
//! An answer of up to 1 MiB needs no leave. To grow beyond, and again beyond 8 MiB, it takes a place of its
//! size, and gives the smaller one back. Places are taken in order of size, so those who wait for a larger one
//! never hold one up: nothing can lock.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use crate::{
    error::{Error, ErrorKind},
    operation::Route,
};

const MIB: usize = 1024 * 1024;

/// Longest answer that takes no place, and longest that takes a medium one, in bytes.
pub(crate) const SMALL: usize = MIB;
const MEDIUM: usize = 8 * MIB;
/// Longest answer in all that is asked for, in bytes: a table's metadata.
pub(crate) const LARGE: usize = 64 * MIB;

/// Places of the process: 64 MiB, and twice what a table may have.
static ALL: [Semaphore; 2] = [Semaphore::const_new(8), Semaphore::const_new(2)];

/// Places of one server, which leave some to the others.
const OF_SERVER: [usize; 2] = [2, 1];

/// The places of one server.
#[derive(Clone)]
pub(crate) struct Rooms([Arc<Semaphore>; 2]);

impl Default for Rooms {
    fn default() -> Self {
        Self(OF_SERVER.map(|places| Arc::new(Semaphore::new(places))))
    }
}

/// The room that one answer takes, until it is dropped.
pub(crate) struct Room {
    rooms: Rooms,
    patience: Duration,
    size: usize,
    held: Option<(OwnedSemaphorePermit, SemaphorePermit<'static>)>,
}

impl Room {
    /// Waits for a place for `patience` each time.
    pub fn new(rooms: &Rooms, patience: Duration) -> Self {
        Self {
            rooms: rooms.clone(),
            patience,
            size: 0,
            held: None,
        }
    }

    /// Makes room for an answer of this length, in bytes.
    pub async fn fit(&mut self, route: Route, length: usize) -> Result<(), Error> {
        let size = usize::from(length > SMALL) + usize::from(length > MEDIUM);
        while self.size < size {
            let take = async {
                let own = self.rooms.0[self.size].clone().acquire_owned().await;
                // Never closed.
                own.ok().zip(ALL[self.size].acquire().await.ok())
            };
            let taken = tokio::time::timeout(self.patience, take).await;
            self.held = Some(taken.ok().flatten().ok_or_else(|| {
                let message =
                    "Other long answers are still being read, and there is no room for another.";
                Error::new(ErrorKind::TimedOut, route, message)
            })?);
            self.size += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTE: Route = Route {
        method: "GET",
        template: "",
    };

    #[tokio::test]
    async fn long_answers_take_turns_and_a_server_leaves_room_to_others() {
        let (one, other) = (Rooms::default(), Rooms::default());
        let room = |rooms: &Rooms| Room::new(rooms, Duration::from_millis(10));
        let (mut first, mut second, mut third) = (room(&one), room(&one), room(&one));
        first.fit(ROUTE, SMALL + 1).await.unwrap();
        second.fit(ROUTE, SMALL + 1).await.unwrap();
        third.fit(ROUTE, SMALL).await.unwrap();
        let error = third.fit(ROUTE, SMALL + 1).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::TimedOut);

        first.fit(ROUTE, MEDIUM + 1).await.unwrap();
        third.fit(ROUTE, SMALL + 1).await.unwrap();
        assert!(second.fit(ROUTE, MEDIUM + 1).await.is_err());
        room(&other).fit(ROUTE, MEDIUM + 1).await.unwrap();
        drop(first);
        second.fit(ROUTE, MEDIUM + 1).await.unwrap();
    }
}
