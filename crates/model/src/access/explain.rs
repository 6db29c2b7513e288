//! Why somebody may do something, or may not: the answer to “explain this 403”.

use access::polaris::{Change, Object};
use serde::{Deserialize, Serialize};

use super::PathView;

/// What can be asked, and the answer to what was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explain {
    /// What the form offers.
    pub choices: Choices,
    /// What the address asks, completed by what a pasted message tells.
    pub principal: Option<String>,
    /// Likewise, by Polaris' name of it.
    pub operation: Option<String>,
    /// Why there is no answer: what is missing, or does not fit.
    pub problem: Option<String>,
    /// Where something was asked.
    pub answer: Option<Explanation>,
}

/// What the form offers to choose from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// As many as a browser suggests without growing slow.
    pub principals: Vec<String>,
    /// Those that were listed.
    pub catalogs: Vec<String>,
    /// Every operation, and the kinds of object that it is asked of.
    pub operations: Vec<(String, String)>,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Whose rights: a principal, or one principal role.
    pub subject: String,
    /// The operation, or the privilege.
    pub asked: String,
    /// What it is asked of.
    pub object: Object,
    /// Whether it is allowed, and why.
    pub verdict: Verdict,
}

/// Whether something is allowed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// By who it is, not by what it holds.
    AllowedByName,
    /// Every need is met, each by the paths listed.
    Allowed(Vec<Met>),
    /// Some need is met by nothing.
    Denied {
        /// What is not held.
        unmet: Vec<Need>,
        /// Whether grants can allow it at all.
        grantable: bool,
        /// Each one a list of steps to be made together, smallest first.
        ways: Vec<Vec<Change>>,
    },
    /// It depends on what could not be read.
    Unknown {
        /// What was not seen to be held.
        unmet: Vec<Need>,
        /// What could not be read, in sentences.
        missing: Vec<String>,
    },
}

/// A privilege that has to be held on an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// As Polaris calls it.
    pub privilege: String,
    /// What it is for, in a few words.
    pub meaning: String,
    /// Where it has to be held.
    pub object: Object,
}

/// A need, and how it is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// What was needed.
    pub need: Need,
    /// How it is held.
    pub paths: Vec<PathView>,
    /// Paths beyond those.
    pub more: usize,
}

mod build {
    use access::polaris::{self, Access, Operation, Privilege, Question, Requirement, Subject};
    use vendors::polaris::types::Refusal;

    use super::*;
    use crate::{
        access::{gaps, noun},
        paths::{Query, SECOND, read_object},
    };

    /// More paths than anybody reads.
    const MOST_PATHS: usize = 50;
    /// As many names as a browser suggests without growing slow.
    const SUGGESTED: usize = 500;

    impl Explain {
        /// Answers what the query asks: `principal` or `principal-role`, `operation` or `privilege`, an
        /// object and perhaps a second one. `message` is what a server said with its 403.
        pub fn new(access: &Access, query: &Query, catalog: Option<&str>) -> Self {
            let refusal = query.get("message").and_then(Refusal::parse);
            let principal = query
                .get("principal")
                .or(refusal.and_then(|refusal| refusal.principal));
            let operation = query
                .get("operation")
                .or(refusal.map(|refusal| refusal.operation.name));
            let role = query.get("principal-role").map(Subject::PrincipalRole);
            let subject = role.or(principal.map(Subject::Principal));
            let asked = Asked {
                subject,
                operation,
                privilege: query.get("privilege"),
                object: read_object(query, "", catalog),
                second: read_object(query, SECOND, catalog),
            };
            let unread = (query.get("message").is_some() && refusal.is_none())
                .then(|| "The message is not one of Polaris’ refusals: those end in “is not authorized for op …”.".to_owned());
            let (problem, answer) = match asked.answer(access) {
                _ if unread.is_some() => (unread, None),
                Ok(answer) => (None, answer),
                Err(problem) => (Some(problem), None),
            };
            Explain {
                choices: Choices::new(access),
                principal: principal.map(str::to_owned),
                operation: operation.map(str::to_owned),
                problem,
                answer,
            }
        }
    }

    struct Asked<'a> {
        subject: Option<Subject<'a>>,
        operation: Option<&'a str>,
        privilege: Option<&'a str>,
        object: Option<Object>,
        second: Option<Object>,
    }

    impl Asked<'_> {
        /// Nothing as long as nothing is asked.
        fn answer(&self, access: &Access) -> Result<Option<Explanation>, String> {
            if self.operation.is_none() && self.privilege.is_none() && self.subject.is_none() {
                return Ok(None);
            }
            let subject = self.subject.ok_or("Choose the principal.")?;
            let object = self
                .object
                .as_ref()
                .ok_or("Choose the object: its kind, and its full name.")?;
            let (asked, verdict) = match (self.operation, self.privilege) {
                (Some(operation), _) => (
                    operation,
                    self.operation_verdict(access, subject, operation, object)?,
                ),
                (None, Some(privilege)) => (
                    privilege,
                    privilege_verdict(access, subject, privilege, object)?,
                ),
                (None, None) => return Err("Choose the operation.".into()),
            };
            Ok(Some(Explanation {
                subject: match subject {
                    Subject::Principal(name) => name.to_owned(),
                    Subject::PrincipalRole(name) => format!("the principal role {name}"),
                },
                asked: asked.to_owned(),
                object: object.clone(),
                verdict,
            }))
        }

        fn operation_verdict(
            &self,
            access: &Access,
            subject: Subject,
            operation: &str,
            object: &Object,
        ) -> Result<Verdict, String> {
            let operation = Operation::named(operation)
                .ok_or_else(|| format!("Polaris 1.7.0 has no operation {operation}."))?;
            let second = self
                .second
                .as_ref()
                .filter(|_| !operation.secondary_on.is_empty());
            let question = Question::new(operation, object, second)
                .map_err(|mismatch| mismatched(&mismatch))?;
            Ok(match access.answer(subject, question) {
                polaris::Answer::AllowedByName => Verdict::AllowedByName,
                polaris::Answer::Allowed(met) => {
                    Verdict::Allowed(met.into_iter().map(Met::from).collect())
                }
                polaris::Answer::Denied {
                    unmet,
                    grantable,
                    changes,
                } => Verdict::Denied {
                    unmet: unmet.iter().map(Need::from).collect(),
                    grantable,
                    ways: changes,
                },
                polaris::Answer::Unknown { unmet, missing } => Verdict::Unknown {
                    unmet: unmet.iter().map(Need::from).collect(),
                    missing: missing.iter().map(gaps::sentence).collect(),
                },
            })
        }
    }

    fn privilege_verdict(
        access: &Access,
        subject: Subject,
        privilege: &str,
        object: &Object,
    ) -> Result<Verdict, String> {
        let privilege = Privilege::named(privilege)
            .ok_or_else(|| format!("Polaris 1.7.0 has no privilege {privilege}."))?;
        let requirement = Requirement::new(privilege, object);
        let paths = access.paths(subject, &requirement);
        if !paths.is_empty() {
            return Ok(Verdict::Allowed(vec![Met::from(polaris::Met {
                requirement,
                paths,
            })]));
        }
        let unmet = vec![Need::from(&requirement)];
        let missing = access.gaps(subject, &requirement);
        Ok(match missing.is_empty() {
            true => Verdict::Denied {
                unmet,
                grantable: privilege.meaning().is_some(),
                ways: Vec::new(),
            },
            false => Verdict::Unknown {
                unmet,
                missing: missing.iter().map(gaps::sentence).collect(),
            },
        })
    }

    fn mismatched(mismatch: &polaris::Mismatch) -> String {
        let one_of = |kinds: &[polaris::Kind]| {
            let words: Vec<_> = kinds.iter().map(|kind| noun(*kind)).collect();
            words.join(" or a ")
        };
        match mismatch {
            polaris::Mismatch::Object {
                operation,
                kind,
                wanted,
            } => format!(
                "{operation} is asked of a {}, not of a {}.",
                one_of(wanted),
                noun(*kind)
            ),
            polaris::Mismatch::Secondary { operation, wanted } => format!(
                "{operation} also concerns a second object, a {}: name it below.",
                one_of(wanted)
            ),
        }
    }

    impl From<&Requirement<'_>> for Need {
        fn from(requirement: &Requirement) -> Self {
            Need {
                privilege: requirement.privilege.name().to_owned(),
                meaning: requirement
                    .privilege
                    .meaning()
                    .unwrap_or_default()
                    .to_owned(),
                object: requirement.object.clone(),
            }
        }
    }

    impl From<polaris::Met<'_>> for Met {
        fn from(met: polaris::Met) -> Self {
            Met {
                need: Need::from(&met.requirement),
                more: met.paths.len().saturating_sub(MOST_PATHS),
                paths: met
                    .paths
                    .into_iter()
                    .take(MOST_PATHS)
                    .map(PathView::from)
                    .collect(),
            }
        }
    }

    impl Choices {
        fn new(access: &Access) -> Self {
            let operation = |operation: &Operation| {
                let kinds: Vec<_> = operation.on.iter().map(|kind| noun(*kind)).collect();
                (operation.name.to_owned(), kinds.join(", "))
            };
            let catalogs = access.world().catalogs.iter();
            Choices {
                principals: access
                    .principals()
                    .take(SUGGESTED)
                    .map(str::to_owned)
                    .collect(),
                catalogs: catalogs.map(|catalog| catalog.name.clone()).collect(),
                operations: Operation::all().iter().map(operation).collect(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::tests::access, paths::Query};

    fn explain(search: &str) -> Explain {
        Explain::new(&access(), &Query::parse(search), Some("main"))
    }

    fn verdict(search: &str) -> Verdict {
        let explain = explain(search);
        assert_eq!(explain.problem, None);
        explain.answer.expect("an answer").verdict
    }

    #[test]
    fn what_is_allowed_comes_with_every_path() {
        let allowed = verdict("?principal=reader&operation=LIST_TABLES&ns=sales");
        let Verdict::Allowed(met) = allowed else {
            panic!("{allowed:?}");
        };
        assert_eq!(met[0].need.privilege, "TABLE_LIST");
        assert_eq!(met[0].paths[0].privilege, "TABLE_READ_DATA");
    }

    #[test]
    fn what_is_denied_comes_with_the_smallest_ways() {
        let denied = verdict("?principal=idle&operation=LIST_TABLES&ns=sales");
        let Verdict::Denied {
            grantable, ways, ..
        } = denied
        else {
            panic!("{denied:?}");
        };
        assert!(grantable);
        assert_eq!(
            ways[0],
            [Change::AssignPrincipalRole {
                principal: "idle".into(),
                principal_role: "analysts".into()
            }]
        );
    }

    #[test]
    fn a_pasted_refusal_names_principal_and_operation() {
        let message = "message=Principal 'idle' with activated PrincipalRoles '[]' and activated grants via '[]' is not authorized for op LIST_TABLES";
        let explain = explain(&format!("?ns=sales&{message}"));
        assert_eq!(explain.principal.as_deref(), Some("idle"));
        assert!(explain.answer.is_some());
        let other = super::Explain::new(&access(), &Query::parse("?message=no"), None);
        assert!(
            other
                .problem
                .is_some_and(|problem| problem.contains("is not authorized for op"))
        );
    }

    #[test]
    fn what_does_not_fit_is_said_instead_of_answered() {
        let problem = |search: &str| explain(search).problem.unwrap_or_default();
        assert!(problem("?principal=idle&operation=LIST_TABLES").contains("not of a catalog"));
        assert!(
            problem("?principal=idle&operation=RENAME_TABLE&ns=sales&t=orders")
                .contains("second object")
        );
        assert!(problem("?principal=idle&operation=FLY").contains("no operation FLY"));
        assert!(problem("?operation=LIST_TABLES&ns=a").contains("principal"));
        assert_eq!(
            explain("?"),
            Explain {
                choices: explain("?").choices,
                ..Explain::default()
            }
        );
    }

    #[test]
    fn a_privilege_can_be_asked_for_itself() {
        let held = verdict("?principal=reader&privilege=TABLE_LIST&ns=sales&t=orders");
        assert!(matches!(held, Verdict::Allowed(met) if met[0].paths.len() == 1));
        let not = verdict("?principal=reader&privilege=TABLE_DROP&ns=sales&t=orders");
        assert!(matches!(
            not,
            Verdict::Denied {
                grantable: true,
                ..
            }
        ));
    }
}
