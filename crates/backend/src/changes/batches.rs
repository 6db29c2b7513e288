//! Changes of several parts, as far as they have come: who went away meanwhile comes back and sees.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{batch::Batch, change::Object};
use moka::sync::Cache;

/// How long after it began the last change of something is told of.
const TOLD: Duration = Duration::from_secs(15 * 60);

/// The last change of each thing.
pub struct Batches(Cache<Object, Arc<Mutex<Batch>>>);

impl Default for Batches {
    fn default() -> Self {
        let kept = Cache::builder().max_capacity(256).time_to_live(TOLD);
        Self(kept.build())
    }
}

impl Batches {
    /// The last change of this, for some minutes.
    pub fn last(&self, object: &Object) -> Option<Batch> {
        let batch = self.0.get(object)?;
        Some(lock(&batch).clone())
    }

    /// What of it is not begun by now stays untried.
    pub fn stop(&self, object: &Object) {
        if let Some(batch) = self.0.get(object) {
            lock(&batch).stopping = true;
        }
    }

    /// One begins, in place of the last.
    pub fn begin(&self, object: Object, batch: Arc<Mutex<Batch>>) {
        self.0.insert(object, batch);
    }
}

pub fn lock(batch: &Mutex<Batch>) -> MutexGuard<'_, Batch> {
    // A panic elsewhere leaves the parts as they were told.
    batch.lock().unwrap_or_else(PoisonError::into_inner)
}
