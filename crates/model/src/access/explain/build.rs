//! From what is asked, what the server said and what was collected, to the answer.

use std::collections::BTreeSet;

use access::polaris::{
    self, Access, Answer, Barrier, Gap, Kind, Lacking, Operation, Privilege, Question, Refusal,
    Requirement, Subject,
};

use super::{
    super::absent::{unlisted, unlisted_subject},
    *,
};
use crate::{
    access::{gaps, noun},
    paths::{KINDS, Query, SECOND, read_object},
    refusal,
};

/// More paths than anybody reads.
const MOST_PATHS: usize = 50;
/// As many names as a browser suggests without growing slow.
const SUGGESTED: usize = 500;

impl Explain {
    /// Answers what the query asks: `principal` or `principal-role`, `operation` or `privilege`, an
    /// object and perhaps a second one. `message` is what a server said with its 403: what follows
    /// from grants never stands against it.
    pub fn new(access: &Access, query: &Query, catalog: Option<&str>) -> Self {
        let message = query.get("message");
        let refusal = message.and_then(Refusal::parse);
        let barrier = message.and_then(Barrier::of);
        let told = refusal.as_ref();
        let principal = query
            .get("principal")
            .or(told.and_then(|refusal| refusal.principal));
        let operation = query
            .get("operation")
            .or(told.map(|refusal| refusal.operation.name));
        let activated = told
            .filter(|refusal| refusal.principal == principal)
            .and_then(|refusal| refusal.activated.as_deref());
        let subject = match (query.get("principal-role"), principal, activated) {
            (Some(role), _, _) => Some(Subject::PrincipalRole(role)),
            (None, Some(principal), Some(roles)) => Some(Subject::Activated { principal, roles }),
            (None, principal, _) => principal.map(Subject::Principal),
        };
        let mut asked = Asked {
            subject,
            operation,
            privilege: query.get("privilege"),
            object: object_of(query, operation, told.is_some(), catalog),
            second: read_object(query, SECOND, catalog),
            refusal: told,
            said: Vec::new(),
        };
        let (problem, answer) = match (message, barrier, told) {
            // Whatever grants say.
            (_, Some(found), _) => {
                asked.said.push(refusal::in_words(found));
                (None, None)
            }
            (Some(message), None, None) => (Some(unread(message).to_owned()), None),
            _ => match asked.answer(access) {
                Ok(answer) => (None, answer),
                Err(problem) => (Some(problem), None),
            },
        };
        Explain {
            choices: Choices::new(access),
            said: asked.said,
            principal: principal.map(str::to_owned),
            operation: operation.map(str::to_owned),
            problem,
            answer,
        }
    }
}

/// Why a message is of no use.
fn unread(message: &str) -> &'static str {
    match message.contains("is not authorized for op ") {
        true => {
            "The message names an operation that Polaris 1.7.0 does not have, so what it takes is unknown. The server’s own log says more."
        }
        false => {
            "The message is not one of Polaris’ refusals that are known here: those about rights end in “is not authorized for op …”."
        }
    }
}

/// What the query names; of the page that was refused, the object that the operation is about.
fn object_of(
    query: &Query,
    operation: Option<&str>,
    refused: bool,
    catalog: Option<&str>,
) -> Option<Object> {
    let read = |query: &Query| read_object(query, "", catalog);
    let Some(operation) = operation.and_then(Operation::named) else {
        return read(query);
    };
    if operation.on == [Kind::Root] {
        return Some(Object::Root);
    }
    if !refused {
        return read(query);
    }
    let says = |key: &str| query.get(key).is_some();
    let kinds = KINDS.iter().filter(|(_, kind)| operation.on.contains(kind));
    let by_name = kinds.filter_map(|(on, kind)| {
        let name = match kind {
            Kind::Root | Kind::Catalog | Kind::Namespace => None,
            Kind::CatalogRole => query.get("name").or(query.get("role")),
            _ => query.get("name"),
        };
        read(&query.clone().with("on", on).with("name", name?))
    });
    let mut by_name =
        by_name.filter(|_| !["on", "t", "v", "policy"].iter().any(|key| says(key)) || says("role"));
    let found = by_name.next().or_else(|| read(query))?;
    let mut levels = found.levels();
    let fitting = levels.find(|level| operation.on.contains(&level.kind()));
    fitting.or(Some(found))
}

struct Asked<'a> {
    subject: Option<Subject<'a>>,
    operation: Option<&'a str>,
    privilege: Option<&'a str>,
    object: Option<Object>,
    second: Option<Object>,
    /// What the server said, where it was asked.
    refusal: Option<&'a Refusal<'a>>,
    /// What follows from that.
    said: Vec<String>,
}

impl Asked<'_> {
    /// Nothing as long as nothing is asked.
    fn answer(&mut self, access: &Access) -> Result<Option<Explanation>, String> {
        if self.operation.is_none() && self.privilege.is_none() && self.subject.is_none() {
            return Ok(None);
        }
        let subject = self.subject.ok_or("Choose the principal.")?;
        let object = self.object.clone();
        let object = object.ok_or("Choose the object: its kind, and its full name.")?;
        let (asked, verdict) = match (self.operation, self.privilege) {
            (Some(operation), _) => (
                operation,
                self.operation_verdict(access, subject, operation, &object)?,
            ),
            (None, Some(privilege)) => (
                privilege,
                privilege_verdict(access, subject, privilege, &object)?,
            ),
            (None, None) => return Err("Choose the operation.".into()),
        };
        let unlisted = [unlisted_subject(access, subject), unlisted(access, &object)];
        let unlisted: Vec<String> = unlisted.into_iter().flatten().collect();
        Ok(Some(Explanation {
            subject: match subject {
                Subject::Principal(name)
                | Subject::Activated {
                    principal: name, ..
                } => name.to_owned(),
                Subject::PrincipalRole(name) => format!("the principal role {name}"),
            },
            asked: asked.to_owned(),
            object,
            verdict: match unlisted.is_empty() {
                true => verdict,
                false => Verdict::Unknown {
                    unmet: Vec::new(),
                    missing: unlisted,
                    tells: refusal::SPELLING.to_owned(),
                },
            },
        }))
    }

    fn operation_verdict(
        &mut self,
        access: &Access,
        subject: Subject,
        operation: &str,
        object: &Object,
    ) -> Result<Verdict, String> {
        let operation = Operation::named(operation)
            .ok_or_else(|| format!("Polaris 1.7.0 has no operation {operation}."))?;
        let second = self.second.take();
        let second = second.filter(|_| !operation.secondary_on.is_empty());
        let question = Question::new(operation, object, second.as_ref())
            .map_err(|mismatch| mismatched(&mismatch))?;
        let mut verdict = Verdict::from(access.answer(subject, question));
        if let Verdict::Denied { ways, .. } = &mut verdict
            && let Some(whole) = operation.whole()
        {
            let all = [Requirement::new(whole, object)];
            *ways = access.ways(subject, &all).1;
            self.said.push(refusal::whole(operation.name, whole));
        }
        if let Some(refusal) = self.refusal {
            verdict = self.refused(access, subject, question, refusal, verdict);
        }
        Ok(verdict)
    }

    /// What grants say of what the server refused.
    fn refused(
        &mut self,
        access: &Access,
        subject: Subject,
        question: Question,
        refusal: &Refusal,
        by_grants: Verdict,
    ) -> Verdict {
        let mut verdict = by_grants;
        if let Subject::Activated { principal, roles } = subject {
            let (held, _) = access.roles_held(principal);
            let idle: Vec<_> = held.iter().filter(|role| !roles.contains(role)).collect();
            let with_all = access.answer(Subject::Principal(principal), question);
            if roles.is_empty() {
                self.said.push(refusal::no_roles(principal, &held));
            }
            match (&mut verdict, with_all) {
                // Of its own roles, others would do.
                (Verdict::Denied { .. }, Answer::Allowed(met)) if !roles.is_empty() => {
                    let paths = met.iter().flat_map(|met| &met.paths);
                    let would_do: BTreeSet<&str> = paths.map(|path| path.principal_role).collect();
                    self.said.push(refusal::other_roles(roles, &would_do));
                }
                // The token has all that it holds: whatever is granted to it helps.
                (Verdict::Denied { ways, .. }, Answer::Denied { changes, .. })
                    if idle.is_empty() && question.operation().whole().is_none() =>
                {
                    *ways = changes;
                }
                _ => {}
            }
        }
        self.said
            .extend(refusal.unread.map(refusal::missing_unread));
        if !refusal.missing.is_empty() {
            self.said.push(refusal::missing(&refusal.missing));
            let unmet = refusal
                .missing
                .iter()
                .map(|lacking| need(lacking, question))
                .collect();
            return match verdict {
                Verdict::Denied {
                    grantable,
                    admin,
                    ways,
                    ..
                } => Verdict::Denied {
                    unmet,
                    grantable,
                    admin,
                    ways,
                },
                verdict => {
                    if !matches!(verdict, Verdict::Unknown { .. }) {
                        self.said.push(refusal::AGAINST_GRANTS.to_owned());
                    }
                    Verdict::Denied {
                        unmet,
                        grantable: true,
                        admin: false,
                        ways: Vec::new(),
                    }
                }
            };
        }
        match verdict {
            Verdict::Allowed(_) | Verdict::AllowedByName => Verdict::Unknown {
                unmet: Vec::new(),
                missing: refusal::why_refused(refusal.activated.is_some()),
                tells: refusal::COMPARE.to_owned(),
            },
            verdict => verdict,
        }
    }
}

/// What the server says is not held, on the level of the object that it means.
fn need(lacking: &Lacking, question: Question) -> Need {
    let object = question.object();
    let mut levels = object.levels();
    let meant = levels.find(|level| Some(level.kind()) == lacking.kind);
    Need::from(&Requirement::new(
        lacking.privilege,
        meant.as_ref().unwrap_or(object),
    ))
}

impl From<Answer<'_>> for Verdict {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::AllowedByName => Verdict::AllowedByName,
            Answer::Allowed(met) => Verdict::Allowed(met.into_iter().map(Met::from).collect()),
            Answer::Denied {
                unmet,
                grantable,
                changes,
            } => denied(&unmet, grantable, changes),
            Answer::Unknown { unmet, missing } => unknown(&unmet, &missing),
        }
    }
}

fn denied(unmet: &[Requirement], grantable: bool, ways: Vec<Vec<Change>>) -> Verdict {
    let by_admin = |unmet: &Requirement| {
        let enough = unmet.privilege.satisfied_by();
        enough.contains(Privilege::SERVICE_MANAGE_ACCESS)
    };
    Verdict::Denied {
        unmet: unmet.iter().map(Need::from).collect(),
        grantable,
        admin: unmet.iter().all(by_admin),
        ways,
    }
}

fn unknown(unmet: &[Requirement], missing: &[Gap]) -> Verdict {
    Verdict::Unknown {
        unmet: unmet.iter().map(Need::from).collect(),
        missing: missing.iter().map(gaps::sentence).collect(),
        tells: refusal::LISTS.to_owned(),
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
    let missing = access.gaps(subject, &requirement);
    Ok(match missing.is_empty() {
        true => {
            let (_, ways) = access.ways(subject, &[requirement]);
            denied(&[requirement], privilege.meaning().is_some(), ways)
        }
        false => unknown(&[requirement], &missing),
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
