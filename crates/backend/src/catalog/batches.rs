//! Changes of several parts, as far as they have come: who went away meanwhile comes back and sees.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use model::batch::{Batch, Part, PartState};
use moka::sync::Cache;

use super::Catalog;

/// How long after it began the last change of something is told of.
const TOLD: Duration = Duration::from_secs(15 * 60);

/// The last change of each thing, by what it is about.
pub struct Batches(Cache<String, Arc<Mutex<Batch>>>);

/// A change under way; it ends when this is dropped.
pub struct Running {
    batch: Arc<Mutex<Batch>>,
    connection: Arc<Catalog>,
}

impl Batches {
    pub(super) fn new() -> Self {
        Self(
            Cache::builder()
                .max_capacity(256)
                .time_to_live(TOLD)
                .build(),
        )
    }

    /// The last change of `subject`, for some minutes.
    pub fn last(&self, subject: &str) -> Option<Batch> {
        let batch = self.0.get(subject)?;
        Some(lock(&batch).clone())
    }
}

impl Catalog {
    /// Begins a change of several parts, of which the log has one line for what is planned and one for what
    /// came of it, beside those of its parts.
    pub fn begin(self: &Arc<Self>, subject: String, title: String, parts: Vec<String>) -> Running {
        let identity = self.acts_as();
        let planned = parts.len();
        tracing::info!(target: "change", connection = self.spec.name, identity, intent = title, planned, "planned");
        let part = |what| Part {
            what,
            state: PartState::default(),
        };
        let batch = Arc::new(Mutex::new(Batch {
            title,
            parts: parts.into_iter().map(part).collect(),
            ended: None,
        }));
        self.batches.0.insert(subject, batch.clone());
        Running {
            batch,
            connection: self.clone(),
        }
    }
}

impl Running {
    pub fn set(&self, index: usize, state: PartState) {
        if let Some(part) = lock(&self.batch).parts.get_mut(index) {
            part.state = state;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut batch = lock(&self.batch);
        batch.ended = Some(SystemTime::now().into());
        let identity = self.connection.acts_as();
        let (intent, outcome) = (&batch.title, batch.sentence());
        tracing::info!(target: "change", connection = self.connection.spec.name, identity, intent, outcome, "ended");
    }
}

fn lock(batch: &Mutex<Batch>) -> MutexGuard<'_, Batch> {
    // A panic elsewhere leaves the parts as they were told.
    batch.lock().unwrap_or_else(PoisonError::into_inner)
}
