//! A change of several parts while it runs.

use std::{
    sync::{Arc, Mutex},
    time::SystemTime,
};

use model::{
    batch::{Batch, Part, PartState},
    form::Field,
};

use super::{Change, record::Outcome};
use crate::{Catalog, changes::lock};

/// A change under way; it ends when this is dropped.
pub struct Running {
    batch: Arc<Mutex<Batch>>,
    catalog: Arc<Catalog>,
    change: Change,
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
            stopping: false,
            again: String::new(),
        };
        self.record(&change, Outcome::Planned, Some(&batch));
        let batch = Arc::new(Mutex::new(batch));
        let batches = &self.changes.batches;
        batches.begin(change.object.clone(), batch.clone());
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

    /// A form's field takes its parts once more.
    pub fn chosen_by(&self, field: &Field) {
        lock(&self.batch).again = field.name.to_owned();
    }

    /// What is not begun by now stays untried.
    pub fn stop(&self) {
        lock(&self.batch).stopping = true;
    }

    pub fn is_stopping(&self) -> bool {
        lock(&self.batch).stopping
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
