use std::collections::HashSet;

use super::{Access, Change, Gap, Met, Question, ROOT_PRINCIPAL, Requirement, Subject};

/// An answer without its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every requirement is met.
    Allowed,
    /// A requirement is not met, and cannot be by what was not collected.
    Denied,
    /// It depends on what was not collected.
    Unknown,
}

/// An answer with its reasons.
#[derive(Clone, Debug)]
pub enum Answer<'a> {
    /// Allowed by who it is, not by what it holds: rotating one's own credentials, and resetting
    /// credentials as `root`.
    AllowedByName,
    /// Every requirement is met, each by the paths it tells.
    Allowed(Vec<Met<'a>>),
    /// A requirement is not met, whatever was not collected.
    Denied {
        /// What is missing. Empty when only the principal `root` may do this.
        unmet: Vec<Requirement<'a>>,
        /// Whether grants can allow it at all; otherwise only the service admin's role can, if
        /// anything.
        grantable: bool,
        /// Ways to allow it, smallest first: each is a list of steps to be made all together. The
        /// smallest gives away the least power, summed over everybody who gains it.
        changes: Vec<Vec<Change>>,
    },
    /// It depends on what was not collected. Nothing that is known allows it.
    Unknown {
        /// The requirements that no known path meets.
        unmet: Vec<Requirement<'a>>,
        /// What was not collected and may hold a path.
        missing: Vec<Gap<'a>>,
    },
}

impl Answer<'_> {
    /// The same without its reasons.
    pub fn verdict(&self) -> Verdict {
        match self {
            Answer::AllowedByName | Answer::Allowed(_) => Verdict::Allowed,
            Answer::Denied { .. } => Verdict::Denied,
            Answer::Unknown { .. } => Verdict::Unknown,
        }
    }
}

impl Access {
    /// The short answer, for tables of many.
    pub fn verdict(&self, subject: Subject, question: Question) -> Verdict {
        match by_name(subject, question) {
            Some(true) => return Verdict::Allowed,
            Some(false) => return Verdict::Denied,
            None => {}
        }
        let mut verdict = Verdict::Allowed;
        for requirement in question.requirements() {
            if self.holds(subject, &requirement) {
                continue;
            }
            if self.gaps(subject, &requirement).is_empty() {
                return Verdict::Denied;
            }
            verdict = Verdict::Unknown;
        }
        verdict
    }

    /// The whole answer, with every path that grants it, or every way to it.
    pub fn answer<'a>(&'a self, subject: Subject<'a>, question: Question<'a>) -> Answer<'a> {
        match by_name(subject, question) {
            Some(true) => return Answer::AllowedByName,
            Some(false) => {
                return Answer::Denied {
                    unmet: Vec::new(),
                    grantable: false,
                    changes: Vec::new(),
                };
            }
            None => {}
        }
        let all = question.requirements().map(|requirement| Met {
            paths: self.paths(subject, &requirement),
            requirement,
        });
        let (met, unmet): (Vec<_>, Vec<_>) = all.partition(|met| !met.paths.is_empty());
        if unmet.is_empty() {
            return Answer::Allowed(met);
        }
        let unmet: Vec<_> = unmet.into_iter().map(|met| met.requirement).collect();
        let gaps: Vec<_> = unmet
            .iter()
            .map(|requirement| self.gaps(subject, requirement))
            .collect();
        if gaps.iter().any(Vec::is_empty) {
            let (grantable, changes) = self.ways(subject, &unmet);
            return Answer::Denied {
                unmet,
                grantable,
                changes,
            };
        }
        let mut seen = HashSet::new();
        let mut missing = gaps.concat();
        missing.retain(|gap| seen.insert(*gap));
        Answer::Unknown { unmet, missing }
    }

    fn holds(&self, subject: Subject, requirement: &Requirement) -> bool {
        let wanted = requirement.privilege.satisfied_by();
        self.walk(subject, requirement.levels(), wanted)
            .next()
            .is_some()
    }
}

/// The two operations that go by the principal's name. `RESET_CREDENTIALS` looks at nothing else.
fn by_name(subject: Subject, question: Question) -> Option<bool> {
    let name = subject.principal()?;
    match (question.operation.name, question.object) {
        ("RESET_CREDENTIALS", _) => Some(name == ROOT_PRINCIPAL),
        ("ROTATE_CREDENTIALS", super::Object::Principal { name: of }) if name == of => Some(true),
        _ => None,
    }
}
