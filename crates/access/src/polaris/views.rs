use std::collections::HashMap;

use super::index::ROOT;
use super::{Access, Object, Privilege, PrivilegeSet, Subject};

/// What a subject holds on an object, from whichever level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Certainly, implied privileges included.
    pub holds: PrivilegeSet,
    /// Perhaps: it depends on what was not collected.
    pub may_hold: PrivilegeSet,
}

/// A principal and what it holds on the object asked about.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    /// Its name.
    pub principal: &'a str,
    /// What it holds.
    pub holding: Holding,
}

/// An object on which a subject holds something directly, and what.
#[derive(Clone, Copy, Debug)]
pub struct Reach<'a> {
    /// Where the grants stand.
    pub object: &'a Object,
    /// What is granted there, without what that implies.
    pub granted: PrivilegeSet,
}

impl Access {
    /// What every principal holds on the object: one row each, in order of name.
    pub fn holders(&self, object: &Object) -> Vec<Holder<'_>> {
        let by_role = self.by_role(object);
        self.principals()
            .map(|principal| Holder {
                principal,
                holding: self.gather(Subject::Principal(principal), &by_role),
            })
            .collect()
    }

    /// What one subject holds on the object.
    pub fn holding(&self, subject: Subject, object: &Object) -> Holding {
        self.gather(subject, &self.by_role(object))
    }

    /// Every object on which the subject's roles hold grants, in order. What lies below is reached too.
    pub fn reach(&self, subject: Subject) -> Vec<Reach<'_>> {
        let index = &self.index;
        let mut granted: HashMap<usize, PrivilegeSet> = HashMap::new();
        for role in index.roles_of(subject).iter() {
            if *role == index.service_admin() {
                granted.insert(
                    ROOT,
                    PrivilegeSet::from_iter([Privilege::SERVICE_MANAGE_ACCESS]),
                );
            }
            for (object, privileges) in index.roles[*role]
                .catalog_roles
                .iter()
                .flat_map(|id| &index.catalog_roles[*id].grants)
            {
                let all = granted.entry(*object).or_default();
                *all = all.union(*privileges);
            }
        }
        let mut reach: Vec<_> = granted
            .into_iter()
            .map(|(object, granted)| Reach {
                object: &index.objects[object].object,
                granted,
            })
            .collect();
        reach.sort_unstable_by_key(|reach| reach.object);
        reach
    }

    fn by_role(&self, object: &Object) -> ByRole {
        let index = &self.index;
        let everything = object
            .levels()
            .map(|level| Privilege::grantable_on(level.kind()))
            .fold(PrivilegeSet::default(), PrivilegeSet::union)
            .implied();
        let mut roles = vec![Holding::default(); index.roles.len()];
        // What any role may hold, since it is not known who does.
        let mut anybody = PrivilegeSet::default();
        for entry in index.entries(object.levels()).into_iter().flatten() {
            let held = entry.granted.implied();
            let perhaps = match entry.unfamiliar.is_empty() {
                true => PrivilegeSet::default(),
                false => everything,
            };
            let node = &index.catalog_roles[entry.catalog_role];
            for role in &node.assignees {
                roles[*role].holds = roles[*role].holds.union(held);
                roles[*role].may_hold = roles[*role].may_hold.union(perhaps);
            }
            if node.assignees_unknown.is_some() {
                anybody = anybody.union(held).union(perhaps);
            }
        }
        let catalog = object.catalog().map(|name| index.catalogs.get(name));
        if let Some(None) = catalog {
            anybody = everything;
        }
        for id in catalog.flatten().map_or(&[][..], |node| &node.doubtful) {
            let node = &index.catalog_roles[*id];
            if node.grants_unknown.is_none() {
                continue;
            }
            for role in &node.assignees {
                roles[*role].may_hold = everything;
            }
            if node.assignees_unknown.is_some() {
                anybody = everything;
            }
        }
        let admin = &mut roles[index.service_admin()].holds;
        *admin = admin.union(Privilege::SERVICE_MANAGE_ACCESS.implies());
        let mut joinable = PrivilegeSet::default();
        for (holding, role) in roles.iter_mut().zip(&index.roles) {
            holding.may_hold = holding.may_hold.union(anybody);
            if role.members_unknown.is_some() {
                joinable = joinable.union(holding.holds).union(holding.may_hold);
            }
        }
        ByRole { roles, joinable }
    }

    fn gather(&self, subject: Subject, by_role: &ByRole) -> Holding {
        let mut all = Holding::default();
        for role in self.index.roles_of(subject).iter() {
            all.holds = all.holds.union(by_role.roles[*role].holds);
            all.may_hold = all.may_hold.union(by_role.roles[*role].may_hold);
        }
        if subject.is_principal() {
            all.may_hold = all.may_hold.union(by_role.joinable);
        }
        all.may_hold = all.may_hold.difference(all.holds);
        all
    }
}

/// What principal roles hold on one object.
struct ByRole {
    /// By position.
    roles: Vec<Holding>,
    /// What those hold of which it is not known who holds them.
    joinable: PrivilegeSet,
}
