//! Who may do what on a server: collected in the background, once for all who ask.

use std::{
    sync::{
        Arc, LazyLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use access::polaris::{Access, World};
use iceberg_rest::Error;
use moka::{future::Cache, policy::EvictionPolicy};
use tokio::{
    sync::{Semaphore, watch},
    task::AbortHandle,
};
use vendors::polaris::{Management, Progress};

use super::{CLIENTS, Catalog, KEPT};
use crate::{
    attendance::{Attendance, Attending},
    blocking::blocking,
};

/// How long it goes on when nobody asks how far it is. Longer than a read of a page: browsers let a tab
/// in the background ask but once a minute.
const GRACE: Duration = Duration::from_secs(150);

/// What one collection may take, and all that are kept.
const COLLECTION_BYTES: usize = 96 * 1024 * 1024;
const COLLECTIONS_BYTES: u64 = 192 * 1024 * 1024;

/// Those that are kept, of all connections, by their number: where to tell that one has to go, and what it
/// takes.
type Shelf = Cache<u64, (watch::Sender<State>, usize)>;

static SHELF: LazyLock<Shelf> = LazyLock::new(|| shelf(COLLECTIONS_BYTES));

/// The one that was asked for longest ago makes room.
fn shelf(bytes: u64) -> Shelf {
    Cache::builder()
        .weigher(|_, (_, bytes): &(_, usize)| u32::try_from(*bytes).unwrap_or(u32::MAX))
        .max_capacity(bytes)
        .time_to_live(KEPT)
        .eviction_policy(EvictionPolicy::lru())
        .eviction_listener(|_, (sender, _): (watch::Sender<State>, usize), cause| {
            if cause.was_evicted() {
                let why =
                    "The collected grants made room for others: reload to collect them again.";
                sender.send_replace(State::Failed(Error::invalid(why)));
            }
        })
        .build()
}

/// A collection under way, or what came of it.
pub struct Collection {
    number: u64,
    started: SystemTime,
    /// The connection's count of changes when it began: after one more it does not hold any longer.
    changes: u64,
    /// The catalogs that it reads where they may not be listed.
    by_hand: Vec<String>,
    state: watch::Receiver<State>,
    attendance: Arc<Attendance>,
    task: AbortHandle,
}

/// A collection that somebody asks about.
pub struct Asked {
    collection: Arc<Collection>,
    _here: Attending,
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
    pub requests: usize,
}

impl Collection {
    fn start(
        management: Management,
        by_hand: Vec<String>,
        changes: u64,
        turns: Arc<Semaphore>,
    ) -> Asked {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let (sender, state) = watch::channel(State::Running(Progress::default()));
        let (attendance, here) = Attendance::begin();
        let (named, attended) = (by_hand.clone(), attendance.clone());
        let tell_to = sender.clone();
        let collect = async move {
            // Nobody closes it.
            let _turn = turns.acquire_owned().await;
            let tell = |progress| drop(tell_to.send_replace(State::Running(progress)));
            let outcome = management
                .collect_world(&named, COLLECTION_BYTES, tell)
                .await;
            let requests = match &*tell_to.borrow() {
                State::Running(progress) => progress.done,
                _ => 0,
            };
            let bytes = outcome.as_ref().map_or(0, World::bytes);
            tell_to.send_replace(match outcome {
                Ok(world) => index(world, requests).await,
                Err(error) => State::Failed(error),
            });
            SHELF.insert(number, (tell_to, bytes)).await;
            SHELF.run_pending_tasks().await;
        };
        let collecting = tokio::spawn(async move {
            tokio::select! {
                () = collect => {}
                () = attended.deserted(GRACE) => return,
            }
            attended.deserted(KEPT).await;
            // A large one is not held for nobody.
            sender.send_replace(State::Running(Progress::default()));
            SHELF.invalidate(&number).await;
        });
        let collection = Arc::new(Self {
            number,
            started: SystemTime::now(),
            changes,
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
            State::Running(progress) if over => State::Stopped(progress),
            state => state,
        }
    }

    fn is_running(&self) -> bool {
        matches!(self.now(), State::Running(_))
    }

    fn holds(&self, changes: u64, by_hand: &[String]) -> bool {
        let young = self.started.elapsed().is_ok_and(|age| age < KEPT);
        let useful = match self.now() {
            State::Running(_) => true,
            State::Stopped(_) | State::Collected(_) => young,
            State::Failed(_) => false,
        };
        useful && self.changes == changes && !self.misses(by_hand)
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
        // Whoever asks keeps it on the shelf.
        let _ = SHELF.get(&self.collection.number).await;
        let mut state = self.collection.state.clone();
        let ended = state.wait_for(|state| !matches!(state, State::Running(_)));
        // Neither a timeout nor a cancelled task is a failure: the state says what there is.
        let _ = tokio::time::timeout(patience, ended).await;
        self.collection.now()
    }
}

/// A large realm takes a while.
async fn index(world: World, requests: usize) -> State {
    match blocking(|| Access::new(world)).await {
        Ok(access) => State::Collected(Arc::new(Collected {
            access,
            at: SystemTime::now(),
            requests,
        })),
        Err(_) => State::Failed(Error::invalid("The collected grants could not be indexed.")),
    }
}

impl Drop for Collection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Catalog {
    /// The collection that is kept or under way; starts one where there is none that still holds.
    /// A `fresh` one is begun anew, unless one is under way.
    pub fn collection(&self, management: Management, fresh: bool) -> Asked {
        let (changes, by_hand) = (self.changes(), self.catalogs_by_hand());
        let mut kept = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |kept: &&Arc<Collection>| {
            kept.holds(changes, &by_hand) && (!fresh || kept.is_running())
        };
        if let Some(collection) = kept.as_ref().filter(holds)
            && let Some(here) = collection.attendance.attend()
        {
            return Asked {
                collection: collection.clone(),
                _here: here,
            };
        }
        let asked = Collection::start(management, by_hand, changes, self.turns.clone());
        *kept = Some(asked.collection.clone());
        asked
    }

    /// Whether [`Catalog::collection`] has one that still holds.
    pub fn is_collected(&self) -> bool {
        let (changes, by_hand) = (self.changes(), self.catalogs_by_hand());
        let kept = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .is_some_and(|kept| kept.holds(changes, &by_hand))
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
        let mut names: Vec<String> = self.warehouse.iter().cloned().collect();
        let opened = CLIENTS.keys().filter(|scope| scope.0 == self.id);
        names.extend(opened.filter_map(|scope| scope.1.clone()));
        if let Some(probe) = self.probed() {
            names.extend(probe.warehouses);
        }
        names.sort();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use access::polaris::Part;

    use super::*;

    #[tokio::test]
    async fn collections_make_room_for_each_other_the_longest_unasked_first() {
        let shelf = shelf(1000);
        let collected = || {
            let nothing = World {
                principals: Part::Known(Vec::new()),
                principal_roles: Part::Known(Vec::new()),
                catalogs: Vec::new(),
                more_catalogs: None,
            };
            watch::channel(State::Collected(Arc::new(Collected {
                access: Access::new(nothing),
                at: SystemTime::now(),
                requests: 3,
            })))
        };
        let mut states = Vec::new();
        for number in 0..3 {
            let (sender, state) = collected();
            states.push(state);
            shelf.insert(number, (sender, 400)).await;
            shelf.run_pending_tasks().await;
            let _ = shelf.get(&0).await;
            shelf.run_pending_tasks().await;
        }
        let kept = states
            .iter()
            .map(|state| matches!(*state.borrow(), State::Collected(_)));
        assert_eq!(kept.collect::<Vec<_>>(), [true, false, true]);
        assert!(shelf.weighted_size() <= 1000);
    }
}
