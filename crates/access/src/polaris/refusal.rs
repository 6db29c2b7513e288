//! What the server's own words say about why it refused.

use super::{Kind, Operation, Privilege};

/// What a 403 tells about itself: `Principal 'svc' with activated PrincipalRoles '[writers]' and
/// activated grants via '[rw, writers]' is not authorized for op LIST_TABLES`. Servers may name the
/// operation only, and newer ones say what is missing.
#[derive(Clone, Debug)]
pub struct Refusal<'a> {
    /// Who was refused, where the message says.
    pub principal: Option<&'a str>,
    /// What was refused.
    pub operation: &'static Operation,
    /// The principal roles that the token activated, where the message names them all.
    pub activated: Option<Vec<&'a str>>,
    /// What the server says is not held.
    pub missing: Vec<Lacking<'a>>,
    /// The server's words about that, where they name no privilege of Polaris 1.7.0.
    pub unread: Option<&'a str>,
}

/// A privilege that the server says is not held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lacking<'a> {
    /// Its name.
    pub privilege: Privilege,
    /// The kind of object that it is missing on, where the message says.
    pub kind: Option<Kind>,
    /// What the server calls the object; empty where it does not say.
    pub name: &'a str,
}

const ROOT_ONLY: &str = "can perform ";

/// What every refusal about rights says before its operation.
const NOT_AUTHORIZED: &str = " is not authorized for op ";

impl<'a> Refusal<'a> {
    /// Whether the message is one, of any operation.
    pub fn is_in(message: &str) -> bool {
        message.contains(NOT_AUTHORIZED)
    }

    /// Words of others may stand before it. `None` when the message names no operation, or one that
    /// Polaris 1.7.0 does not have.
    pub fn parse(message: &'a str) -> Option<Self> {
        if Barrier::of(message) == Some(Barrier::RootOnly) {
            let (_, operation) = message.split_once(ROOT_ONLY)?;
            return Some(Refusal {
                principal: None,
                operation: first_named(operation)?,
                activated: None,
                missing: Vec::new(),
                unread: None,
            });
        }
        let (who, rest) = message.rsplit_once(NOT_AUTHORIZED)?;
        let rest = rest.trim_start_matches(['\'', '"']);
        let (_, who) = who.split_once("rincipal '").unwrap_or(("", ""));
        let (principal, with) = match who.split_once("' with activated ") {
            Some((principal, with)) => (Some(principal), with),
            // As it is said where credentials have to be rotated first.
            None => (who.strip_suffix('\''), ""),
        };
        let words = rest.split_once("issing").map(|(_, words)| words);
        let missing = words.map_or(Vec::new(), lacking);
        // Privileges are spelled with underscores.
        let unread = words.filter(|words| missing.is_empty() && words.contains('_'));
        Some(Refusal {
            principal: principal.filter(|name| !name.is_empty()),
            operation: first_named(rest)?,
            activated: activated(with),
            missing,
            unread: unread.map(str::trim),
        })
    }
}

/// The operation that stands at the beginning, in any case.
fn first_named(text: &str) -> Option<&'static Operation> {
    let end = text.find(|end: char| end != '_' && !end.is_ascii_alphabetic());
    let name = &text[..end.unwrap_or(text.len())];
    Operation::named(&name.to_ascii_uppercase())
}

/// None where the list is not whole: whoever quotes it may have cut it.
fn activated(with: &str) -> Option<Vec<&str>> {
    let (_, roles) = with.split_once("PrincipalRoles '[")?;
    let (roles, _) = roles.split_once("]'")?;
    let names = roles.split(", ").filter(|name| !name.is_empty());
    (!roles.contains('…')).then(|| names.collect())
}

/// `privileges [A, B] on NAMESPACE 'sales'`, in this and similar words: each privilege is missing on
/// the object that is named next.
fn lacking(text: &str) -> Vec<Lacking<'_>> {
    let mut missing: Vec<Lacking> = Vec::new();
    let mut unplaced = 0;
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_alphabetic()) {
        rest = &rest[start..];
        let end = rest.find(|end: char| end != '_' && !end.is_ascii_alphabetic());
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        if let Some(privilege) = Privilege::named(word) {
            missing.push(Lacking {
                privilege,
                kind: None,
                name: "",
            });
        } else if let Some(kind) = kind_named(word) {
            let quoted = rest.trim_start().strip_prefix('\'');
            let named = quoted.and_then(|name| name.split_once('\''));
            let name = named.map_or("", |(name, _)| name);
            rest = named.map_or(rest, |(_, after)| after);
            for lacking in &mut missing[unplaced..] {
                (lacking.kind, lacking.name) = (Some(kind), name);
            }
            unplaced = missing.len();
        }
    }
    missing
}

fn kind_named(word: &str) -> Option<Kind> {
    Some(match word.to_ascii_uppercase().as_str() {
        "ROOT" => Kind::Root,
        "CATALOG" => Kind::Catalog,
        "NAMESPACE" => Kind::Namespace,
        "TABLE" | "TABLE_LIKE" | "ICEBERG_TABLE" | "GENERIC_TABLE" => Kind::Table,
        "VIEW" | "ICEBERG_VIEW" => Kind::View,
        "POLICY" => Kind::Policy,
        "PRINCIPAL" => Kind::Principal,
        "PRINCIPAL_ROLE" => Kind::PrincipalRole,
        "CATALOG_ROLE" => Kind::CatalogRole,
        _ => return None,
    })
}

/// What refuses whatever is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// The principal has to rotate its credentials before it does anything else.
    RotationDue,
    /// Only the principal `root` may do this.
    RootOnly,
    /// A setting keeps files from being purged, those of dropped views included.
    PurgeOff,
    /// The location is not among those that the catalog allows.
    Location,
    /// Another table or namespace has the location, or one around it.
    LocationTaken,
    /// A setting keeps credentials for the storage of this catalog from being handed out.
    VendingOff,
    /// The storage or its sign-in refused the server.
    Storage,
    /// Another authoriser than Polaris' own decides.
    OtherAuthorizer,
}

impl Barrier {
    /// Every one.
    pub const ALL: [Barrier; 8] = [
        Barrier::RotationDue,
        Barrier::RootOnly,
        Barrier::PurgeOff,
        Barrier::Location,
        Barrier::LocationTaken,
        Barrier::VendingOff,
        Barrier::OtherAuthorizer,
        Barrier::Storage,
    ];

    /// The one that the message of a 403 is about.
    pub fn of(message: &str) -> Option<Self> {
        // Names of people and roles stand before, and mean nothing.
        let said = message.rsplit_once(NOT_AUTHORIZED);
        let said = said.map_or(message, |(_, said)| said).to_ascii_lowercase();
        let is = |barrier: &Barrier| barrier.words().iter().any(|words| said.contains(words));
        Barrier::ALL.into_iter().find(is)
    }

    /// What messages about it hold, in small letters (Apache Polaris 1.7.0).
    fn words(self) -> &'static [&'static str] {
        match self {
            Barrier::RotationDue => &[
                "credential_rotation_required",
                "credential rotation required",
                "credential rotation is required",
                "must rotate",
            ],
            Barrier::RootOnly => &["only root principal"],
            Barrier::PurgeOff => &["unable to purge entity", "drop_with_purge_enabled"],
            Barrier::Location => &["invalid locations", "not in the list of allowed locations"],
            Barrier::LocationTaken => &["conflicts with existing table or namespace"],
            Barrier::VendingOff => &[
                "access delegation is not enabled",
                "allow_external_catalog_credential_vending",
            ],
            Barrier::OtherAuthorizer => &[
                "opa denied",
                "opa policy",
                "by opa",
                "open policy agent",
                "apache ranger",
                "by ranger",
                "ranger denied",
            ],
            Barrier::Storage => &[
                "subscoped cred",
                "accessdenied",
                "access denied",
                "is not authorized to perform: sts:",
                "is not authorized to perform: s3:",
                "authorizationpermissionmismatch",
                "does not have storage.",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_activated_roles_are_read_where_they_are_all_named() {
        let roles = |roles: &str| {
            let said = format!(
                "The catalog says: Principal 'o'neil' with activated PrincipalRoles '{roles}' and activated grants via '[x]' is not authorized for op LIST_TABLES"
            );
            let refusal = Refusal::parse(&said).unwrap();
            assert_eq!(refusal.principal, Some("o'neil"));
            let roles = refusal.activated?;
            Some(roles.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        assert_eq!(roles("[]"), Some(Vec::new()));
        assert_eq!(roles("[a, b c]"), Some(vec!["a".into(), "b c".into()]));
        assert_eq!(roles("[a, …, z]"), None);
        assert_eq!(roles("…"), None);
    }

    #[test]
    fn what_the_server_says_is_missing_is_read() {
        let missing = |said: &str| {
            let said = format!("Caller is not authorized for op LIST_TABLES{said}");
            let missing = Refusal::parse(&said).unwrap().missing;
            let spelled = |it: &Lacking| format!("{} {:?} {}", it.privilege, it.kind, it.name);
            missing.iter().map(spelled).collect::<Vec<_>>()
        };
        assert_eq!(
            missing("; missing TABLE_LIST on NAMESPACE 'sales'"),
            ["TABLE_LIST Some(Namespace) sales"]
        );
        assert_eq!(
            missing(". Missing privileges: nothing"),
            Vec::<String>::new()
        );
        assert_eq!(
            missing(
                ": missing privileges [TABLE_DROP, TABLE_LIST] on table 'a.b', NAMESPACE_LIST on catalog 'TABLE_LIST'"
            ),
            [
                "TABLE_DROP Some(Table) a.b",
                "TABLE_LIST Some(Table) a.b",
                "NAMESPACE_LIST Some(Catalog) TABLE_LIST"
            ]
        );
        assert_eq!(missing("; missing TABLE_LIST"), ["TABLE_LIST None "]);
        assert_eq!(missing(""), Vec::<String>::new());
    }

    #[test]
    fn small_letters_and_privileges_that_are_newer_are_read() {
        let said = "Forbidden: principal 'svc' is not authorized for op load_table; missing SEMANTIC_MODEL_READ on SEMANTIC_MODEL 'x'";
        let refusal = Refusal::parse(said).unwrap();
        assert_eq!(
            (refusal.principal, refusal.operation.name),
            (Some("svc"), "LOAD_TABLE")
        );
        let unread = "SEMANTIC_MODEL_READ on SEMANTIC_MODEL 'x'";
        assert_eq!(refusal.unread, Some(unread));
        let said = "Caller is not authorized for op LOAD_TABLE. Missing privileges: nothing";
        assert_eq!(Refusal::parse(said).unwrap().unread, None);
    }

    #[test]
    fn a_principal_that_has_to_rotate_first_is_read() {
        let said = "Principal 'bob' is not authorized for op LOAD_TABLE due to PRINCIPAL_CREDENTIAL_ROTATION_REQUIRED_STATE";
        let refusal = Refusal::parse(said).unwrap();
        assert_eq!(refusal.principal, Some("bob"));
        assert_eq!(refusal.operation.name, "LOAD_TABLE");
        assert_eq!(Barrier::of(said), Some(Barrier::RotationDue));
    }

    #[test]
    fn what_is_no_matter_of_grants_is_told_from_what_is() {
        for (said, barrier) in [
            (
                "Only Root principal(service-admin) can perform RESET_CREDENTIALS",
                Barrier::RootOnly,
            ),
            (
                "Unable to purge entity: v1. To enable this feature, set the Polaris configuration DROP_WITH_PURGE_ENABLED or the catalog configuration polaris.config.drop-with-purge.enabled",
                Barrier::PurgeOff,
            ),
            (
                "Invalid locations '[file:///data/none.json]' for identifier 'raw.orders': file:///data/none.json is not in the list of allowed locations: [file:///data/raw]",
                Barrier::Location,
            ),
            (
                "Unable to create table at location 's3://b/t' because it conflicts with existing table or namespace at location 's3://b/t'",
                Barrier::LocationTaken,
            ),
            (
                "Access Delegation is not enabled for this catalog. Please consult applicable documentation for the catalog config property 'x' to enable this feature",
                Barrier::VendingOff,
            ),
            (
                "Failed to get subscoped credentials: Access denied (Service: Sts, Status Code: 403)",
                Barrier::Storage,
            ),
            (
                "User: arn:aws:iam::1:user/polaris is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/lake",
                Barrier::Storage,
            ),
            (
                "polaris@p.iam.gserviceaccount.com does not have storage.objects.create access to the Google Cloud Storage object.",
                Barrier::Storage,
            ),
            ("OPA denied authorization", Barrier::OtherAuthorizer),
            ("Access denied by OPA policy", Barrier::OtherAuthorizer),
            (
                "Principal must rotate its credentials first",
                Barrier::RotationDue,
            ),
        ] {
            assert_eq!(Barrier::of(said), Some(barrier), "{said}");
        }
        assert_eq!(
            Barrier::of("Caller is not authorized for op LOAD_TABLE"),
            None
        );
        for name in [
            "access denied",
            "by ranger",
            "x credential_rotation_required",
        ] {
            let said = format!(
                "Principal '{name}' with activated PrincipalRoles '[{name}]' and activated grants via '[{name}]' is not authorized for op LOAD_TABLE"
            );
            assert_eq!(Barrier::of(&said), None, "a name is no reason");
            assert_eq!(Refusal::parse(&said).unwrap().principal, Some(name));
        }
        let reset =
            Refusal::parse("Only Root principal(service-admin) can perform RESET_CREDENTIALS");
        assert_eq!(reset.unwrap().operation.name, "RESET_CREDENTIALS");
    }
}
