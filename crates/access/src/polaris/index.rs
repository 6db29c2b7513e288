use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::steps::step;
use super::weight::Weight;
use super::{
    Catalog, CatalogRole, Object, Part, Privilege, PrivilegeSet, SERVICE_ADMIN, Subject, World,
};

/// The root's position among the objects.
pub(super) const ROOT: usize = 0;

/// A world by position and by name, so that a question touches only what it needs.
pub(super) struct Index {
    pub roles: Vec<RoleNode>,
    /// Of some of them it is not known who holds them.
    pub members_unknown: bool,
    role_ids: HashMap<String, usize>,
    /// By principal: positions in `roles`, in order.
    pub roles_of: HashMap<String, Vec<usize>>,
    pub catalog_roles: Vec<CatalogRoleNode>,
    /// Only those whose catalog roles are known.
    pub catalogs: HashMap<String, CatalogNode>,
    /// Where grants stand, and whatever holds that.
    pub objects: Vec<ObjectNode>,
    object_ids: HashMap<Object, usize>,
}

/// An object under access control.
pub(super) struct ObjectNode {
    pub object: Object,
    /// What directly holds it: its position in `Index::objects`. `None` for the root.
    parent: Option<usize>,
    /// What stands on it, in the order of the catalog roles.
    pub entries: Vec<Entry>,
}

/// A principal role.
pub(super) struct RoleNode {
    pub name: String,
    /// How many principals are known to hold it.
    pub members: u64,
    pub members_unknown: Option<String>,
    /// What all its catalog roles weigh.
    pub weight: Weight,
    /// Positions in `Index::catalog_roles`, in order.
    pub catalog_roles: Vec<usize>,
}

/// A catalog role.
pub(super) struct CatalogRoleNode {
    pub catalog: String,
    pub name: String,
    /// Positions in `Index::roles`.
    pub assignees: Vec<usize>,
    pub assignees_unknown: Option<String>,
    /// By position in `Index::objects`.
    pub grants: Vec<(usize, PrivilegeSet)>,
    pub grants_unknown: Option<String>,
    /// Some of them are of privileges that are not in our table.
    pub has_unfamiliar: bool,
    /// How many principals are known to hold it, those with several roles counted for each.
    pub holders: u64,
    /// What all its grants weigh.
    pub weight: Weight,
}

/// Positions in `Index::catalog_roles`.
#[derive(Default)]
pub(super) struct CatalogNode {
    pub roles: Vec<usize>,
    /// Those of them of which something is unknown.
    pub doubtful: Vec<usize>,
}

/// What one catalog role holds on one object.
pub(super) struct Entry {
    pub catalog_role: usize,
    pub granted: PrivilegeSet,
    /// Privileges that are not in our table: they may mean anything.
    pub unfamiliar: Vec<String>,
}

impl Index {
    pub fn new(world: &World) -> Self {
        let mut index = Index {
            roles: Vec::new(),
            members_unknown: false,
            role_ids: HashMap::new(),
            roles_of: HashMap::new(),
            catalog_roles: Vec::new(),
            catalogs: HashMap::new(),
            objects: Vec::new(),
            object_ids: HashMap::new(),
        };
        index.object_id(&Object::Root);
        for role in world.principal_roles.items() {
            let id = index.role_id(&role.name, None);
            index.roles[id].members_unknown = role.members.why().map(str::to_owned);
            index.roles[id].members = role.members.items().len() as u64;
            for principal in role.members.items() {
                let roles = index.roles_of.entry(principal.clone()).or_default();
                roles.push(id);
            }
        }
        for roles in index.roles_of.values_mut() {
            roles.sort_unstable();
            roles.dedup();
        }
        let unlisted = world
            .principal_roles
            .why()
            .unwrap_or("it is not in the list of principal roles");
        index.role_id(SERVICE_ADMIN, Some(unlisted));
        for catalog in &world.catalogs {
            index.add_catalog(catalog, unlisted);
        }
        index.members_unknown = index
            .roles
            .iter()
            .any(|role| role.members_unknown.is_some());
        index
    }

    /// Positions of the principal roles that the subject may use, as far as is known.
    pub fn roles_of(&self, subject: Subject) -> Cow<'_, [usize]> {
        Cow::Borrowed(match subject {
            Subject::Principal(name) => self.held_by(name),
            Subject::PrincipalRole(name) => {
                self.role_ids.get(name).map_or(&[], std::slice::from_ref)
            }
            Subject::Activated { roles, .. } => {
                let known = roles.iter().filter_map(|role| self.role(role));
                let known: BTreeSet<usize> = known.collect();
                return Cow::Owned(known.into_iter().collect());
            }
        })
    }

    /// Positions of the principal roles that the principal is known to hold.
    pub fn held_by(&self, principal: &str) -> &[usize] {
        self.roles_of.get(principal).map_or(&[], Vec::as_slice)
    }

    /// [`Index::roles_of`], as a flag for each principal role.
    pub fn held(&self, subject: Subject) -> Vec<bool> {
        let mut held = vec![false; self.roles.len()];
        self.roles_of(subject)
            .iter()
            .for_each(|role| held[*role] = true);
        held
    }

    /// Position of the object, if grants stand on it or on something in it.
    pub fn object(&self, object: &Object) -> Option<usize> {
        self.object_ids.get(object).copied()
    }

    /// Positions of the object and of what holds it, up to the root.
    pub fn levels(&self, object: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(object), |id| {
            step();
            self.objects[*id].parent
        })
    }

    /// What stands on each of the levels that has any grants.
    pub fn entries(&self, levels: impl Iterator<Item = Object>) -> Vec<&[Entry]> {
        levels
            .filter_map(|level| Some(self.objects[self.object(&level)?].entries.as_slice()))
            .collect()
    }

    /// What the catalog role holds, among what stands on one object.
    pub fn entry_of(entries: &[Entry], catalog_role: usize) -> Option<&Entry> {
        // Roles are indexed one after the other, so entries stand in their order.
        let at = entries
            .binary_search_by_key(&catalog_role, |entry| entry.catalog_role)
            .ok()?;
        entries.get(at)
    }

    /// Whether the principal role holds the catalog role.
    pub fn is_assigned(&self, role: usize, catalog_role: usize) -> bool {
        let held = &self.roles[role].catalog_roles;
        held.binary_search(&catalog_role).is_ok()
    }

    /// Position of the principal role, if anything names it.
    pub fn role(&self, name: &str) -> Option<usize> {
        self.role_ids.get(name).copied()
    }

    pub fn service_admin(&self) -> usize {
        self.role_ids[SERVICE_ADMIN]
    }

    fn role_id(&mut self, name: &str, members_unknown: Option<&str>) -> usize {
        if let Some(id) = self.role_ids.get(name) {
            return *id;
        }
        let id = self.roles.len();
        self.role_ids.insert(name.to_owned(), id);
        self.roles.push(RoleNode {
            name: name.to_owned(),
            members: 0,
            members_unknown: members_unknown.map(str::to_owned),
            weight: match name {
                SERVICE_ADMIN => Weight::SERVICE,
                _ => Weight::default(),
            },
            catalog_roles: Vec::new(),
        });
        id
    }

    fn object_id(&mut self, object: &Object) -> usize {
        if let Some(id) = self.object_ids.get(object) {
            return *id;
        }
        let parent = object.parent().map(|parent| self.object_id(&parent));
        let id = self.objects.len();
        self.object_ids.insert(object.clone(), id);
        self.objects.push(ObjectNode {
            object: object.clone(),
            parent,
            entries: Vec::new(),
        });
        id
    }

    fn add_catalog(&mut self, catalog: &Catalog, unlisted: &str) {
        let Part::Known(roles) = &catalog.roles else {
            return;
        };
        self.catalogs.entry(catalog.name.clone()).or_default();
        for role in roles {
            let id = self.add_catalog_role(&catalog.name, role, unlisted);
            let node = &self.catalog_roles[id];
            let doubtful = node.assignees_unknown.is_some()
                || node.grants_unknown.is_some()
                || node.has_unfamiliar
                || node
                    .assignees
                    .iter()
                    .any(|role| self.roles[*role].members_unknown.is_some());
            let catalog = self.catalogs.entry(catalog.name.clone()).or_default();
            catalog.roles.push(id);
            if doubtful {
                catalog.doubtful.push(id);
            }
        }
    }

    fn add_catalog_role(&mut self, catalog: &str, role: &CatalogRole, unlisted: &str) -> usize {
        let id = self.catalog_roles.len();
        let weight = Weight::of_all(&role.grants);
        let mut holders = 0;
        let mut assignees = Vec::new();
        let mut seen = HashSet::new();
        for name in role.assignees.items() {
            let assignee = self.role_id(name, Some(unlisted));
            if seen.insert(assignee) {
                assignees.push(assignee);
                self.roles[assignee].catalog_roles.push(id);
                self.roles[assignee].weight += weight;
                holders += self.roles[assignee].members;
            }
        }
        let mut grants: HashMap<usize, PrivilegeSet> = HashMap::new();
        let mut has_unfamiliar = false;
        for grant in role.grants.items() {
            let object = self.object_id(&grant.object);
            let entries = &mut self.objects[object].entries;
            // One role after the other: an entry of this role can only be the last.
            if entries.last().is_none_or(|last| last.catalog_role != id) {
                entries.push(Entry {
                    catalog_role: id,
                    granted: PrivilegeSet::default(),
                    unfamiliar: Vec::new(),
                });
            }
            let Some(entry) = entries.last_mut() else {
                continue;
            };
            match Privilege::named(&grant.privilege) {
                Some(privilege) => entry.granted.insert(privilege),
                None => {
                    has_unfamiliar = true;
                    entry.unfamiliar.push(grant.privilege.clone());
                }
            }
            grants.insert(object, entry.granted);
        }
        self.catalog_roles.push(CatalogRoleNode {
            catalog: catalog.to_owned(),
            name: role.name.clone(),
            assignees,
            assignees_unknown: role.assignees.why().map(str::to_owned),
            grants: grants.into_iter().collect(),
            grants_unknown: role.grants.why().map(str::to_owned),
            has_unfamiliar,
            weight,
            holders,
        });
        id
    }
}
