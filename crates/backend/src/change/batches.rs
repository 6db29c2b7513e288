//! Changes of several parts, as far as they have come: who went away meanwhile comes back and sees.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use model::{
    batch::{Batch, Part, PartState},
    change::Object,
};
use moka::sync::Cache;

use super::{Change, record::Outcome};
use crate::Catalog;

/// How long after it began the last change of something is told of.
const TOLD: Duration = Duration::from_secs(15 * 60);

/// The last change of each thing.
pub struct Batches(Cache<Object, Arc<Mutex<Batch>>>);

/// A change under way; it ends when this is dropped.
pub struct Running {
    batch: Arc<Mutex<Batch>>,
    catalog: Arc<Catalog>,
    change: Change,
}

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
}

impl Catalog {
    /// Begins a change of several parts, of which the log has one record for what is planned and one for what
    /// came of it, beside those of its parts.
    pub fn begin(self: &Arc<Self>, change: Change, title: String, parts: Vec<String>) -> Running {
        let part = |what| Part {
            what,
            state: PartState::default(),
        };
        let batch = Batch {
            title,
            parts: parts.into_iter().map(part).collect(),
            ended: None,
        };
        self.record(&change, Outcome::Planned, Some(&batch));
        let batch = Arc::new(Mutex::new(batch));
        let batches = &self.changes.batches.0;
        batches.insert(change.object.clone(), batch.clone());
        Running {
            batch,
            catalog: self.clone(),
            change,
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
        self.catalog
            .record(&self.change, Outcome::Ended, Some(&batch));
    }
}

fn lock(batch: &Mutex<Batch>) -> MutexGuard<'_, Batch> {
    // A panic elsewhere leaves the parts as they were told.
    batch.lock().unwrap_or_else(PoisonError::into_inner)
}
