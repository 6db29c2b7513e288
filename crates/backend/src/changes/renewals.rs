//! Which principals got new credentials lately: a page that was opened before does not renew them
//! again, since that would end the secret that was just shown.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use model::error::{AppError, Kind};

use crate::once::{made_at, new_id};

/// No page is open longer, as far as this is concerned.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Default)]
pub struct Renewals(Mutex<HashMap<String, SystemTime>>);

impl Renewals {
    /// Begins to renew, on behalf of a form that has this id.
    pub fn begin(&self, principal: &str, id: &str) -> Result<(), AppError> {
        let mut renewed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        renewed.retain(|_, at| at.elapsed().is_ok_and(|age| age < KEPT));
        let since = renewed.get(principal);
        if made_at(id)
            .zip(since)
            .is_some_and(|(made, since)| made < *since)
        {
            return Err(AppError::new(
                Kind::Already,
                format!("The credentials of “{principal}” were renewed already, after this page was opened. They were shown there, once. Nothing was changed."),
            )
            .hint("Whoever renewed them has the secret. To renew them once more, reload this page."));
        }
        // As exact as an id.
        renewed.extend(made_at(&new_id()).map(|now| (principal.to_owned(), now)));
        Ok(())
    }

    /// Nothing came of it.
    pub fn refused(&self, principal: &str) {
        let mut renewed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        renewed.remove(principal);
    }
}

#[cfg(test)]
mod tests {
    use uuid::{NoContext, Timestamp, Uuid};

    use super::*;

    #[test]
    fn a_page_that_was_opened_before_does_not_renew_again() {
        let renewals = Renewals::default();
        let opened = Uuid::new_v7(Timestamp::from_unix(NoContext, 1, 0)).to_string();
        assert!(renewals.begin("svc", &opened).is_ok());
        let refused = renewals.begin("svc", &opened).unwrap_err();
        assert_eq!(refused.kind, Kind::Already);
        assert!(renewals.begin("other", &opened).is_ok());
        assert!(renewals.begin("svc", &new_id()).is_ok(), "opened since");
        renewals.refused("svc");
        assert!(renewals.begin("svc", &opened).is_ok(), "nothing came of it");
    }
}
