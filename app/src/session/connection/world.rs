//! Who may do what on a server: collected in the background, once for all who ask.

use std::{
    sync::{Arc, PoisonError},
    time::{Duration, SystemTime},
};

use iceberg_rest::{
    Error,
    polaris::{Management, Progress, access::Access},
};
use tokio::{sync::watch, task::AbortHandle};

use super::{Connection, KEPT};

/// A collection under way, or what came of it.
pub struct Collection {
    started: SystemTime,
    /// The connection's count of changes when it began: after one more it does not hold any longer.
    changes: u64,
    /// The catalogs that it reads where they may not be listed.
    by_hand: Vec<String>,
    state: watch::Receiver<State>,
    task: AbortHandle,
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
    fn start(management: Management, by_hand: Vec<String>, changes: u64) -> Arc<Self> {
        let (sender, state) = watch::channel(State::Running(Progress::default()));
        let named = by_hand.clone();
        let collecting = tokio::spawn(async move {
            let tell = |progress| drop(sender.send_replace(State::Running(progress)));
            let outcome = management.collect_world(&named, tell).await;
            let requests = match &*sender.borrow() {
                State::Running(progress) => progress.done,
                _ => 0,
            };
            sender.send_replace(match outcome {
                Ok(world) => State::Collected(Arc::new(Collected {
                    access: Access::new(world),
                    at: SystemTime::now(),
                    requests,
                })),
                Err(error) => State::Failed(error),
            });
        });
        Arc::new(Self {
            started: SystemTime::now(),
            changes,
            by_hand,
            state,
            task: collecting.abort_handle(),
        })
    }

    pub fn cancel(&self) {
        self.task.abort();
    }

    /// The state when it has ended, or after `patience`.
    pub async fn state(&self, patience: Duration) -> State {
        let mut state = self.state.clone();
        let ended = state.wait_for(|state| !matches!(state, State::Running(_)));
        // Neither a timeout nor a cancelled task is a failure: the state says what there is.
        let _ = tokio::time::timeout(patience, ended).await;
        self.now()
    }

    fn now(&self) -> State {
        // Asked first: a task that ends in between has told its last state by then.
        let over = self.state.has_changed().is_err();
        match self.state.borrow().clone() {
            State::Running(progress) if over => State::Stopped(progress),
            state => state,
        }
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

impl Drop for Collection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Connection {
    /// The collection that is kept or under way; starts one where there is none that still holds, or
    /// when a `fresh` one is asked for.
    pub fn collection(&self, management: Management, fresh: bool) -> Arc<Collection> {
        let (changes, by_hand) = (self.changes(), self.catalogs_by_hand());
        let mut kept = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |kept: &&Arc<Collection>| !fresh && kept.holds(changes, &by_hand);
        if let Some(collection) = kept.as_ref().filter(holds) {
            return collection.clone();
        }
        let collection = Collection::start(management, by_hand, changes);
        *kept = Some(collection.clone());
        collection
    }

    /// Whether [`Connection::collection`] has one that still holds.
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
        names.extend(self.clients.iter().filter_map(|(scope, _)| scope.0.clone()));
        if let Some(probe) = self.probed() {
            names.extend(probe.warehouses);
        }
        names.sort();
        names.dedup();
        names
    }
}
