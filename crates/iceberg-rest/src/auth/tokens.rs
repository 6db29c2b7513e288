//! The last token, or pair of keys: kept, renewed ahead of its end, and asked for once by all who need one.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use tokio::{
    sync::{Mutex as Turns, OwnedMutexGuard},
    time::Instant,
};
use tracing::Instrument;

use crate::error::Error;

/// Another token is asked for this long before one expires, or at half of a shorter life.
const MARGIN: Duration = Duration::from_secs(60);

/// After a failure nobody asks for a second, then for two, four, up to this: a client that is locked
/// out stays locked out when it asks on.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A catalog that refuses a token gets another, but not one after the other.
const BETWEEN_REFUSALS: Duration = Duration::from_secs(10);

/// Gives tokens, or keys.
pub(crate) trait Source: Send + Sync + 'static {
    /// What is given.
    type Given: Clone + Send + Sync + 'static;

    /// Asked once: whoever keeps the outcome decides when it is worth asking again.
    fn request(&self) -> impl Future<Output = Result<Token<Self::Given>, Error>> + Send;

    /// What tells one that was given from another.
    fn secret(given: &Self::Given) -> &SecretString;
}

/// What a source gave, and for how long.
pub(crate) struct Token<T> {
    pub value: T,
    /// When another is asked for; `None`: the server does not say how long this one lives, and it is
    /// used until refused.
    pub renew_at: Option<Instant>,
    pub expires_at: Option<Instant>,
}

impl<T> Token<T> {
    /// One that was asked for at `started`, with so long to live from then.
    pub fn new(value: T, started: Instant, life: Option<Duration>) -> Self {
        Self {
            value,
            renew_at: life.and_then(|life| started.checked_add(life - MARGIN.min(life / 2))),
            expires_at: life.and_then(|life| started.checked_add(life)),
        }
    }
}

/// Cheap to clone.
pub(crate) struct Tokens<S: Source>(Arc<Shared<S>>);

struct Shared<S: Source> {
    source: S,
    state: Mutex<State<S::Given>>,
    /// Held by the one request that is under way.
    turn: Arc<Turns<()>>,
}

struct State<T> {
    token: Option<Token<T>>,
    /// Of the last request, if it failed.
    failure: Option<Failure>,
    /// Requests that have ended.
    rounds: u64,
    refused_at: Option<Instant>,
}

struct Failure {
    error: Error,
    /// Failures in a row.
    count: u32,
    /// When it is worth asking again.
    over: Instant,
}

/// What a caller does.
enum Step<T> {
    Use(T),
    /// The token lives, but not for long.
    UseAndRenew(T),
    Ask,
    Fail(Error),
}

impl<S: Source> Tokens<S> {
    pub fn new(source: S) -> Self {
        Self(Arc::new(Shared {
            source,
            state: Mutex::default(),
            turn: Arc::default(),
        }))
    }

    /// Asks where none is at hand. Whether it did; what fails, fails the next call as well.
    pub async fn prepare(&self) -> bool {
        let asks = matches!(self.0.state().step(Instant::now()), Step::Ask);
        if asks {
            let _ = self.token().await;
        }
        asks
    }

    /// The token in use, or a new one where it is over. A failure is everybody's who waited, and for a while
    /// that of those who come later; while the token in use lives, it is nobody's.
    pub async fn token(&self) -> Result<S::Given, Error> {
        let (step, round) = {
            let state = self.0.state();
            (state.step(Instant::now()), state.rounds)
        };
        match step {
            Step::Use(token) => Ok(token),
            Step::Fail(error) => Err(error),
            Step::UseAndRenew(token) => {
                if let Ok(turn) = self.0.turn.clone().try_lock_owned() {
                    tokio::spawn(Arc::clone(&self.0).ask(round, turn).in_current_span());
                }
                Ok(token)
            }
            Step::Ask => {
                let turn = self.0.turn.clone().lock_owned().await;
                // In a task: others wait for it, whether or not this caller stays.
                let asking = tokio::spawn(Arc::clone(&self.0).ask(round, turn).in_current_span());
                asking
                    .await
                    .unwrap_or_else(|_| Err(Error::invalid("Asking for a token was broken off.")))
            }
        }
    }

    /// Drops the token that a catalog refused, unless another has taken its place. False: it was itself the
    /// replacement of a refused one a moment ago, and the next would be refused too.
    pub fn forget(&self, refused: &SecretString) -> bool {
        let mut state = self.0.state();
        let current = state.token.as_ref().map(|token| S::secret(&token.value));
        if current.is_none_or(|token| token.expose_secret() != refused.expose_secret()) {
            return true;
        }
        let soon = state
            .refused_at
            .is_some_and(|at| at.elapsed() < BETWEEN_REFUSALS);
        if !soon {
            state.token = None;
            state.refused_at = Some(Instant::now());
        }
        !soon
    }
}

impl<S: Source> Shared<S> {
    fn state(&self) -> MutexGuard<'_, State<S::Given>> {
        // A panic elsewhere leaves the state as it was: each change is made in one go.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks, unless a request has ended since the caller looked: then its outcome is the caller's too.
    async fn ask(
        self: Arc<Self>,
        round: u64,
        _turn: OwnedMutexGuard<()>,
    ) -> Result<S::Given, Error> {
        if let Some(outcome) = self.state().since(round) {
            return outcome;
        }
        let asked = self.source.request().await;
        self.state().settle(asked, Instant::now())
    }
}

impl<T> Default for State<T> {
    fn default() -> Self {
        Self {
            token: None,
            failure: None,
            rounds: 0,
            refused_at: None,
        }
    }
}

impl<T: Clone> State<T> {
    fn step(&self, now: Instant) -> Step<T> {
        let paused = self.failure.as_ref().filter(|failure| now < failure.over);
        let living = self
            .token
            .as_ref()
            .filter(|token| !over(token.expires_at, now));
        match (living, paused) {
            (Some(token), None) if over(token.renew_at, now) => {
                Step::UseAndRenew(token.value.clone())
            }
            (Some(token), _) => Step::Use(token.value.clone()),
            (None, Some(failure)) => Step::Fail(failure.told(now)),
            (None, None) => Step::Ask,
        }
    }

    fn since(&self, round: u64) -> Option<Result<T, Error>> {
        if self.rounds == round {
            return None;
        }
        match (&self.failure, &self.token) {
            (Some(failure), _) => Some(Err(failure.error.clone())),
            (None, Some(token)) => Some(Ok(token.value.clone())),
            // Refused meanwhile.
            (None, None) => None,
        }
    }

    fn settle(&mut self, asked: Result<Token<T>, Error>, now: Instant) -> Result<T, Error> {
        self.rounds += 1;
        match asked {
            Ok(token) => {
                self.failure = None;
                Ok(self.token.insert(token).value.clone())
            }
            Err(error) => {
                let before = self.failure.as_ref().map_or(0, |failure| failure.count);
                let told = Duration::from_secs(error.retry_after.unwrap_or_default());
                self.failure = Some(Failure {
                    error: error.clone(),
                    count: before + 1,
                    over: now + pause(before).max(told),
                });
                Err(error)
            }
        }
    }
}

impl Failure {
    fn told(&self, now: Instant) -> Error {
        let left = self.over.saturating_duration_since(now);
        let mut error = self.error.clone();
        error.details_mut().retry_after = Some(left.as_secs_f32().ceil() as u64);
        error
    }
}

fn over(at: Option<Instant>, now: Instant) -> bool {
    at.is_some_and(|at| at <= now)
}

/// After this many failures before.
fn pause(before: u32) -> Duration {
    Duration::from_secs(1 << before.min(5)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{State, Step, Token, pause};
    use crate::{
        error::{Error, ErrorKind},
        operation::Operation,
    };

    fn step(state: &State<&str>, now: Instant) -> &'static str {
        match state.step(now) {
            Step::Use(_) => "use",
            Step::UseAndRenew(_) => "use and renew",
            Step::Ask => "ask",
            Step::Fail(_) => "fail",
        }
    }

    fn failure() -> Error {
        Error::new(ErrorKind::ServerError, Operation::GetToken.route(), "no")
    }

    #[test]
    fn a_token_is_used_while_it_lives_whatever_becomes_of_the_next() {
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let mut state = State::default();
        assert_eq!(step(&state, start), "ask");
        let token = Token {
            value: "token-1",
            renew_at: Some(after(40)),
            expires_at: Some(after(100)),
        };
        state.settle(Ok(token), start).unwrap();
        assert_eq!(step(&state, after(39)), "use");
        assert_eq!(step(&state, after(40)), "use and renew");
        state.settle(Err(failure()), after(40)).unwrap_err();
        assert_eq!(step(&state, after(40)), "use");
        assert_eq!(step(&state, after(41)), "use and renew");
        state.settle(Err(failure()), after(99)).unwrap_err();
        assert_eq!(step(&state, after(99)), "use");
        let Step::Fail(error) = state.step(after(100)) else {
            panic!("the token is over, and it is not yet time to ask again")
        };
        assert_eq!(error.retry_after, Some(1), "{error}");
        assert_eq!(step(&state, after(101)), "ask");
    }

    #[test]
    fn failures_in_a_row_are_asked_about_less_and_less() {
        let pauses: Vec<u64> = (0..8).map(|before| pause(before).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
        let now = Instant::now();
        let mut state = State::<&str>::default();
        let mut busy = failure();
        busy.details_mut().retry_after = Some(20);
        state.settle(Err(busy), now).unwrap_err();
        assert_eq!(step(&state, now + Duration::from_secs(19)), "fail");
        assert_eq!(step(&state, now + Duration::from_secs(20)), "ask");
    }
}
