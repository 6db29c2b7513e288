//! The names of lists that were read, whoever had them read: kept for those who search.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use iceberg_rest::{Completeness, Error};

use super::{ListKind, ListOf, ListState};
use crate::cache::{CACHE, Grant, Question, Scope};

/// How old names are before whoever searches has them read again.
const DUE: Duration = Duration::from_secs(600);
/// How long what failed is not asked for again by itself.
const FAILED: Duration = Duration::from_secs(60);

#[derive(Clone, PartialEq, Eq, Hash)]
struct NamesOf(ListOf);

impl Question for NamesOf {
    type Answer = Known;
    const KEPT: Duration = Duration::from_secs(3_600);
}

/// What is known of a list.
pub struct Known {
    pub names: Arc<Vec<String>>,
    pub end: Result<Completeness, Error>,
    pub at: SystemTime,
}

impl Known {
    /// Whether it is time to read it again.
    pub fn is_due(&self) -> bool {
        let age = if self.end.is_ok() { DUE } else { FAILED };
        self.at.elapsed().is_ok_and(|elapsed| elapsed > age)
    }
}

/// Keeps what is known of a list once it was read, and how that ended. The names may be older.
pub fn remember(grant: Grant, list: ListOf, state: &ListState, end: Result<Completeness, Error>) {
    let known = Known {
        names: state.names.clone(),
        end,
        at: SystemTime::now(),
    };
    CACHE.keep(grant, NamesOf(list), Arc::new(known), state.bytes);
}

pub fn known(grant: Grant, list: ListOf) -> Option<Arc<Known>> {
    CACHE.get(grant, &NamesOf(list))
}

/// The warehouses and references of which the top was read, in order.
pub fn read_at(grant: Grant) -> Vec<Scope> {
    let lists = CACHE
        .answers::<NamesOf>(grant)
        .map(|(NamesOf(list), _)| list);
    let tops = lists.filter(|ListOf(_, kind)| *kind == ListKind::Namespaces(None));
    let mut scopes: Vec<_> = tops.map(|ListOf(scope, _)| scope).collect();
    scopes.sort_by(|one, other| one.reference.cmp(&other.reference));
    scopes
}

/// What failed is asked for again.
pub fn forget_failed(grant: Grant) {
    for (list, known) in CACHE.answers::<NamesOf>(grant) {
        if known.end.is_err() {
            CACHE.drop_answer(grant, list);
        }
    }
}
