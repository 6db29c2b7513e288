//! What a principal leaves behind when it goes, and who else uses it.

use std::collections::BTreeMap;

use access::polaris::Object as Named;
use serde::{Deserialize, Serialize};

use super::Step;
use crate::format::{count, counted, names_and_more};

/// Who can be chosen, or what the one that was chosen leaves behind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offboarding {
    /// Names to choose from, as far as they are shown.
    pub principals: Vec<String>,
    /// What it holds: principal roles, then catalog roles.
    pub left: Vec<Left>,
    /// What names it as its owner.
    pub owned: Vec<Owned>,
    /// Lists that could not be read for that, and why.
    pub unread: Vec<String>,
    /// Tables that do.
    pub tables: OwnedTables,
}

/// Tables whose property `owner` names a principal, of those that were read lately.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedTables {
    /// The first of them: their full names and pages.
    pub first: Vec<(String, String)>,
    /// How many they are.
    pub owned: usize,
    /// How many tables were read.
    pub read: usize,
}

impl OwnedTables {
    /// Names that stand on a page.
    pub const SHOWN: usize = 20;

    /// What is known, and of what.
    pub fn sentence(&self) -> String {
        let read = counted(self.read, "table");
        match (self.read, self.owned) {
            (0, _) => "No table was read lately, so none was looked at for its owner.".to_owned(),
            (1, 0) => "The only table that was read lately does not name it as owner. Others were not looked at.".to_owned(),
            (1, _) => "It owns the only table that was read lately, by its property owner. Others were not looked at.".to_owned(),
            (_, 0) => format!(
                "None of the {read} that were read lately names it as owner. Others were not looked at."
            ),
            (_, owned) => format!(
                "It owns {} of the {read} that were read lately, by their property owner. Others were not looked at.",
                count(owned)
            ),
        }
    }
}

/// A role that a principal held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The role.
    pub object: Named,
    /// What it gives.
    pub gives: String,
    /// The box that deletes it: name and value.
    pub field: (String, String),
    /// Why it stays, and for whom; `None`: nobody else uses it.
    pub stays: Option<String>,
}

/// Something whose properties name a principal as its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owned {
    /// What it is.
    pub object: Named,
    /// The property that says so.
    pub key: String,
}

/// The property that names the principal as the owner, by itself or among others.
pub fn owner_key<'a>(properties: &'a BTreeMap<String, String>, principal: &str) -> Option<&'a str> {
    let mut all = properties.iter();
    let found =
        all.find(|(key, value)| key.to_lowercase().contains("owner") && is_among(value, principal));
    found.map(|(key, _)| key.as_str())
}

/// Whether those that a property names as owners have the principal among them.
pub fn is_among(owners: &str, principal: &str) -> bool {
    let each = owners.split([',', ';', ' ']);
    let mut each = each.chain([owners]).map(str::trim);
    each.any(|name| name.eq_ignore_ascii_case(principal))
}

mod build {
    use access::polaris::{Access, CATALOG_ADMIN, LeftCatalogRole, LeftRole, SERVICE_ADMIN};

    use super::*;

    /// Principals to choose from.
    const SHOWN: usize = 500;

    impl Offboarding {
        /// Whom a form may name.
        pub fn choices(access: &Access) -> Self {
            let principals = access.principals().take(SHOWN);
            Self {
                principals: principals.map(str::to_owned).collect(),
                ..Self::default()
            }
        }

        /// `federated` names the principal roles that an identity provider may put others in.
        pub fn new(access: &Access, principal: &str, federated: &[String]) -> Self {
            let leaving = access.world().leaving(principal);
            let is_federated = |name: &str| federated.iter().any(|role| role == name);
            let gives = |name: &str| {
                let mut given = 0;
                for role in &leaving.catalog_roles {
                    given += usize::from(role.through.contains(&name));
                }
                counted(given, "catalog role")
            };
            let roles = leaving.roles.iter().map(|role| Left {
                gives: gives(role.name),
                stays: role_stays(role, is_federated(role.name)),
                ..Left::of(Step::PrincipalRole(role.name.into()))
            });
            let catalog_roles = leaving.catalog_roles.iter().map(|role| Left {
                gives: match role.grants {
                    Some(grants) => counted(grants, "grant"),
                    None => "grants that could not be read".into(),
                },
                stays: catalog_role_stays(role, is_federated),
                ..Left::of(Step::CatalogRole(role.catalog.into(), role.name.into()))
            });
            Self {
                left: roles.chain(catalog_roles).collect(),
                ..Self::default()
            }
        }
    }

    impl Left {
        fn of(step: Step) -> Self {
            let (name, value) = step.field();
            Self {
                object: step.object("").named().clone(),
                gives: String::new(),
                field: (name.into(), value),
                stays: None,
            }
        }
    }

    fn role_stays(role: &LeftRole, federated: bool) -> Option<String> {
        if role.name == SERVICE_ADMIN {
            return Some("It belongs to the server, which never deletes it.".into());
        }
        if federated {
            return Some(
                "An identity provider may name others in it: who else uses it is unknown.".into(),
            );
        }
        let others = names_and_more(&role.others);
        (!role.is_free()).then(|| format!("Also in it: {others}. They lose nothing."))
    }

    fn catalog_role_stays(
        role: &LeftCatalogRole,
        is_federated: impl Fn(&str) -> bool,
    ) -> Option<String> {
        if role.name == CATALOG_ADMIN {
            return Some("It belongs to every catalog: the server never deletes it.".into());
        }
        let federated = role.through.iter().filter(|role| is_federated(role));
        let mut others: Vec<&str> = role.others.iter().chain(federated).copied().collect();
        others.sort_unstable();
        others.dedup();
        let who = names_and_more(&others);
        (!others.is_empty()).then(|| format!("Held by roles that stay: {who}. They lose nothing."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::tests::access;

    #[test]
    fn only_what_nobody_else_uses_can_go() {
        let stays = |principal: &str, federated: &[String]| -> Vec<_> {
            let all = Offboarding::new(&access(), principal, federated);
            all.left.into_iter().map(|left| left.stays).collect()
        };
        assert_eq!(stays("reader", &[]), [None, None]);
        assert_eq!(stays("idle", &[]), []);
        let root = stays("root", &[]);
        assert!(root.iter().all(Option::is_some), "{root:?}");
        let federated = stays("reader", &["analysts".into()]);
        assert!(federated.iter().all(Option::is_some), "{federated:?}");
    }

    #[test]
    fn an_owner_stands_by_itself_or_among_others() {
        let key = |key: &str, value: &str| {
            let properties = BTreeMap::from([(key.to_owned(), value.to_owned())]);
            owner_key(&properties, "svc").map(str::to_owned)
        };
        assert_eq!(key("data.Owner", "bob, SVC"), Some("data.Owner".into()));
        assert_eq!(key("owner", "svc2"), None);
        assert_eq!(key("purpose", "svc"), None);
    }

    #[test]
    fn what_is_said_of_tables_is_said_of_those_that_were_read() {
        let said = |owned, read| {
            let tables = OwnedTables {
                owned,
                read,
                ..OwnedTables::default()
            };
            tables.sentence()
        };
        assert!(said(0, 0).starts_with("No table was read lately"));
        assert!(said(0, 1).starts_with("The only table that was read lately does not"));
        assert!(said(1, 1).starts_with("It owns the only table"));
        assert!(said(0, 7).starts_with("None of the 7 tables that were read"));
        assert!(said(2, 7).starts_with("It owns 2 of the 7 tables that were read"));
        for read in [1, 7] {
            assert!(said(0, read).ends_with("Others were not looked at."));
        }
    }
}
