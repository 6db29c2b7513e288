use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{capability, error::Error, operation::Operation};

/// How long a refusal is taken for the server's last word.
const KEPT: Duration = Duration::from_secs(300);

/// What one warehouse was seen to refuse.
#[derive(Default)]
pub(super) struct Refusals(Mutex<BTreeMap<Operation, (Instant, String)>>);

impl Refusals {
    /// What a call shows: its error, or that it worked.
    pub fn learn(&self, operation: Operation, error: Option<&Error>) {
        match error.map(|error| capability::refusal(operation, error)) {
            None => drop(self.change(|refused| refused.remove(&operation))),
            Some(Some(reason)) => {
                self.change(|refused| refused.insert(operation, (Instant::now(), reason)));
            }
            Some(None) => {}
        }
    }

    pub fn forget(&self) {
        self.change(BTreeMap::clear);
    }

    /// Those that hold at a time.
    pub fn at(&self, now: Instant) -> BTreeMap<Operation, String> {
        self.change(|refused| {
            refused.retain(|_, (since, _)| now.saturating_duration_since(*since) < KEPT);
            let reasons = refused.iter();
            reasons
                .map(|(operation, (_, reason))| (*operation, reason.clone()))
                .collect()
        })
    }

    fn change<T>(&self, make: impl FnOnce(&mut BTreeMap<Operation, (Instant, String)>) -> T) -> T {
        // A panic elsewhere leaves the map as it was: each change is one step.
        make(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ErrorKind, Shape};

    #[test]
    fn a_refusal_is_kept_for_minutes() {
        let refusals = Refusals::default();
        let operation = Operation::ListViews;
        let mut error = Error::new(ErrorKind::Unsupported, operation.route(), "No.");
        error.details_mut().shape = Some(Shape::Iceberg);
        refusals.learn(operation, Some(&error));
        let now = Instant::now();
        assert!(refusals.at(now).contains_key(&operation));
        assert!(refusals.at(now + KEPT / 2).contains_key(&operation));
        assert!(refusals.at(now + KEPT).is_empty());
    }

    #[test]
    fn a_call_that_works_ends_it_and_another_failure_does_not() {
        let refusals = Refusals::default();
        let operation = Operation::ListViews;
        let mut refused = Error::new(ErrorKind::Unsupported, operation.route(), "No.");
        refused.details_mut().shape = Some(Shape::Json);
        let busy = Error::new(ErrorKind::ServerError, operation.route(), "Busy.");
        refusals.learn(operation, Some(&refused));
        refusals.learn(operation, Some(&busy));
        assert!(refusals.at(Instant::now()).contains_key(&operation));
        refusals.learn(operation, None);
        assert!(refusals.at(Instant::now()).is_empty());
    }
}
