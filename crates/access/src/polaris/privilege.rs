use std::fmt;

use super::Kind;
use super::steps::step;
use super::tables::{PrivilegeRow, TABLES};

/// One of the 102 privileges of Polaris 1.7.0 (`PolarisPrivilege`), by its code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Privilege(pub(super) u8);

impl Privilege {
    /// The service admin's: it is held on the root, and implies what managing a realm takes.
    pub const SERVICE_MANAGE_ACCESS: Privilege = Privilege(1);
    /// Grants and revokes in a catalog, and manages its roles.
    pub const CATALOG_MANAGE_ACCESS: Privilege = Privilege(2);

    /// The privilege of that name, or `None` for one that Polaris 1.7.0 does not have.
    pub fn named(name: &str) -> Option<Self> {
        TABLES.by_name.get(name).copied()
    }

    /// Every privilege, in order of code.
    pub fn all() -> impl Iterator<Item = Privilege> {
        TABLES.privileges.iter().map(|row| Privilege(row.code))
    }

    /// Those that can be granted over REST on an object of this kind.
    pub fn grantable_on(kind: Kind) -> PrivilegeSet {
        let rows = TABLES.privileges.iter();
        rows.filter(|row| row.grantable_on.contains(&kind))
            .map(|row| Privilege(row.code))
            .collect()
    }

    /// As the server spells it.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What it lets its holder do, in a sentence; `None` for those no REST call can grant.
    pub fn meaning(self) -> Option<&'static str> {
        self.row().meaning
    }

    /// The kind of object it is about, as in `privileges.json`: `table_like` covers tables and views.
    pub fn securable(self) -> &'static str {
        self.row().securable
    }

    /// The privileges any one of which is as good as this one, itself included.
    pub fn satisfied_by(self) -> PrivilegeSet {
        TABLES.satisfied_by[self.index()]
    }

    /// Everything that its holder holds, itself included. The server's table is transitively closed.
    pub fn implies(self) -> PrivilegeSet {
        TABLES.implies[self.index()]
    }

    fn row(self) -> &'static PrivilegeRow {
        &TABLES.privileges[self.index()]
    }

    fn index(self) -> usize {
        usize::from(self.0) - 1
    }
}

impl fmt::Display for Privilege {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Privilege {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of privileges, in order of code: one bit each.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct PrivilegeSet(u128);

impl PrivilegeSet {
    /// Adds one; without effect when it is there.
    pub fn insert(&mut self, privilege: Privilege) {
        self.0 |= 1 << privilege.0;
    }

    /// Whether it holds this very privilege: implied ones count only after [`Self::implied`].
    pub fn contains(self, privilege: Privilege) -> bool {
        self.0 & (1 << privilege.0) != 0
    }

    /// Whether it holds none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many it holds.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Those of either.
    pub fn union(self, other: Self) -> Self {
        step();
        PrivilegeSet(self.0 | other.0)
    }

    /// Those of both.
    pub fn intersection(self, other: Self) -> Self {
        step();
        PrivilegeSet(self.0 & other.0)
    }

    /// Those of `self` that are not in `other`.
    pub fn difference(self, other: Self) -> Self {
        step();
        PrivilegeSet(self.0 & !other.0)
    }

    /// Everything that a holder of these holds, themselves included.
    pub fn implied(self) -> Self {
        self.iter()
            .fold(self, |all, privilege| all.union(privilege.implies()))
    }

    /// Each, in order of code.
    pub fn iter(self) -> impl Iterator<Item = Privilege> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let code = rest.trailing_zeros() as u8;
            (rest != 0).then(|| {
                rest &= rest - 1;
                Privilege(code)
            })
        })
    }
}

impl FromIterator<Privilege> for PrivilegeSet {
    fn from_iter<I: IntoIterator<Item = Privilege>>(privileges: I) -> Self {
        let mut set = PrivilegeSet::default();
        privileges
            .into_iter()
            .for_each(|privilege| set.insert(privilege));
        set
    }
}

impl fmt::Debug for PrivilegeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
