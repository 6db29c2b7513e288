use serde::{Deserialize, Serialize};

use super::{Holding, Kind, Privilege, PrivilegeSet};

/// What people ask about an object, in a word: who can read it, who can drop it?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ability {
    /// The data of a table, or of every table below; a view or a policy itself.
    Read,
    /// Data.
    Write,
    /// Objects in it.
    Create,
    /// Its schema, properties or text.
    Change,
    /// The object itself, with or without its files.
    Drop,
    /// Grants on it.
    Share,
}

impl Ability {
    /// Each, from the least to the most.
    pub const ALL: [Self; 6] = [
        Self::Read,
        Self::Write,
        Self::Create,
        Self::Change,
        Self::Drop,
        Self::Share,
    ];

    /// Those that can be asked of objects of this kind.
    pub fn of(kind: Kind) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |ability| !ability.names(kind).is_empty())
    }

    /// As addresses have it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Create => "create",
            Self::Change => "change",
            Self::Drop => "drop",
            Self::Share => "share",
        }
    }

    /// The ability of that slug.
    pub fn named(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ability| ability.slug() == slug)
    }

    /// As a choice among others.
    pub fn label(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Read, _) => "Read",
            (Self::Write, _) => "Write",
            (Self::Create, Kind::Catalog) => "Create namespaces",
            (Self::Create, _) => "Create tables",
            (Self::Change, Kind::Table) => "Change the schema",
            (Self::Change, Kind::View | Kind::Policy) => "Replace",
            (Self::Change, _) => "Change properties",
            (Self::Drop, _) => "Drop",
            (Self::Share, _) => "Manage access",
        }
    }

    /// What goes between “can” and the object: `drop`, `read every table of`.
    pub fn verb(self, kind: Kind) -> &'static str {
        let inside = matches!(kind, Kind::Namespace | Kind::Catalog);
        match (self, kind) {
            (Self::Read, _) if inside => "read every table of",
            (Self::Read, _) => "read",
            (Self::Write, _) if inside => "write to every table of",
            (Self::Write, _) => "write to",
            (Self::Create, Kind::Catalog) => "create namespaces in",
            (Self::Create, _) => "create tables in",
            (Self::Change, Kind::Table) => "change the schema of",
            (Self::Change, Kind::View | Kind::Policy) => "replace",
            (Self::Change, _) => "change the properties of",
            (Self::Drop, _) => "drop",
            (Self::Share, _) => "grant and revoke on",
        }
    }

    /// What has to be held for it, all together, on the object or above it; nothing where it cannot be asked.
    pub fn needs(self, kind: Kind) -> PrivilegeSet {
        let names = self.names(kind).iter();
        names.filter_map(|name| Privilege::named(name)).collect()
    }

    /// Whether it is held for certain, and else whether it may be.
    pub fn held(self, kind: Kind, holding: &Holding) -> (bool, bool) {
        let needs = self.needs(kind);
        let within = |held: PrivilegeSet| !needs.is_empty() && needs.difference(held).is_empty();
        let certain = within(holding.holds);
        (
            certain,
            !certain && within(holding.holds.union(holding.may_hold)),
        )
    }

    /// From the operations that do it (`PolarisAuthorizableOperation` of Apache Polaris 1.7.0).
    fn names(self, kind: Kind) -> &'static [&'static str] {
        match (self, kind) {
            (Self::Read, Kind::Table | Kind::Namespace | Kind::Catalog) => &["TABLE_READ_DATA"],
            (Self::Read, Kind::View) => &["VIEW_READ_PROPERTIES"],
            (Self::Read, Kind::Policy) => &["POLICY_READ"],
            (Self::Write, Kind::Table | Kind::Namespace | Kind::Catalog) => &["TABLE_WRITE_DATA"],
            (Self::Create, Kind::Namespace) => &["TABLE_CREATE"],
            (Self::Create, Kind::Catalog) => &["NAMESPACE_CREATE"],
            (Self::Change, Kind::Table) => &["TABLE_ADD_SCHEMA", "TABLE_SET_CURRENT_SCHEMA"],
            (Self::Change, Kind::View) => &["VIEW_WRITE_PROPERTIES"],
            (Self::Change, Kind::Policy) => &["POLICY_WRITE"],
            (Self::Change, Kind::Namespace) => &["NAMESPACE_WRITE_PROPERTIES"],
            (Self::Change, Kind::Catalog) => &["CATALOG_WRITE_PROPERTIES"],
            (Self::Drop, Kind::Table) => &["TABLE_DROP"],
            (Self::Drop, Kind::View) => &["VIEW_DROP"],
            (Self::Drop, Kind::Policy) => &["POLICY_DROP"],
            (Self::Drop, Kind::Namespace) => &["NAMESPACE_DROP"],
            (Self::Drop, Kind::Catalog) => &["CATALOG_DROP"],
            (Self::Share, Kind::Table) => &["TABLE_MANAGE_GRANTS_ON_SECURABLE"],
            (Self::Share, Kind::View) => &["VIEW_MANAGE_GRANTS_ON_SECURABLE"],
            (Self::Share, Kind::Policy) => &["POLICY_MANAGE_GRANTS_ON_SECURABLE"],
            (Self::Share, Kind::Namespace) => &["NAMESPACE_MANAGE_GRANTS_ON_SECURABLE"],
            (Self::Share, Kind::Catalog) => &["CATALOG_MANAGE_GRANTS_ON_SECURABLE"],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 5] = [
        Kind::Catalog,
        Kind::Namespace,
        Kind::Table,
        Kind::View,
        Kind::Policy,
    ];

    #[test]
    fn every_name_is_a_privilege() {
        for kind in KINDS {
            for ability in Ability::of(kind) {
                let names = ability.names(kind);
                assert_eq!(ability.needs(kind).len(), names.len(), "{names:?}");
            }
        }
    }

    #[test]
    fn all_that_is_needed_has_to_be_held() {
        let set = |names: &[&str]| -> PrivilegeSet {
            let named = |name: &&str| Privilege::named(name).expect("a privilege");
            names.iter().map(named).collect::<PrivilegeSet>().implied()
        };
        let held = |holds: &[&str], may_hold: &[&str]| {
            let holding = Holding {
                holds: set(holds),
                may_hold: set(may_hold),
            };
            Ability::Change.held(Kind::Table, &holding)
        };
        assert_eq!(held(&["TABLE_MANAGE_STRUCTURE"], &[]), (true, false));
        assert_eq!(held(&["TABLE_ADD_SCHEMA"], &[]), (false, false));
        let half = held(&["TABLE_ADD_SCHEMA"], &["TABLE_SET_CURRENT_SCHEMA"]);
        assert_eq!(half, (false, true));
    }

    #[test]
    fn what_makes_no_sense_cannot_be_asked() {
        let of_views: Vec<_> = Ability::of(Kind::View).collect();
        let [read, change, drop, share] = [
            Ability::Read,
            Ability::Change,
            Ability::Drop,
            Ability::Share,
        ];
        assert_eq!(of_views, [read, change, drop, share]);
        assert_eq!(Ability::named("drop"), Some(drop));
        assert_eq!(Ability::of(Kind::PrincipalRole).count(), 0);
    }
}
