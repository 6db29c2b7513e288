//! A success as it came, and what is made of it. Long ones are worked on beside the threads that serve everybody.

use std::{panic, sync::Arc};

use serde::de::DeserializeOwned;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{
    decode::{self, Headers, Response},
    error::{Error, ErrorKind},
    mask::Mask,
    operation::Route,
    outbound::Room,
};

/// Longest answer, in bytes, that is worked on where it arrives: it is masked and parsed within a millisecond or
/// two, and nearly all answers are shorter. To hand one over takes some 20 µs.
const INLINE: usize = 256 * 1024;

/// Long answers that are worked on at a time. Others wait, and hold their room meanwhile.
const AT_ONCE: usize = 4;

/// A success, or 304, as it came.
pub struct Received {
    /// HTTP status.
    pub status: u16,
    /// The headers that mean something to a client of catalogs.
    pub headers: Headers,
    /// Decompressed, and without the secrets of the connection.
    pub body: Vec<u8>,
    /// Until it is understood.
    _room: Room,
}

impl Received {
    /// Takes the secrets of the connection and those that were `given` out of a body.
    pub(super) async fn masked(
        (status, headers): (u16, Headers),
        (mut body, room): (Vec<u8>, Room),
        [own, given]: [Arc<Mask>; 2],
    ) -> Self {
        aside(body.len(), move || {
            own.body(&mut body);
            given.body(&mut body);
            Self {
                status,
                headers,
                body,
                _room: room,
            }
        })
        .await
    }

    pub(super) fn as_response(&self) -> Response<'_> {
        Response {
            status: self.status,
            headers: &self.headers,
            body: &self.body,
        }
    }

    /// The body as a `T`; [`ErrorKind::Malformed`] where it is none. `route` is that of the call.
    pub async fn json<T: DeserializeOwned + Send + 'static>(
        self,
        route: Route,
    ) -> Result<T, Error> {
        self.understood(move |response| decode::json(route, response))
            .await
    }

    /// What a change made, as a `T`. An answer that cannot be read leaves open whether it happened:
    /// [`ErrorKind::CommitStateUnknown`].
    pub async fn made<T: DeserializeOwned + Send + 'static>(
        self,
        route: Route,
    ) -> Result<T, Error> {
        self.json(route).await.map_err(|mut error| {
            error.details_mut().kind = ErrorKind::CommitStateUnknown;
            error
        })
    }

    /// What `read` makes of it.
    pub(super) async fn understood<T: Send + 'static>(
        self,
        read: impl FnOnce(&Response<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        aside(self.body.len(), move || read(&self.as_response())).await
    }
}

/// Works on about so many bytes, on a thread of its own where they are many.
pub async fn aside<T: Send + 'static>(
    length: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);
    if length <= INLINE {
        return work();
    }
    // Nobody closes it.
    let place = PLACES.acquire().await;
    let worked = spawn_blocking(move || {
        let _place = place;
        work()
    });
    match worked.await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(value) => value,
        Err(Ok(panicked)) => panic::resume_unwind(panicked),
        // The runtime is shutting down.
        Err(Err(_)) => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        thread::{self, ThreadId},
        time::Duration,
    };

    use futures_util::FutureExt;
    use secrecy::SecretString;
    use serde::{Deserialize, Deserializer, de::IgnoredAny};

    use super::*;
    use crate::{operation::Operation, outbound::Rooms};

    /// The thread that parsed it.
    struct Where(ThreadId);

    impl<'de> Deserialize<'de> for Where {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            IgnoredAny::deserialize(deserializer).map(|_| Self(thread::current().id()))
        }
    }

    fn room() -> Room {
        Room::new(&Rooms::default(), Duration::ZERO)
    }

    fn received(length: usize) -> Received {
        Received {
            status: 200,
            headers: Headers::default(),
            body: format!("\"{}\"", "x".repeat(length - 2)).into_bytes(),
            _room: room(),
        }
    }

    #[tokio::test]
    async fn only_long_answers_are_parsed_on_another_thread() {
        let route = Operation::LoadTable.route();
        for (length, here) in [(INLINE, true), (INLINE + 1, false)] {
            let parsed: Where = received(length).json(route).await.unwrap();
            assert_eq!(parsed.0 == thread::current().id(), here, "{length}");
        }
    }

    #[tokio::test]
    async fn others_have_their_turn_while_a_long_answer_is_masked() {
        let secret = SecretString::from("a-secret-of-the-connection");
        let masks = || [Mask::of([&secret]), Mask::of([])].map(Arc::new);
        for (length, at_once) in [(64, true), (8 * INLINE, false)] {
            let body = [b"a-secret-of-the-connection", &*vec![b' '; length]].concat();
            let head = (200, Headers::default());
            let mut masking = pin!(Received::masked(head, (body, room()), masks()));
            let at_first = masking.as_mut().now_or_never();
            assert_eq!(at_first.is_some(), at_once, "{length}");
            let received = match at_first {
                Some(received) => received,
                None => masking.await,
            };
            assert!(received.body.starts_with(b"[masked] "));
        }
    }
}
