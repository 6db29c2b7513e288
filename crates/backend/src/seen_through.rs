//! What pages read of a catalog apart from tables and lists: it arrives, however slow the catalog is, and
//! whether or not the page that asked first is still there.

use std::{
    future::Future,
    sync::{Arc, LazyLock},
};

use axum::http::request::Parts;
use leptos::{
    prelude::{Owner, provide_context, use_context},
    reactive::computed::ScopedFuture,
};
use model::{
    Read,
    error::{AppError, Kind},
    paths::Place,
    shown::Reveal,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::reads::{self, FRESH, Reads};

/// What was asked, of a connection as its changes left it, and which secrets who asks may see.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    connection: (u64, u64),
    what: &'static str,
    place: Place,
    asked: String,
    reveal: Reveal,
}

/// What was read, as JSON: so its size is known, whatever it is.
static READS: LazyLock<Reads<Key, Vec<u8>, AppError>> =
    LazyLock::new(|| Reads::new(FRESH, FRESH, 32 * 1024 * 1024));

/// Reads `what` a page shows of a place, and whatever else it `asked` for. All who ask meanwhile share one
/// read, which goes on when a page gives up: whoever asks again gets what it brings. What somebody has
/// seen is read anew.
pub async fn seen_through<A, T, F>(
    what: &'static str,
    place: Place,
    asked: A,
    read: impl FnOnce(Place, A) -> F + Send + 'static,
) -> Result<Read<T>, AppError>
where
    A: Serialize + Send + 'static,
    T: Serialize + DeserializeOwned,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let key = Key {
        connection: session()?.connection(&place.connection)?.generation(),
        what,
        place: place.clone(),
        asked: serde_json::to_string(&asked).map_err(unwritten)?,
        reveal: Reveal::here(),
    };
    let read = |_| {
        let reading = with_context_of_its_own(|| read(place, asked));
        async move {
            let json = serde_json::to_vec(&reading.await?).map_err(unwritten)?;
            let bytes = json.len();
            Ok(reads::Read::new(Arc::new(json), None, bytes))
        }
    };
    let read = load(READS.get(key, true, read)).await?;
    Ok(Read {
        data: serde_json::from_slice(&read.value).map_err(unwritten)?,
        at: read.at.into(),
    })
}

/// The context of the request under way ends with it, and a read may go on.
fn with_context_of_its_own<F: Future>(read: impl FnOnce() -> F) -> impl Future<Output = F::Output> {
    let (session, parts) = (session().ok(), use_context::<Parts>());
    // Not before it runs: to enter an owner leaves the arena of the one before.
    async move {
        let reading = Owner::default().with(|| {
            if let Some(session) = session {
                provide_context(session);
            }
            if let Some(parts) = parts {
                provide_context(parts);
            }
            ScopedFuture::new_untracked(read())
        });
        reading.await
    }
}

fn unwritten(error: serde_json::Error) -> AppError {
    let message = format!("Crowsnest could not pass on what it read: {error}.");
    AppError::new(Kind::Console, message)
}
