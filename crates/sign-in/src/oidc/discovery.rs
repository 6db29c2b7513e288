//! What a provider says of itself (OpenID Connect Discovery 1.0), and its keys: asked for when first needed, and kept.

mod document;

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::Instant};
use url::Url;

use super::{Failure, call::Caller, settings::is_loopback};

pub(super) use document::Known;

/// How long an answer is good for: a key that was withdrawn is not believed for longer.
const FRESH: Duration = Duration::from_secs(3600);

/// After a failure nobody asks for a second, then for two, four, up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Keys are not asked for again sooner, whatever key a token names.
const BETWEEN_KEYS: Duration = Duration::from_secs(60);

pub(super) struct Discovery {
    /// As it is set.
    issuer: String,
    is_local: bool,
    document: Url,
    caller: Caller,
    /// Held while the provider is asked: others wait for the same answer.
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
        Self {
            issuer: issuer.to_owned(),
            is_local,
            document,
            caller,
            state: Mutex::default(),
        }
    }

    /// What is known, asked for where it is not or not any more.
    pub async fn known(&self) -> Result<Arc<Known>, Failure> {
        let mut state = self.state.lock().await;
        if let Some((known, asked)) = &state.known
            && asked.elapsed() < FRESH
        {
            return Ok(known.clone());
        }
        let failed = state.failed.as_ref();
        if let Some(failed) = failed.filter(|failed| Instant::now() < failed.over) {
            return Err(failed.failure.clone());
        }
        let count = failed.map_or(0, |failed| failed.count);
        match self.ask().await {
            Ok(known) => {
                let known = Arc::new(known);
                let now = Instant::now();
                *state = State {
                    known: Some((known.clone(), now)),
                    keys_asked: Some(now),
                    failed: None,
                };
                Ok(known)
            }
            Err(failure) => {
                state.failed = Some(Failed {
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
        let mut state = self.state.lock().await;
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
        let known = Arc::new(Known {
            keys: self.caller.document(&than.keys_url).await?,
            ..Known::clone(than)
        });
        // What else is known is as old as before.
        if let Some((kept, _)) = &mut state.known {
            *kept = known.clone();
        }
        Ok(Some(known))
    }
}

fn pause(failures_before: u32) -> Duration {
    let seconds = 1_u64 << failures_before.min(10);
    Duration::from_secs(seconds).min(LONGEST_PAUSE)
}
