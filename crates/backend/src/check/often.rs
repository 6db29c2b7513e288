//! How often people have addresses called that they type: who could do so at will would map a network by it.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use model::error::{AppError, Kind};

use crate::{Who, outbound};

/// Of each person.
const MOST: usize = 10;
const WITHIN: Duration = Duration::from_secs(60);

static CHECKS: Checks = Checks(Mutex::new(BTreeMap::new()));

/// When people checked something, by our id of them.
struct Checks(Mutex<BTreeMap<String, VecDeque<Instant>>>);

/// That a person may check one more, which counts. Whoever runs Crowsnest for themselves may at any time.
pub fn may(who: &Who) -> Result<(), AppError> {
    match outbound::is_shared() {
        true => CHECKS.may(&who.said().id, Instant::now()),
        false => Ok(()),
    }
}

impl Checks {
    fn may(&self, person: &str, now: Instant) -> Result<(), AppError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = |at: &Instant| now.saturating_duration_since(*at) < WITHIN;
        // Who checked nothing lately is not known.
        all.retain(|_, of| of.back().is_some_and(counts));
        let of = all.entry(person.to_owned()).or_default();
        of.retain(counts);
        match of.front().filter(|_| of.len() >= MOST) {
            None => {
                of.push_back(now);
                Ok(())
            }
            Some(first) => {
                let wait = WITHIN.saturating_sub(now.saturating_duration_since(*first));
                let why = format!("Each person checks {MOST} addresses a minute at most.");
                let hint = format!("Try again in {} s.", wait.as_secs() + 1);
                Err(AppError::new(Kind::RateLimited, why).hint(hint))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_are_checked_a_minute_by_each() {
        let checks = Checks(Mutex::default());
        let begun = Instant::now();
        for second in 0..10 {
            let at = begun + Duration::from_secs(second);
            assert!(checks.may("ada", at).is_ok());
        }
        let at = begun + Duration::from_secs(50);
        let refused = checks.may("ada", at).unwrap_err();
        assert_eq!(refused.status(), 429);
        assert_eq!(refused.hint.as_deref(), Some("Try again in 11 s."));
        assert!(checks.may("grace", at).is_ok());
        assert!(checks.may("ada", begun + WITHIN).is_ok());
        assert!(checks.may("ada", begun + WITHIN).is_err());
        // Nobody stays known.
        checks.may("grace", begun + 9 * WITHIN).unwrap();
        assert_eq!(checks.0.lock().unwrap().len(), 1);
    }
}
