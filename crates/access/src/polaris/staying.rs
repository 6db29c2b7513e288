use std::collections::{HashMap, HashSet};

use super::index::{Index, ROOT};
use super::removed::Removed;
use super::{Privilege, PrivilegeSet};

/// What is left when edges are removed, by principal role: worked out once for all who hold it, and
/// only as far as it makes up for anything that ends.
pub(super) struct Staying<'s> {
    index: &'s Index,
    removed: &'s Removed<'s>,
    /// By object and principal role.
    held: HashMap<(usize, usize), PrivilegeSet>,
    /// By principal role: what stands below anything on which something ends.
    below: HashMap<usize, Vec<Link>>,
    /// By catalog role: whether it holds anything that makes up for what ends.
    helps: HashMap<usize, bool>,
    /// Where something ends, and these with all that holds them.
    ends: HashSet<usize>,
    reached: HashSet<usize>,
    /// What ends, wherever.
    ended: PrivilegeSet,
    /// How much was looked at.
    pub steps: usize,
}

/// What a principal role holds by one catalog role on one object.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub object: usize,
    pub catalog_role: usize,
    pub role: usize,
    pub granted: PrivilegeSet,
}

impl<'s> Staying<'s> {
    pub fn new(index: &'s Index, removed: &'s Removed<'s>) -> Self {
        let mut staying = Self {
            index,
            removed,
            held: HashMap::new(),
            below: HashMap::new(),
            helps: HashMap::new(),
            ends: HashSet::new(),
            reached: HashSet::new(),
            ended: PrivilegeSet::default(),
            steps: 0,
        };
        for (object, privileges) in removed.ends(index) {
            staying.ended = staying.ended.union(privileges.implied());
            staying.ends.insert(object);
            let reached = &mut staying.reached;
            let _known = index.levels(object).find(|level| !reached.insert(*level));
        }
        staying
    }

    /// Whether the principal role goes on holding anything that makes up for what ends.
    pub fn helps(&mut self, role: usize) -> bool {
        let index = self.index;
        let held = &index.roles[role].catalog_roles;
        role == index.service_admin()
            || held
                .iter()
                .any(|id| !self.removed.unassigns(role, *id) && self.catalog_role_helps(*id))
    }

    fn catalog_role_helps(&mut self, id: usize) -> bool {
        if let Some(known) = self.helps.get(&id) {
            return *known;
        }
        let grants = &self.index.catalog_roles[id].grants;
        self.steps += grants.len();
        let helps = grants.iter().any(|(object, granted)| {
            let stands = self.reached.contains(object) || self.is_below(*object);
            stands && self.left_of(id, *object, *granted).is_some()
        });
        self.helps.insert(id, helps);
        helps
    }

    /// What the principal role goes on holding on the object, implied privileges included.
    pub fn held_on(&mut self, object: usize, role: usize) -> PrivilegeSet {
        if let Some(known) = self.held.get(&(object, role)) {
            return *known;
        }
        let held = match (object, role == self.index.service_admin()) {
            (ROOT, true) => Privilege::SERVICE_MANAGE_ACCESS.implies(),
            (ROOT, false) => PrivilegeSet::default(),
            _ => {
                let links = self.on(object, role).into_iter();
                let held = links.map(|link| link.granted.implied());
                held.fold(PrivilegeSet::default(), PrivilegeSet::union)
            }
        };
        self.held.insert((object, role), held);
        held
    }

    /// The same, catalog role by catalog role.
    pub fn on(&mut self, object: usize, role: usize) -> Vec<Link> {
        let entries = &self.index.objects[object].entries;
        let held = &self.index.roles[role].catalog_roles;
        self.steps += 1 + entries.len().min(held.len());
        let link = |catalog_role: usize, granted: PrivilegeSet| {
            let granted = match self.removed.unassigns(role, catalog_role) {
                true => None,
                false => self.left_of(catalog_role, object, granted),
            };
            Some(Link {
                object,
                catalog_role,
                role,
                granted: granted?,
            })
        };
        // From the shorter side.
        if held.len() < entries.len() {
            let entry = |id: &usize| Index::entry_of(entries, *id);
            let held = held.iter().filter_map(entry);
            let links = held.filter_map(|entry| link(entry.catalog_role, entry.granted));
            return links.collect();
        }
        let assigned = entries
            .iter()
            .filter(|entry| self.index.is_assigned(role, entry.catalog_role));
        let links = assigned.filter_map(|entry| link(entry.catalog_role, entry.granted));
        links.collect()
    }

    /// What the principal role goes on holding below objects on which something ends.
    pub fn below(&mut self, role: usize) -> &[Link] {
        if !self.below.contains_key(&role) {
            let links = self.links_below(role);
            self.below.insert(role, links);
        }
        &self.below[&role]
    }

    fn links_below(&mut self, role: usize) -> Vec<Link> {
        let mut links = Vec::new();
        for catalog_role in &self.index.roles[role].catalog_roles {
            if self.removed.unassigns(role, *catalog_role) {
                continue;
            }
            let grants = &self.index.catalog_roles[*catalog_role].grants;
            self.steps += grants.len();
            for (object, granted) in grants {
                if self.is_below(*object)
                    && let Some(granted) = self.left_of(*catalog_role, *object, *granted)
                {
                    links.push(Link {
                        object: *object,
                        catalog_role: *catalog_role,
                        role,
                        granted,
                    });
                }
            }
        }
        links
    }

    fn is_below(&self, object: usize) -> bool {
        let mut above = self.index.levels(object).skip(1);
        above.any(|level| self.ends.contains(&level))
    }

    /// What the catalog role goes on holding on the object; `None` when that is nothing that ends
    /// elsewhere.
    fn left_of(
        &self,
        catalog_role: usize,
        object: usize,
        granted: PrivilegeSet,
    ) -> Option<PrivilegeSet> {
        let granted = granted.difference(self.removed.revoked_on(catalog_role, object));
        let helps = !granted.implied().intersection(self.ended).is_empty();
        (helps && object != ROOT).then_some(granted)
    }
}
