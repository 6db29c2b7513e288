//! What pages read of a catalog apart from tables and lists: it arrives, however slow the catalog is, and
//! whether or not the page that asked first is still there.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use model::{
    Read,
    error::{AppError, Kind},
    paths::Place,
    shown::Reveal,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Session,
    cache::{About, Question},
    reads::{self, FRESH, Reads},
};

/// What was asked, and which secrets who asks may see.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Asked {
    what: &'static str,
    place: Place,
    asked: String,
    reveal: Reveal,
}

/// What was read, as JSON: so its size is known, whatever it is.
impl Question for Asked {
    type Answer = reads::Read<Vec<u8>>;
    const KEPT: Duration = FRESH;
}

static READS: LazyLock<Reads<Asked, Vec<u8>, AppError>> =
    LazyLock::new(|| Reads::new(FRESH).with_lasting(|error| error.kind == Kind::TooLarge));

impl Session {
    /// Reads `what` a page shows of a place, and whatever else it `asked` for. All who ask meanwhile share
    /// one read, which goes on when a page gives up: whoever asks again gets what it brings. What somebody
    /// has seen is read anew.
    pub async fn seen_through<A, T, F>(
        &self,
        what: &'static str,
        place: Place,
        asked: A,
        read: impl FnOnce(Self, Place, A) -> F + Send + 'static,
    ) -> Result<Read<T>, AppError>
    where
        A: Serialize + Send + 'static,
        T: Serialize + DeserializeOwned,
        F: Future<Output = Result<T, AppError>> + Send + 'static,
    {
        let connection = self.connection(&place.connection)?;
        let question = Asked {
            what,
            place: place.clone(),
            asked: serde_json::to_string(&asked).map_err(unwritten)?,
            reveal: self.reveal().clone(),
        };
        let session = self.clone();
        let read = |_| async move {
            let json = read(session, place, asked).await?;
            let json = serde_json::to_vec(&json).map_err(unwritten)?;
            let bytes = json.len();
            Ok(reads::Read::new(Arc::new(json), None, bytes))
        };
        let grant = connection.grant(About::Anything);
        let read = self.load(READS.get(grant, question, true, read)).await?;
        let data = serde_json::from_slice(&read.value).map_err(unwritten)?;
        Ok(Read::new(data, read.at.into()))
    }
}

fn unwritten(error: serde_json::Error) -> AppError {
    let message = format!("Crowsnest could not pass on what it read: {error}.");
    AppError::new(Kind::Console, message)
}
