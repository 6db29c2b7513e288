use std::collections::HashMap;

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
    pub principal: &'a str,
    pub holding: Holding,
}

/// An object on which a subject holds something directly, and what.
#[derive(Clone, Copy, Debug)]
pub struct Reach<'a> {
    pub object: &'a Object,
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
        let mut granted: HashMap<&Object, PrivilegeSet> = HashMap::new();
        for role in index.roles_of(subject) {
            if *role == index.service_admin() {
                granted.insert(
                    &Object::Root,
                    PrivilegeSet::from_iter([Privilege::SERVICE_MANAGE_ACCESS]),
                );
            }
            for (object, privileges) in index.roles[*role]
                .catalog_roles
                .iter()
                .flat_map(|id| &index.catalog_roles[*id].grants)
            {
                let all = granted.entry(object).or_default();
                *all = all.union(*privileges);
            }
        }
        let mut reach: Vec<_> = granted
            .into_iter()
            .map(|(object, granted)| Reach { object, granted })
            .collect();
        reach.sort_unstable_by_key(|reach| reach.object);
        reach
    }

    /// What each principal role holds on the object, by position.
    fn by_role(&self, object: &Object) -> Vec<Holding> {
        let index = &self.index;
        let mut by_role = vec![Holding::default(); index.roles.len()];
        let everything = || -> PrivilegeSet {
            let levels = object
                .levels()
                .map(|level| Privilege::grantable_on(level.kind()));
            levels
                .fold(PrivilegeSet::default(), PrivilegeSet::union)
                .implied()
        };
        for entry in index.entries(object.levels()).into_iter().flatten() {
            let held = entry.granted.implied();
            let perhaps = if entry.unfamiliar.is_empty() {
                PrivilegeSet::default()
            } else {
                everything()
            };
            let node = &index.catalog_roles[entry.catalog_role];
            for role in &node.assignees {
                by_role[*role].holds = by_role[*role].holds.union(held);
                by_role[*role].may_hold = by_role[*role].may_hold.union(perhaps);
            }
            if node.assignees_unknown.is_some() {
                by_role
                    .iter_mut()
                    .for_each(|each| each.may_hold = each.may_hold.union(held).union(perhaps));
            }
        }
        if let Some(catalog) = object.catalog() {
            match index.catalogs.get(catalog) {
                None => by_role
                    .iter_mut()
                    .for_each(|each| each.may_hold = everything()),
                Some(node) => {
                    let unread = |id: &&usize| index.catalog_roles[**id].grants_unknown.is_some();
                    for id in node.doubtful.iter().filter(unread) {
                        let catalog_role = &index.catalog_roles[*id];
                        catalog_role
                            .assignees
                            .iter()
                            .for_each(|role| by_role[*role].may_hold = everything());
                        if catalog_role.assignees_unknown.is_some() {
                            by_role
                                .iter_mut()
                                .for_each(|each| each.may_hold = everything());
                        }
                    }
                }
            }
        }
        let admin = &mut by_role[index.service_admin()].holds;
        *admin = admin.union(Privilege::SERVICE_MANAGE_ACCESS.implies());
        by_role
    }

    fn gather(&self, subject: Subject, by_role: &[Holding]) -> Holding {
        let index = &self.index;
        let mut all = Holding::default();
        for role in index.roles_of(subject) {
            all.holds = all.holds.union(by_role[*role].holds);
            all.may_hold = all.may_hold.union(by_role[*role].may_hold);
        }
        if subject.is_principal() {
            let open = |at: &usize| index.roles[*at].members_unknown.is_some();
            for role in (0..by_role.len()).filter(open) {
                all.may_hold = all
                    .may_hold
                    .union(by_role[role].holds)
                    .union(by_role[role].may_hold);
            }
        }
        all.may_hold = all.may_hold.difference(all.holds);
        all
    }
}
