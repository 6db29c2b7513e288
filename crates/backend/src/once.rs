//! What a form asks for is done once: pressed twice, reloaded, or sent again from a page gone back
//! to, it is answered with what came of the first time.

use std::{
    collections::VecDeque,
    hash::{BuildHasher, Hash, RandomState},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use model::error::AppError;
use tokio::sync::watch;
use uuid::Uuid;

use crate::tasks::to_its_end;

/// How long the outcome is remembered.
const KEPT: Duration = Duration::from_secs(15 * 60);
/// How many outcomes are.
const MOST: usize = 256;

/// The changes that forms have asked for lately, under way or done. Each runs in a task of its own, to
/// its end, even when everybody who asked for it has gone.
pub struct Once<T> {
    hasher: RandomState,
    asked: Mutex<VecDeque<Asked<T>>>,
}

/// One change: what asked for it, and what came of it.
struct Asked<T> {
    id: String,
    what: u64,
    begun: Instant,
    told: Arc<AtomicBool>,
    outcome: watch::Receiver<Option<Result<T, AppError>>>,
}

/// What came of a change.
pub struct Told<T> {
    /// What it ended with.
    pub outcome: Result<T, AppError>,
    /// Somebody was told before: this is the answer to a repetition. One whose first answer could not
    /// be given any more is none.
    pub again: bool,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            asked: Mutex::default(),
        }
    }
}

impl<T: Clone + Send + Sync + 'static> Once<T> {
    /// Begins `making`, or joins it where it was begun before, and waits for its end. `id` is what the
    /// page gave its form ([`new_id`]); `what` is everything that the form says, since the same page
    /// may ask for something else. A form without an id is not remembered.
    ///
    /// What was refused is forgotten, so that it may be tried again; what may have happened is not.
    pub async fn run(
        &self,
        id: &str,
        what: impl Hash,
        making: impl Future<Output = Result<T, AppError>> + Send + 'static,
    ) -> Told<T> {
        let (told, mut outcome) = self.begin(id, self.hasher.hash_one(what), making);
        let made = outcome.wait_for(Option::is_some).await;
        let made = made.ok().and_then(|made| made.clone());
        Told {
            outcome: made.unwrap_or_else(|| Err(AppError::lost())),
            again: told.swap(true, Ordering::AcqRel),
        }
    }

    fn begin(
        &self,
        id: &str,
        what: u64,
        making: impl Future<Output = Result<T, AppError>> + Send + 'static,
    ) -> (
        Arc<AtomicBool>,
        watch::Receiver<Option<Result<T, AppError>>>,
    ) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|asked| asked.begun.elapsed() < KEPT && !asked.is_refused());
        let same = |asked: &&Asked<T>| asked.id == id && asked.what == what;
        if let Some(asked) = asked.iter().find(same) {
            return (asked.told.clone(), asked.outcome.clone());
        }
        let (tell, outcome) = watch::channel(None);
        let task = async move {
            tell.send_replace(Some(making.await));
        };
        to_its_end(task);
        let told = Arc::new(AtomicBool::new(false));
        if !id.is_empty() {
            if asked.len() == MOST {
                asked.pop_front();
            }
            asked.push_back(Asked {
                id: id.to_owned(),
                what,
                begun: Instant::now(),
                told: told.clone(),
                outcome: outcome.clone(),
            });
        }
        (told, outcome)
    }
}

impl<T> Asked<T> {
    /// It ended, and changed nothing for certain.
    fn is_refused(&self) -> bool {
        matches!(&*self.outcome.borrow(), Some(Err(error)) if !error.may_have_happened())
    }
}

/// What a page gives a form, so that the server knows it again, and when it was made.
pub fn new_id() -> String {
    Uuid::now_v7().to_string()
}

/// When an id was made.
pub fn made_at(id: &str) -> Option<SystemTime> {
    let (seconds, nanos) = Uuid::try_parse(id).ok()?.get_timestamp()?.to_unix();
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanos))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use model::error::Kind;
    use tokio::sync::oneshot;

    use super::*;

    /// Counts how often something is made.
    #[derive(Clone, Default)]
    struct Made(Arc<AtomicUsize>);

    impl Made {
        fn one(
            &self,
            outcome: Result<u8, AppError>,
        ) -> impl Future<Output = Result<u8, AppError>> + Send + use<> {
            let made = self.clone();
            async move {
                made.0.fetch_add(1, Ordering::SeqCst);
                outcome
            }
        }

        fn count(&self) -> usize {
            self.0.load(Ordering::SeqCst)
        }
    }

    #[tokio::test]
    async fn a_second_press_gets_the_outcome_of_the_first() {
        let (once, made) = (Once::default(), Made::default());
        let first = once.run("id", "create svc", made.one(Ok(1))).await;
        let second = once.run("id", "create svc", made.one(Ok(2))).await;
        assert_eq!((first.outcome, first.again), (Ok(1), false));
        assert_eq!((second.outcome, second.again), (Ok(1), true));
        assert_eq!(made.count(), 1);
    }

    #[tokio::test]
    async fn another_form_or_other_fields_are_another_change() {
        let (once, made) = (Once::default(), Made::default());
        for (id, what) in [("a", "x"), ("a", "y"), ("b", "x"), ("", "x"), ("", "x")] {
            assert!(!once.run(id, what, made.one(Ok(0))).await.again);
        }
        assert_eq!(made.count(), 5);
    }

    #[tokio::test]
    async fn a_change_runs_to_its_end_without_anybody_and_is_told_to_who_comes_back() {
        let (once, made) = (Once::default(), Made::default());
        let (go, wait) = oneshot::channel::<()>();
        let slow = made.one(Ok(7));
        let slow = async move {
            wait.await.unwrap();
            slow.await
        };
        {
            let mut left = std::pin::pin!(once.run("id", (), slow));
            assert!(
                std::future::poll_fn(|cx| std::task::Poll::Ready(left.as_mut().poll(cx)))
                    .await
                    .is_pending()
            );
        }
        go.send(()).unwrap();
        let back = once.run("id", (), made.one(Ok(8))).await;
        assert_eq!((back.outcome, back.again), (Ok(7), false));
        assert_eq!(made.count(), 1);
    }

    #[tokio::test]
    async fn what_was_refused_may_be_tried_again_and_what_may_have_happened_not() {
        let (once, made) = (Once::default(), Made::default());
        let refused = || Err(AppError::new(Kind::Forbidden, "No."));
        assert!(!once.run("id", 1, made.one(refused())).await.again);
        assert!(!once.run("id", 1, made.one(refused())).await.again);
        let unknown = || Err(AppError::new(Kind::OutcomeUnknown, "Silence."));
        assert!(!once.run("id", 2, made.one(unknown())).await.again);
        assert!(once.run("id", 2, made.one(unknown())).await.again);
        assert_eq!(made.count(), 3);
    }

    #[tokio::test]
    async fn a_panic_is_an_outcome_and_its_change_is_not_made_again() {
        let (once, made) = (Once::<u8>::default(), Made::default());
        let told = once.run("id", (), async { panic!("of the test") }).await;
        assert_eq!(told.outcome.unwrap_err().kind, Kind::OutcomeUnknown);
        assert!(once.run("id", (), made.one(Ok(1))).await.outcome.is_err());
        assert_eq!(made.count(), 0);
    }

    #[tokio::test]
    async fn no_more_is_remembered_than_fits() {
        let (once, made) = (Once::default(), Made::default());
        for id in 0..=MOST {
            once.run(&id.to_string(), (), made.one(Ok(0))).await;
        }
        assert!(once.run("1", (), made.one(Ok(0))).await.again);
        assert!(!once.run("0", (), made.one(Ok(0))).await.again);
    }
}
