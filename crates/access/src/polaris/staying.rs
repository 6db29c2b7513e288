use std::collections::{HashMap, HashSet};

use super::PrivilegeSet;
use super::index::{Index, ROOT};
use super::removed::Removed;

/// What is left when edges are removed, by principal role: worked out once for all who hold it, and
/// only as far as it makes up for anything that ends.
pub(super) struct Staying<'s> {
    index: &'s Index,
    removed: &'s Removed<'s>,
    /// By object, then by principal role.
    on: HashMap<usize, HashMap<usize, Vec<Link>>>,
    /// By principal role: what stands below anything on which something ends.
    below: HashMap<usize, Vec<Link>>,
    /// Where something ends.
    ends: HashSet<usize>,
    /// What ends, wherever.
    ended: PrivilegeSet,
}

/// What a principal role holds by one catalog role on one object.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub object: usize,
    pub catalog_role: usize,
    /// Position of the principal role among those that hold the catalog role.
    pub assignee: usize,
    pub granted: PrivilegeSet,
}

impl Link {
    /// As paths are told: by catalog role, then by principal role.
    pub fn order(&self) -> (usize, usize) {
        (self.catalog_role, self.assignee)
    }
}

impl<'s> Staying<'s> {
    pub fn new(index: &'s Index, removed: &'s Removed<'s>) -> Self {
        let (mut ends, mut ended) = (HashSet::new(), PrivilegeSet::default());
        for (object, privileges) in removed.ends(index) {
            ends.insert(object);
            ended = ended.union(privileges.implied());
        }
        Self {
            index,
            removed,
            on: HashMap::new(),
            below: HashMap::new(),
            ends,
            ended,
        }
    }

    /// What the principal role goes on holding on the object.
    pub fn on(&mut self, object: usize, role: usize) -> &[Link] {
        if !self.on.contains_key(&object) {
            let mut by_role: HashMap<usize, Vec<Link>> = HashMap::new();
            for entry in &self.index.objects[object].entries {
                let node = &self.index.catalog_roles[entry.catalog_role];
                for (assignee, role) in node.assignees.iter().enumerate() {
                    let link = Link {
                        object,
                        catalog_role: entry.catalog_role,
                        assignee,
                        granted: entry.granted,
                    };
                    if let Some(link) = self.left_of(*role, link) {
                        by_role.entry(*role).or_default().push(link);
                    }
                }
            }
            self.on.insert(object, by_role);
        }
        self.on[&object].get(&role).map_or(&[], Vec::as_slice)
    }

    /// What the principal role goes on holding below objects on which something ends.
    pub fn below(&mut self, role: usize) -> &[Link] {
        if !self.below.contains_key(&role) {
            let links = self.links_below(role);
            self.below.insert(role, links);
        }
        &self.below[&role]
    }

    fn links_below(&self, role: usize) -> Vec<Link> {
        let mut links = Vec::new();
        for catalog_role in &self.index.roles[role].catalog_roles {
            let node = &self.index.catalog_roles[*catalog_role];
            let Some(assignee) = node.assignees.iter().position(|each| *each == role) else {
                continue;
            };
            for (object, granted) in &node.grants {
                let link = Link {
                    object: *object,
                    catalog_role: *catalog_role,
                    assignee,
                    granted: *granted,
                };
                let mut above = self.index.levels(*object).skip(1);
                if above.any(|level| self.ends.contains(&level)) {
                    links.extend(self.left_of(role, link));
                }
            }
        }
        links
    }

    /// The link without what is removed; `None` when nothing is left that ends elsewhere.
    fn left_of(&self, role: usize, link: Link) -> Option<Link> {
        if self.removed.unassigns(role, link.catalog_role) {
            return None;
        }
        let revoked = self.removed.revoked_on(link.catalog_role, link.object);
        let granted = link.granted.difference(revoked);
        let helps = !granted.implied().intersection(self.ended).is_empty();
        (helps && link.object != ROOT).then_some(Link { granted, ..link })
    }
}
