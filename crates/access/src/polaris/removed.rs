use std::collections::{HashMap, HashSet};

use super::index::{Index, ROOT};
use super::{Change, Privilege, PrivilegeSet};

/// Edges that are to be removed, by position, as far as they are there.
#[derive(Default)]
pub(super) struct Removed<'a> {
    /// Principals, and the principal roles that they leave.
    memberships: HashSet<(&'a str, usize)>,
    /// Principal roles, and the catalog roles that they no longer hold.
    assignments: HashSet<(usize, usize)>,
    /// What catalog roles are no longer granted, by where it stands.
    grants: HashMap<usize, HashMap<usize, PrivilegeSet>>,
    /// Principal roles with less behind them.
    less: HashSet<usize>,
}

impl<'a> Removed<'a> {
    pub fn new(index: &Index, changes: &'a [Change]) -> Self {
        // A catalog that was named twice has its roles twice.
        let mut by_name: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (id, node) in index.catalog_roles.iter().enumerate() {
            let name = (node.catalog.as_str(), node.name.as_str());
            by_name.entry(name).or_default().push(id);
        }
        let named = |catalog: &'a str, name: &'a str| {
            let ids = by_name.get(&(catalog, name));
            ids.into_iter().flatten().copied()
        };
        let mut removed = Self::default();
        for change in changes {
            match change {
                Change::AssignPrincipalRole {
                    principal,
                    principal_role,
                } => {
                    let role = index.role(principal_role);
                    removed
                        .memberships
                        .extend(role.map(|role| (principal.as_str(), role)));
                }
                Change::AssignCatalogRole {
                    catalog,
                    catalog_role,
                    principal_role,
                } => {
                    let Some(role) = index.role(principal_role) else {
                        continue;
                    };
                    for id in named(catalog, catalog_role) {
                        if index.is_assigned(role, id) {
                            removed.assignments.insert((role, id));
                            removed.less.insert(role);
                        }
                    }
                }
                Change::Grant {
                    catalog,
                    catalog_role,
                    grant,
                } => {
                    let privilege = Privilege::named(&grant.privilege);
                    let object = index.object(&grant.object);
                    let (Some(privilege), Some(object)) = (privilege, object) else {
                        continue;
                    };
                    let entries = &index.objects[object].entries;
                    for id in named(catalog, catalog_role) {
                        let entry = Index::entry_of(entries, id);
                        if entry.is_some_and(|entry| entry.granted.contains(privilege)) {
                            let grants = removed.grants.entry(id).or_default();
                            grants.entry(object).or_default().insert(privilege);
                            removed.less.extend(&index.catalog_roles[id].assignees);
                        }
                    }
                }
            }
        }
        removed
    }

    /// Which of its roles the principal leaves.
    pub fn left_by(&self, principal: &str, roles: &[usize]) -> Vec<usize> {
        let left = |role: &usize| self.memberships.contains(&(principal, *role));
        roles.iter().copied().filter(left).collect()
    }

    /// Whether there will be less behind one of these roles.
    pub fn concerns(&self, roles: &[usize]) -> bool {
        roles.iter().any(|role| self.less.contains(role))
    }

    /// Every object on which something may end for somebody, and what.
    pub fn ends(&self, index: &Index) -> Vec<(usize, PrivilegeSet)> {
        let left: HashSet<usize> = self.memberships.iter().map(|(_, role)| *role).collect();
        let mut whole: HashSet<usize> = self.assignments.iter().map(|(_, id)| *id).collect();
        for role in &left {
            whole.extend(&index.roles[*role].catalog_roles);
        }
        let mut ends = Vec::new();
        for id in whole {
            ends.extend(&index.catalog_roles[id].grants);
        }
        for id in self.grants.keys() {
            ends.extend(self.revoked(*id));
        }
        if left.contains(&index.service_admin()) {
            let held = PrivilegeSet::from_iter([Privilege::SERVICE_MANAGE_ACCESS]);
            ends.push((ROOT, held));
        }
        ends
    }

    /// Whether the principal role no longer holds the catalog role.
    pub fn unassigns(&self, role: usize, catalog_role: usize) -> bool {
        self.assignments.contains(&(role, catalog_role))
    }

    /// What the catalog role is no longer granted, and where.
    pub fn revoked(&self, catalog_role: usize) -> impl Iterator<Item = (usize, PrivilegeSet)> {
        let grants = self.grants.get(&catalog_role);
        let grants = grants.into_iter().flatten();
        grants.map(|(object, revoked)| (*object, *revoked))
    }

    pub fn revoked_on(&self, catalog_role: usize, object: usize) -> PrivilegeSet {
        let grants = self.grants.get(&catalog_role);
        let revoked = grants.and_then(|grants| grants.get(&object));
        revoked.copied().unwrap_or_default()
    }
}
