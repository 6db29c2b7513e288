//! How often somebody may try to prove who they are.

use std::{
    net::Ipv4Addr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use ::sign_in::rate::Limiter;
use backend::{Said, Who, audit};
use model::error::{AppError, Kind};

use super::Door;

/// Between two rows of the record that say that tries were refused: anybody can have them refused.
const QUIET: Duration = Duration::from_secs(60);

pub struct Tries {
    secrets: Limiter,
    to_providers: Limiter,
    noted: Mutex<Option<Instant>>,
}

impl Default for Tries {
    fn default() -> Self {
        Self {
            secrets: Limiter::default(),
            to_providers: Limiter::to_providers(),
            noted: Mutex::default(),
        }
    }
}

impl Tries {
    fn is_to_be_noted(&self, now: Instant) -> bool {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let due = noted.is_none_or(|before| now.duration_since(before) >= QUIET);
        if due {
            *noted = Some(now);
        }
        due
    }
}

impl Door {
    /// Takes a try at an account, or of who goes to a provider and is not known yet; an error that says when the next may
    /// be.
    pub(super) async fn try_once(
        &self,
        account: Option<&str>,
        about: &Said,
    ) -> Result<(), AppError> {
        let (tries, now) = (&self.0.tries, Instant::now());
        let address = about.address.parse().unwrap_or(Ipv4Addr::LOCALHOST.into());
        let limiter = match account {
            Some(_) => &tries.secrets,
            None => &tries.to_providers,
        };
        let Err(wait) = limiter.check(account, address, now) else {
            return Ok(());
        };
        if tries.is_to_be_noted(now)
            && let Ok(store) = self.store()
        {
            let (who, event) = (Who::new(about.clone()), "excess_rate_limit_exceeded");
            let says = vec!["Others of the same minute are not on record.".to_owned()];
            audit::note(store, &who, event, "sign-in", "refused", says).await;
        }
        let mut error = AppError::new(Kind::RateLimited, "Too many tries to sign in.");
        error.retry_after = Some(wait.as_secs() + 1);
        Err(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_one_row_a_minute() {
        let (tries, now) = (Tries::default(), Instant::now());
        assert!(tries.is_to_be_noted(now));
        assert!(!tries.is_to_be_noted(now + QUIET / 2));
        assert!(tries.is_to_be_noted(now + QUIET));
    }
}
