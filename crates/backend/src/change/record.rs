//! What the log says of changes: values, so that an operator can ask it.

use model::{
    batch::{Batch, PartState},
    change::Parts,
    error::{AppError, Kind},
};

use super::Change;
use crate::Catalog;

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// For certain, and why.
    Refused(Kind),
    /// Somebody else was faster.
    Conflict,
    /// It was so before.
    Already,
    /// It may have happened.
    Unknown,
    /// Of several parts: that they begin.
    Planned,
    /// Of several parts: each has an outcome of its own.
    Ended,
}

impl Outcome {
    pub fn of<T>(made: &Result<T, AppError>) -> Self {
        match made {
            Ok(_) => Self::Done,
            Err(error) if error.may_have_happened() => Self::Unknown,
            Err(error) => match error.kind {
                Kind::Conflict => Self::Conflict,
                Kind::Already => Self::Already,
                kind => Self::Refused(kind),
            },
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused(_) => "refused",
            Self::Conflict => "conflict",
            Self::Already => "already",
            Self::Unknown => "unknown",
            Self::Planned => "planned",
            Self::Ended => "ended",
        }
    }

    pub(crate) fn why(self) -> Option<String> {
        match self {
            Self::Refused(kind) => Some(format!("{kind:?}")),
            _ => None,
        }
    }
}

impl Catalog {
    /// One record; `batch` of a change of several parts.
    pub(super) fn record(&self, change: &Change, outcome: Outcome, batch: Option<&Batch>) {
        let Parts {
            kind,
            catalog,
            namespace,
            name,
            privilege,
            grantee_kind,
            grantee,
        } = change.object.parts();
        let count = |of: fn(&PartState) -> bool| batch.map(|batch| batch.count(of));
        tracing::info!(
            target: "change",
            connection = self.spec.name,
            person = self.by.said().id,
            identity = &*self.acts_as(),
            operation = change.operation,
            kind,
            catalog,
            namespace,
            name,
            privilege,
            grantee_kind,
            grantee,
            outcome = outcome.word(),
            why = outcome.why(),
            done = count(|part| *part == PartState::Done),
            failed = count(|part| matches!(part, PartState::Failed(_))),
            unknown = count(|part| matches!(part, PartState::Unknown(_))),
            untried = count(|part| *part == PartState::Untried),
            "change"
        );
    }
}
