//! What is said of a refusal of Polaris, beside what grants say.

use std::collections::BTreeSet;

use access::polaris::{Barrier, Kind, Lacking, Object, Privilege, Refusal};

use crate::format::bounded;

/// As many names as a sentence bears.
const NAMED: usize = 5;

/// What would tell, where lists were refused.
pub const LISTS: &str =
    "Who may read those lists: look with the identity of a service admin, or ask one.";
/// What would tell, where nothing of that name was listed.
pub const SPELLING: &str = "Check the spelling, upper and lower case included, and collect again: it may be newer than what was collected.";
/// What would tell, where the server and the grants differ.
pub const COMPARE: &str = "Collect again, and compare the object with the one that was refused; the server’s log says what was missing, under the request’s id.";
/// The server says one thing and the grants another.
pub const AGAINST_GRANTS: &str = "By the grants that were collected it is held: they may be older than the refusal, or of another object than the one asked about here.";

/// What refuses whatever is granted, and what to do about it.
pub fn barrier(barrier: Barrier) -> (&'static str, &'static str) {
    match barrier {
        Barrier::RotationDue => (
            "The principal has to rotate its credentials first: until then the server refuses whatever else it asks.",
            "Rotate them as the principal itself (it may do that with the credentials it has), then sign in with the new ones.",
        ),
        Barrier::RootOnly => (
            "Only the principal named root may reset credentials: no role and no grant gives it, the service admin’s included.",
            "Connect as root, or have the principal rotate its own.",
        ),
        Barrier::PurgeOff => (
            "A setting, no right: the server purges no files, and dropping a view counts as purging.",
            "Drop it without purging, or have DROP_WITH_PURGE_ENABLED set on the server or polaris.config.drop-with-purge.enabled on the catalog; views also follow PURGE_VIEW_METADATA_ON_DROP.",
        ),
        Barrier::Location => (
            "No right is missing: the location lies outside of the allowed locations of the catalog, or of the namespace.",
            "Choose one inside, or add it to the catalog’s allowed locations.",
        ),
        Barrier::LocationTaken => (
            "No right is missing: another table or namespace lies at that location, inside or around it.",
            "Choose another location; on the catalog, ALLOW_TABLE_LOCATION_OVERLAP lets tables overlap.",
        ),
        Barrier::VendingOff => (
            "A setting, no right: this catalog hands out no credentials for its storage.",
            "Let the engine bring its own credentials (no X-Iceberg-Access-Delegation), or have ALLOW_EXTERNAL_CATALOG_CREDENTIAL_VENDING set for the catalog.",
        ),
        Barrier::Storage => (
            "The grants of Polaris are not what refused: the storage or its sign-in (STS) refused the server.",
            "Check the catalog’s role ARN, its trust policy and external id, and the policy of the bucket.",
        ),
        Barrier::OtherAuthorizer => (
            "The server asks another authoriser (OPA or Ranger): grants of Polaris’ own access control do not decide there.",
            "Look into that authoriser’s policies and its decision log.",
        ),
    }
}

/// The word for a kind of object.
pub fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Root => "service",
        Kind::Catalog => "catalog",
        Kind::Namespace => "namespace",
        Kind::Table => "table",
        Kind::View => "view",
        Kind::Policy => "policy",
        Kind::Principal => "principal",
        Kind::PrincipalRole => "principal role",
        Kind::CatalogRole => "catalog role",
    }
}

/// [`barrier`] as one text.
pub fn in_words(found: Barrier) -> String {
    let (what, next) = barrier(found);
    format!("{what} {next}")
}

/// What to do about a token without roles.
const ACTIVATE: &str = "For a client id and secret, set auth.scope to PRINCIPAL_ROLE:ALL; where an identity provider issues the tokens, its role claim has to name the roles, as Polaris maps them.";

/// What to do about a refusal, where its words say more than that a right is missing. Of the storage and of
/// tokens without roles every error tells.
pub fn hint(message: &str) -> Option<String> {
    match Barrier::of(message) {
        Some(Barrier::Storage) => None,
        Some(found) => Some(in_words(found)),
        None => {
            let lacking = Refusal::parse(message)?.missing;
            (!lacking.is_empty()).then(|| missing(&lacking))
        }
    }
}

/// The token activated nothing.
pub fn no_roles(principal: &str, held: &[&str]) -> String {
    let next = ACTIVATE;
    bounded(match held.is_empty() {
        true => format!(
            "The token activated no principal role, so nothing is granted to it, and {principal} is not known to hold one: give it a role. {next}"
        ),
        false => format!(
            "The token activated no principal role, so nothing is granted to it, although {principal} holds {}: the scope of the token is the cause, not a grant. {next}",
            names(held.iter().copied())
        ),
    })
}

/// The token activated some, and others would do.
pub fn other_roles(activated: &[&str], would_do: &BTreeSet<&str>) -> String {
    let needed = names(would_do.iter().copied());
    let scope = would_do.first().unwrap_or(&"ALL");
    bounded(format!(
        "The token activated only {}. The principal holds the right through {needed}: sign in with the scope PRINCIPAL_ROLE:{scope}, or PRINCIPAL_ROLE:ALL.",
        names(activated.iter().copied()),
    ))
}

/// What the server itself names.
pub fn missing(missing: &[Lacking]) -> String {
    let one = |lacking: &Lacking| {
        let on = lacking
            .kind
            .map_or(String::new(), |kind| match lacking.name {
                "" => format!(" on the {}", noun(kind)),
                name => format!(" on {} “{name}”", noun(kind)),
            });
        format!("{}{on}", lacking.privilege)
    };
    let all: Vec<String> = missing.iter().map(one).collect();
    bounded(format!(
        "The server says what is missing: {}.",
        all.join(", ")
    ))
}

/// What the server itself names in words that are not known here.
pub fn missing_unread(words: &str) -> String {
    bounded(format!(
        "The server says what is missing, in words that Crowsnest does not know: {words}"
    ))
}

/// Why one would refuse what the grants allow.
pub fn why_refused(activated_known: bool) -> Vec<String> {
    let mut all = vec![
        "By the grants that were collected it is allowed, yet the server refused it. Grants may have changed since, on either side.",
        "The refusal may be about another object than the one asked about here.",
        "The server may ask another authoriser than Polaris’ own (OPA, Ranger), and does not say so.",
    ];
    if !activated_known {
        all.insert(1, "The token may activate fewer roles than the principal holds (its scope): the message does not say which.");
    }
    all.into_iter().map(str::to_owned).collect()
}

/// The operation is a part of more.
pub fn whole(operation: &str, whole: Privilege) -> String {
    format!(
        "{operation} is one of several operations that an engine needs at once: {whole} covers all of them, and is what the ways below give."
    )
}

/// Nobody can be refused what is not there.
pub fn not_there(object: &Object) -> String {
    bounded(format!(
        "There is no {object}, says the catalog: for what is not there it answers “not found”, whatever is granted."
    ))
}

fn names<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let mut all: Vec<String> = names.take(NAMED).map(|name| format!("“{name}”")).collect();
    if more > 0 {
        all.push(format!("{more} more"));
    }
    all.join(", ")
}
