use super::index::CatalogRoleNode;
use super::removed::Removed;
use super::{Access, Catalog, Change, Object, Privilege, PrivilegeSet};

/// Whether something is so; `None` where it was not collected.
type Known = Option<bool>;

impl Access {
    /// Whether removing all these edges takes the management of access from the principal, anywhere.
    /// `None` where that depends on what was not collected.
    pub fn ends_management(&self, principal: &str, changes: &[Change]) -> Option<bool> {
        let removed = Removed::new(&self.index, changes);
        if manages(self.lost_by(principal, &removed)) {
            return Some(true);
        }
        let may_end = changes.iter().any(|change| match change {
            Change::Grant {
                catalog,
                catalog_role,
                grant,
            } => {
                let privilege = Privilege::named(&grant.privilege);
                privilege.is_none_or(|privilege| manages(privilege.implies()))
                    && self.is_doubtful(catalog, Some(catalog_role), |node| {
                        let members = node.assignees.iter();
                        let members = members.map(|role| self.is_member(principal, Some(*role)));
                        any(members.chain([node.assignees_unknown.is_none().then_some(false)]))
                    })
                    && !self.goes_on_managing(principal, catalog, &removed)
            }
            Change::AssignCatalogRole {
                catalog,
                catalog_role,
                principal_role,
            } => {
                let role = self.index.role(principal_role);
                self.is_doubtful(catalog, Some(catalog_role), |node| {
                    every([self.is_member(principal, role), is_assigned(node, role)])
                }) && !self.goes_on_managing(principal, catalog, &removed)
            }
            Change::AssignPrincipalRole {
                principal: member,
                principal_role,
            } => {
                let role = self.index.role(principal_role);
                let may_give = |catalog: &Catalog| {
                    self.is_doubtful(&catalog.name, None, |node| {
                        every([self.is_member(principal, role), is_assigned(node, role)])
                    }) && !self.goes_on_managing(principal, &catalog.name, &removed)
                };
                let by_itself = role == Some(self.index.service_admin())
                    && self.is_member(principal, role).is_none();
                member == principal
                    && (by_itself
                        || self.world.more_catalogs.is_some()
                        || self.world.catalogs.iter().any(may_give))
            }
        });
        (!may_end).then_some(false)
    }

    fn is_member(&self, principal: &str, role: Option<usize>) -> Known {
        let role = role?;
        let held = self.index.held_by(principal);
        match &self.index.roles[role].members_unknown {
            _ if held.contains(&role) => Some(true),
            Some(_) => None,
            None => Some(false),
        }
    }

    /// Whether a catalog role of this name, or any, may manage access for one of whom `holds` says
    /// whether it holds the role, and something about that is not known.
    fn is_doubtful(
        &self,
        catalog: &str,
        name: Option<&str>,
        holds: impl Fn(&CatalogRoleNode) -> Known,
    ) -> bool {
        let Some(known) = self.index.catalogs.get(catalog) else {
            return true;
        };
        let roles = known.roles.iter().map(|id| &self.index.catalog_roles[*id]);
        let mut named = roles
            .filter(|node| name.is_none_or(|name| node.name == name))
            .peekable();
        let unlisted = name.is_some() && named.peek().is_none();
        unlisted || named.any(|node| every([holds(node), may_manage(node)]).is_none())
    }

    /// Whether the principal certainly manages the catalog's access by what is not removed.
    fn goes_on_managing(&self, principal: &str, catalog: &str, removed: &Removed) -> bool {
        let index = &self.index;
        let catalog = Object::Catalog {
            catalog: catalog.to_owned(),
        };
        let Some(object) = index.object(&catalog) else {
            return false;
        };
        let roles = index.held_by(principal);
        let left = removed.left_by(principal, roles);
        let stays = |role: usize, id: usize| {
            !left.contains(&role) && !removed.unassigns(role, id) && index.is_assigned(role, id)
        };
        index.objects[object].entries.iter().any(|entry| {
            let id = entry.catalog_role;
            let granted = entry.granted.difference(removed.revoked_on(id, object));
            granted.implied().contains(Privilege::CATALOG_MANAGE_ACCESS)
                && roles.iter().any(|role| stays(*role, id))
        })
    }
}

/// Whether who holds these manages access.
fn manages(privileges: PrivilegeSet) -> bool {
    privileges.contains(Privilege::SERVICE_MANAGE_ACCESS)
        || privileges.contains(Privilege::CATALOG_MANAGE_ACCESS)
}

/// Whether the catalog role manages access to anything.
fn may_manage(node: &CatalogRoleNode) -> Known {
    let mut grants = node.grants.iter();
    match node.grants_unknown.is_some() || node.has_unfamiliar {
        true => None,
        false => Some(grants.any(|(_, granted)| manages(granted.implied()))),
    }
}

fn is_assigned(node: &CatalogRoleNode, role: Option<usize>) -> Known {
    match role.is_some_and(|role| node.assignees.contains(&role)) {
        true => Some(true),
        false => node.assignees_unknown.is_none().then_some(false),
    }
}

fn every(all: [Known; 2]) -> Known {
    match all.contains(&Some(false)) {
        true => Some(false),
        false => all.iter().all(Option::is_some).then_some(true),
    }
}

fn any(all: impl Iterator<Item = Known>) -> Known {
    let mut known = true;
    for one in all {
        match one {
            Some(true) => return Some(true),
            Some(false) => {}
            None => known = false,
        }
    }
    known.then_some(false)
}
