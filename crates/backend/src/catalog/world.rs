//! Who may do what on a server: collected in the background, once for all who ask.

use std::{
    sync::{
        Arc, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use access::polaris::{Access, World};
use iceberg_rest::Error;
use tokio::{
    sync::{Semaphore, watch},
    task::AbortHandle,
    time::Instant,
};
use vendors::polaris::{Management, Progress};

use super::{Catalog, KEPT, Opened};
use crate::{
    attendance::{Attendance, Attending},
    blocking::blocking,
    cache::{About, CACHE, Grant, Question},
};

/// How long it goes on when nobody asks how far it is. Longer than a read of a page: browsers let a tab
/// in the background ask but once a minute.
const GRACE: Duration = Duration::from_secs(150);

/// What one collection may take.
const COLLECTION_BYTES: usize = 96 * 1024 * 1024;

/// What came of a collection, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct CollectionOf(u64);

impl Question for CollectionOf {
    type Answer = Collected;
    const KEPT: Duration = KEPT;
}

/// An answer whether something is allowed follows from grants that are no older.
const VERDICT: Duration = Duration::from_secs(60);
/// What somebody decides on is no older, unless it takes so long to read that a page without scripts would
/// never find what it waited for.
const DECISION: Duration = Duration::from_secs(2);

/// How old collected grants may be. They are changed by others, too, and nobody hears of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// As long as they are kept.
    Any,
    /// For whether something is allowed.
    Verdict,
    /// For what is shown before something is taken away.
    Decision,
    /// None that is there.
    Now,
}

/// A collection under way, or what came of it.
pub struct Collection {
    /// That of the catalog when it began: after a change it does not hold any longer.
    grant: Grant,
    number: CollectionOf,
    started: SystemTime,
    /// The catalogs that it reads where they may not be listed.
    by_hand: Vec<String>,
    state: watch::Receiver<Progressed>,
    attendance: Arc<Attendance>,
    task: AbortHandle,
}

/// A collection that somebody asks about.
pub struct Asked {
    collection: Arc<Collection>,
    _here: Attending,
}

/// How far a collection has come.
#[derive(Clone)]
enum Progressed {
    To(Progress),
    Failed(Error),
    /// What it brought is kept, until others need the room.
    Collected,
}

#[derive(Clone)]
pub enum State {
    Running(Progress),
    /// Cancelled: nothing of it is kept.
    Stopped(Progress),
    Failed(Error),
    Collected(Arc<Collected>),
}

/// The collected grants, indexed.
pub struct Collected {
    pub access: Access,
    /// When the last of it was read.
    pub at: SystemTime,
    /// How long it took.
    pub took: Duration,
    pub requests: usize,
}

impl Collected {
    /// Whether more may have changed since than an answer can bear.
    pub fn is_old(&self) -> bool {
        !self.is_younger(VERDICT)
    }

    fn is_younger(&self, age: Duration) -> bool {
        self.at.elapsed().is_ok_and(|elapsed| elapsed < age)
    }
}

impl Collection {
    fn start(
        grant: Grant,
        management: Management,
        by_hand: Vec<String>,
        turns: Arc<Semaphore>,
    ) -> Asked {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = CollectionOf(NEXT.fetch_add(1, Ordering::Relaxed));
        let (sender, state) = watch::channel(Progressed::To(Progress::default()));
        let (attendance, here) = Attendance::begin();
        let (named, attended) = (by_hand.clone(), attendance.clone());
        let collect = async move {
            // Nobody closes it.
            let _turn = turns.acquire_owned().await;
            let began = Instant::now();
            let tell = |progress| drop(sender.send_replace(Progressed::To(progress)));
            let outcome = management
                .collect_world(&named, COLLECTION_BYTES, tell)
                .await;
            let requests = match &*sender.borrow() {
                Progressed::To(progress) => progress.done,
                _ => 0,
            };
            let ended = match outcome {
                Ok(world) => index(grant, number, world, (requests, began.elapsed())).await,
                Err(error) => Progressed::Failed(error),
            };
            sender.send_replace(ended);
        };
        let collecting = tokio::spawn(async move {
            tokio::select! {
                () = collect => {}
                () = attended.deserted(GRACE) => return,
            }
            attended.deserted(KEPT).await;
            // A large one is not held for nobody.
            CACHE.drop_answer(grant, number);
        });
        let collection = Arc::new(Self {
            grant,
            number,
            started: SystemTime::now(),
            by_hand,
            state,
            attendance,
            task: collecting.abort_handle(),
        });
        Asked {
            collection,
            _here: here,
        }
    }

    pub fn cancel(&self) {
        self.task.abort();
    }

    fn now(&self) -> State {
        // Asked first: a task that ends in between has told its last state by then.
        let over = self.state.has_changed().is_err();
        match self.state.borrow().clone() {
            Progressed::To(progress) if over => State::Stopped(progress),
            Progressed::To(progress) => State::Running(progress),
            Progressed::Failed(error) => State::Failed(error),
            Progressed::Collected => self.kept(),
        }
    }

    /// Whoever asks keeps it longer than others.
    fn kept(&self) -> State {
        match CACHE.get(self.grant, &self.number) {
            Some(collected) => State::Collected(collected),
            None => State::Failed(Error::invalid(
                "The collected grants made room for others: reload to collect them again.",
            )),
        }
    }

    /// Whether it is no older than asked for. What is under way will not be.
    fn is_of(&self, age: Age) -> bool {
        match (age, self.now()) {
            (_, State::Running(_)) | (Age::Any, _) => true,
            (Age::Now, _) => false,
            (_, State::Stopped(_)) => true,
            (_, State::Failed(_)) => false,
            (Age::Verdict, State::Collected(collected)) => !collected.is_old(),
            (Age::Decision, State::Collected(collected)) => {
                let most = (10 * collected.took).clamp(DECISION, VERDICT);
                collected.is_younger(most)
            }
        }
    }

    fn holds(&self, grant: Grant, by_hand: &[String]) -> bool {
        let young = self.started.elapsed().is_ok_and(|age| age < KEPT);
        let useful = match self.now() {
            State::Running(_) => true,
            State::Stopped(_) | State::Collected(_) => young,
            State::Failed(_) => false,
        };
        useful && self.grant == grant && !self.misses(by_hand)
    }

    /// Whether one of these catalogs is not in it, since it had no list of them.
    fn misses(&self, by_hand: &[String]) -> bool {
        let unlisted = match self.now() {
            State::Collected(collected) => collected.access.world().more_catalogs.is_some(),
            _ => false,
        };
        unlisted && by_hand.iter().any(|name| !self.by_hand.contains(name))
    }
}

impl Asked {
    /// The state when it has ended, or after `patience`.
    pub async fn state(&self, patience: Duration) -> State {
        let mut state = self.collection.state.clone();
        let ended = state.wait_for(|state| !matches!(state, Progressed::To(_)));
        // Neither a timeout nor a cancelled task is a failure: the state says what there is.
        let _ = tokio::time::timeout(patience, ended).await;
        self.collection.now()
    }
}

/// A large realm takes a while.
async fn index(
    grant: Grant,
    number: CollectionOf,
    world: World,
    (requests, took): (usize, Duration),
) -> Progressed {
    let bytes = world.bytes();
    let Ok(access) = blocking(|| Access::new(world)).await else {
        let why = "The collected grants could not be indexed.";
        return Progressed::Failed(Error::invalid(why));
    };
    let collected = Collected {
        access,
        at: SystemTime::now(),
        took,
        requests,
    };
    CACHE.keep(grant, number, Arc::new(collected), bytes);
    Progressed::Collected
}

impl Drop for Collection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Catalog {
    /// The collection that is kept or under way; starts one where there is none that still holds, or
    /// the one that is kept is older than asked for.
    pub fn collection(&self, management: Management, age: Age) -> Asked {
        let (grant, by_hand) = (self.grant(About::Access), self.catalogs_by_hand());
        let mut kept = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |kept: &&Arc<Collection>| kept.holds(grant, &by_hand) && kept.is_of(age);
        if let Some(collection) = kept.as_ref().filter(holds)
            && let Some(here) = collection.attendance.attend()
        {
            return Asked {
                collection: collection.clone(),
                _here: here,
            };
        }
        let asked = Collection::start(grant, management, by_hand, self.turns.clone());
        *kept = Some(asked.collection.clone());
        asked
    }

    /// The grants that are collected, where they are; nobody is asked for it.
    pub fn collected_before(&self) -> Option<Arc<Collected>> {
        match self.kept_collection()?.now() {
            State::Collected(collected) => Some(collected),
            _ => None,
        }
    }

    /// Whether [`Catalog::collection`] has one that still holds.
    pub fn is_collected(&self) -> bool {
        self.kept_collection().is_some()
    }

    fn kept_collection(&self) -> Option<Arc<Collection>> {
        let (grant, by_hand) = (self.grant(About::Access), self.catalogs_by_hand());
        let kept = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clone().filter(|kept| kept.holds(grant, &by_hand))
    }

    /// Stops the collection that is under way, if one is.
    pub fn cancel_collection(&self) {
        let kept = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(collection) = kept.as_ref() {
            collection.cancel();
        }
    }

    /// The catalogs that are known without asking for the list of them: configured, or opened lately.
    fn catalogs_by_hand(&self) -> Vec<String> {
        let mut names: Vec<String> = self.spec.warehouse.iter().cloned().collect();
        let opened = CACHE.answers::<Opened>(self.grant(About::Config));
        names.extend(opened.filter_map(|(Opened(scope), _)| scope.warehouse));
        names.sort();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use access::polaris::Part;

    use super::*;
    use crate::cache::Cache;

    fn collected() -> Arc<Collected> {
        let nothing = World {
            principals: Part::Known(Vec::new()),
            principal_roles: Part::Known(Vec::new()),
            catalogs: Vec::new(),
            more_catalogs: None,
        };
        Arc::new(Collected {
            access: Access::new(nothing),
            at: SystemTime::now(),
            took: Duration::from_millis(200),
            requests: 3,
        })
    }

    #[test]
    fn collections_make_room_for_each_other_the_longest_unasked_first() {
        let (cache, grant) = (Cache::new(10_000), Grant::next());
        for number in 0..3 {
            cache.keep(grant, CollectionOf(number), collected(), 4000);
            let _ = cache.get(grant, &CollectionOf(0));
        }
        let kept = (0..3).map(|number| cache.get(grant, &CollectionOf(number)).is_some());
        assert_eq!(kept.collect::<Vec<_>>(), [true, false, true]);
        assert!(cache.bytes() <= 10_000);
    }

    #[tokio::test]
    async fn one_that_made_room_for_others_says_so_and_holds_no_longer() {
        let (grant, number) = (Grant::next(), CollectionOf(u64::MAX));
        let (attendance, _here) = Attendance::begin();
        let collection = Collection {
            grant,
            number,
            started: SystemTime::now(),
            by_hand: Vec::new(),
            state: watch::channel(Progressed::Collected).1,
            attendance,
            task: tokio::spawn(async {}).abort_handle(),
        };
        CACHE.keep(grant, number, collected(), 4000);
        assert!(collection.holds(grant, &[]));
        assert!(!collection.holds(grant.after(About::Access, 1), &[]));
        CACHE.drop_answer(grant, number);
        assert!(!collection.holds(grant, &[]));
        let State::Failed(error) = collection.now() else {
            panic!("it is not kept");
        };
        assert!(error.message.contains("made room for others"));
    }

    #[tokio::test]
    async fn grants_are_as_young_as_what_they_are_asked_for_needs() {
        let grant = Grant::next();
        let (attendance, _here) = Attendance::begin();
        let of = |number, at: SystemTime, took| {
            let number = CollectionOf(u64::MAX - number);
            let read = Collected {
                at,
                took,
                ..Arc::into_inner(collected()).unwrap()
            };
            CACHE.keep(grant, number, Arc::new(read), 4000);
            Collection {
                grant,
                number,
                started: SystemTime::now(),
                by_hand: Vec::new(),
                state: watch::channel(Progressed::Collected).1,
                attendance: attendance.clone(),
                task: tokio::spawn(async {}).abort_handle(),
            }
        };
        let quick = Duration::from_millis(200);
        let ages = [Age::Any, Age::Verdict, Age::Decision, Age::Now];
        let is_of = |collection: Collection| ages.map(|age| collection.is_of(age));
        let ago = |seconds| SystemTime::now() - Duration::from_secs(seconds);
        assert_eq!(is_of(of(1, ago(0), quick)), [true, true, true, false]);
        assert_eq!(is_of(of(2, ago(10), quick)), [true, true, false, false]);
        assert_eq!(is_of(of(3, ago(61), quick)), [true, false, false, false]);
        // One that takes long is found again by who waited for it.
        let slow = Duration::from_secs(20);
        assert_eq!(is_of(of(4, ago(30), slow)), [true, true, true, false]);
        assert_eq!(is_of(of(5, ago(61), slow)), [true, false, false, false]);
    }
}
