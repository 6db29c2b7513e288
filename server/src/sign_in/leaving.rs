//! What of a provider ends with somebody's sessions: its refresh tokens, and what was read with what came of them.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use backend::tasks::to_its_end;
use secrecy::SecretString;
use store::now;
use tokio::time::timeout;

use super::{Door, kept::Kept};

/// How long a provider may take to take a token back.
const PATIENCE: Duration = Duration::from_secs(2);
/// Sessions remembered at once.
const MOST: usize = 10_000;

/// What opens the sessions that were here, by their handles: what a session keeps is sealed with that, and an admin who
/// ends it has none of it. One that was never here keeps its token until the provider ends it.
#[derive(Default)]
pub struct Seen(Mutex<HashMap<String, SecretString>>);

impl Seen {
    pub fn note(&self, handle: &str, secret: &SecretString) {
        let mut seen = self.all();
        if seen.contains_key(handle) {
            return;
        }
        // Most of them have ended: whoever comes again is noted again.
        if seen.len() >= MOST {
            seen.clear();
        }
        seen.insert(handle.to_owned(), secret.clone());
    }

    fn of(&self, handle: &str) -> Option<SecretString> {
        self.all().get(handle).cloned()
    }

    fn forget(&self, handle: &str) {
        self.all().remove(handle);
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Door {
    /// The sessions of a person that are about to end, by handle, with what they keep as far as it can be read.
    pub(super) async fn leaving(&self, person: &str) -> Vec<(String, Kept)> {
        let Ok(store) = self.store() else {
            return Vec::new();
        };
        let lasts = self.0.registry.ways().lasts;
        let sessions = store.sessions_of(person, lasts, now()).await;
        let mut leaving = Vec::new();
        for session in sessions.unwrap_or_default() {
            let kept = match self.0.seen.of(&session.handle) {
                Some(secret) => store.kept(&secret).await.ok().flatten(),
                None => None,
            };
            let kept = kept.map(|kept| Kept::read(&kept)).unwrap_or_default();
            leaving.push((session.handle, kept));
        }
        leaving
    }

    /// Once they have ended.
    pub(super) fn left(&self, left: Vec<(String, Kept)>) {
        for (handle, kept) in left {
            self.0.seen.forget(&handle);
            self.0.registry.end_of(&handle);
            self.give_back(&kept);
        }
    }

    /// Gives the refresh token of a session that has ended back to its provider. Nobody waits for that.
    pub(super) fn give_back(&self, kept: &Kept) {
        if kept.refresh_token.is_empty() {
            return;
        }
        let (door, id) = (self.clone(), kept.provider.clone());
        let token = SecretString::from(kept.refresh_token.as_str());
        to_its_end(async move {
            let Some(provider) = door.provider_of(&id) else {
                return;
            };
            let why = match timeout(PATIENCE, provider.revoke(&token)).await {
                Ok(Ok(())) => return,
                Ok(Err(failure)) => failure.to_string(),
                Err(_) => "It has not answered in time.".to_owned(),
            };
            tracing::warn!(
                provider = id,
                why,
                "a refresh token could not be given back"
            );
        });
    }
}
