//! What a provider says of itself (OpenID Connect Discovery 1.0), and its keys: asked for when first needed, and kept.

mod document;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::Mutex as Turn,
    time::{Instant, timeout},
};
use url::Url;

use super::{Failure, call::Caller, settings::is_loopback};

pub(super) use document::Known;

/// After this it is asked again; nobody waits for that longer than [`SOON`].
const FRESH: Duration = Duration::from_secs(3600);

/// A provider that is well has answered by then.
const SOON: Duration = Duration::from_secs(1);

/// After this nobody goes by what it said once: a key that was withdrawn is not believed for longer, though the provider
/// does not answer.
const STALE: Duration = Duration::from_secs(24 * 3600);

/// After a failure nobody asks for a second, then for two, four, up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Keys are not asked for again sooner, whatever key a token names.
const BETWEEN_KEYS: Duration = Duration::from_secs(60);

/// Cheap to clone.
#[derive(Clone)]
pub(super) struct Discovery(Arc<Inside>);

struct Inside {
    /// As it is set.
    issuer: String,
    is_local: bool,
    document: Url,
    caller: Caller,
    /// Held by who asks the provider: others wait for the same answer.
    turn: Arc<Turn<()>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: Option<(Arc<Known>, Instant)>,
    keys_asked: Option<Instant>,
    /// Of the last time, if it failed.
    failed: Option<Failed>,
}

struct Failed {
    failure: Failure,
    /// Failures in a row.
    count: u32,
    /// When it is worth asking again.
    over: Instant,
}

impl Discovery {
    pub fn new(issuer: &str, url: Url, caller: Caller) -> Self {
        let is_local = is_loopback(&url);
        let mut document = url;
        // §4.1: behind the issuer's path, less a slash at its end.
        let path = document.path().trim_end_matches('/');
        document.set_path(&format!("{path}/.well-known/openid-configuration"));
        Self(Arc::new(Inside {
            issuer: issuer.to_owned(),
            is_local,
            document,
            caller,
            turn: Arc::default(),
            state: Mutex::default(),
        }))
    }

    /// What is known, asked for where it is not or not any more. Where a provider does not answer soon, who comes after an
    /// hour goes by what there is.
    pub async fn known(&self) -> Result<Arc<Known>, Failure> {
        if let Some(known) = self.younger_than(FRESH) {
            return Ok(known);
        }
        if let Some(known) = self.younger_than(STALE) {
            let Ok(turn) = self.0.turn.clone().try_lock_owned() else {
                return Ok(known);
            };
            let discovery = self.clone();
            let asking = tokio::spawn(async move {
                let _turn = turn;
                discovery.ask_unless_it_failed().await
            });
            // What went wrong is in the log, and kept for who asks next.
            return Ok(match timeout(SOON, asking).await {
                Ok(Ok(Ok(newer))) => newer,
                _ => known,
            });
        }
        let _turn = self.0.turn.lock().await;
        match self.younger_than(FRESH) {
            Some(known) => Ok(known),
            None => self.ask_unless_it_failed().await,
        }
    }

    /// Asks the provider, unless it failed a moment ago. By who has the turn.
    async fn ask_unless_it_failed(&self) -> Result<Arc<Known>, Failure> {
        let count = match &self.state().failed {
            Some(failed) if Instant::now() < failed.over => return Err(failed.failure.clone()),
            failed => failed.as_ref().map_or(0, |failed| failed.count),
        };
        match self.ask().await {
            Ok(known) => {
                let known = Arc::new(known);
                let now = Instant::now();
                *self.state() = State {
                    known: Some((known.clone(), now)),
                    keys_asked: Some(now),
                    failed: None,
                };
                Ok(known)
            }
            Err(failure) => {
                self.state().failed = Some(Failed {
                    failure: failure.clone(),
                    count: count.saturating_add(1),
                    over: Instant::now() + pause(count),
                });
                Err(failure)
            }
        }
    }

    /// What is known with other keys than `than` has; `None` where keys were asked for within the last minute.
    pub async fn newer_keys(&self, than: &Arc<Known>) -> Result<Option<Arc<Known>>, Failure> {
        let _turn = self.0.turn.lock().await;
        {
            let mut state = self.state();
            // Somebody else has asked meanwhile.
            if let Some((known, _)) = &state.known
                && !Arc::ptr_eq(known, than)
            {
                return Ok(Some(known.clone()));
            }
            let asked = state.keys_asked.map(|asked| asked.elapsed());
            if asked.is_some_and(|ago| ago < BETWEEN_KEYS) {
                return Ok(None);
            }
            state.keys_asked = Some(Instant::now());
        }
        let known = Arc::new(Known {
            keys: self.0.caller.document(&than.keys_url).await?,
            ..Known::clone(than)
        });
        // What else is known is as old as before.
        if let Some((kept, _)) = &mut self.state().known {
            *kept = known.clone();
        }
        Ok(Some(known))
    }

    fn younger_than(&self, age: Duration) -> Option<Arc<Known>> {
        let state = self.state();
        let (known, asked) = state.known.as_ref()?;
        (asked.elapsed() < age).then(|| known.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn pause(failures_before: u32) -> Duration {
    let seconds = 1_u64 << failures_before.min(10);
    Duration::from_secs(seconds).min(LONGEST_PAUSE)
}
