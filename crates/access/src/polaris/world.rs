use serde::{Deserialize, Serialize};

use super::Object;

/// Something that was read, or the reason why it could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part<T> {
    /// It was read, whole.
    Known(T),
    /// Why, for people: "403: not authorized for op LIST_PRINCIPALS".
    Unknown(String),
}

impl<T> Part<Vec<T>> {
    /// What is known: nothing, when it is unknown.
    pub fn items(&self) -> &[T] {
        match self {
            Part::Known(items) => items,
            Part::Unknown(_) => &[],
        }
    }

    /// Why it is unknown.
    pub fn why(&self) -> Option<&str> {
        match self {
            Part::Known(_) => None,
            Part::Unknown(why) => Some(why),
        }
    }
}

/// What was collected of a realm, catalog by catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// Without it, principals that hold no role are missing.
    pub principals: Part<Vec<String>>,
    /// The principal roles of the realm.
    pub principal_roles: Part<Vec<PrincipalRole>>,
    /// Those that were listed, or named by hand.
    pub catalogs: Vec<Catalog>,
    /// Why there may be more catalogs than these; `None` when the server listed them all.
    pub more_catalogs: Option<String>,
}

/// A principal role, and who holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrincipalRole {
    /// Its name.
    pub name: String,
    /// The principals that hold it.
    pub members: Part<Vec<String>>,
}

/// A catalog, and its roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// Its name.
    pub name: String,
    /// Its catalog roles.
    pub roles: Part<Vec<CatalogRole>>,
}

/// A catalog role: who holds it, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogRole {
    /// Its name.
    pub name: String,
    /// The principal roles that hold it.
    pub assignees: Part<Vec<String>>,
    /// What it holds, in the catalog.
    pub grants: Part<Vec<Grant>>,
}

/// A privilege on an object. The name is the server's own: it may be one that we do not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// What it is held on.
    pub object: Object,
    /// As the server spells it.
    pub privilege: String,
}

impl Part<Vec<String>> {
    fn bytes(&self) -> usize {
        weigh(self, |name| name_bytes(name))
    }
}

/// What a list takes in memory once it is indexed, in bytes, about; or the reason why there is none.
pub fn weigh<T>(part: &Part<Vec<T>>, bytes: impl Fn(&T) -> usize) -> usize {
    match part {
        Part::Known(items) => items.iter().map(bytes).sum(),
        Part::Unknown(why) => 2 * (why.len() + 32),
    }
}

/// What a name takes, in bytes: by itself, and twice in an index.
pub fn name_bytes(name: &str) -> usize {
    3 * (name.len() + 64)
}

/// What a grant takes, in bytes: by itself, as an object of the index and its key, and with the namespaces above, each of
/// which is spelled out in full.
pub fn grant_bytes(grant: &Grant) -> usize {
    let levels = grant.object.namespace().len();
    let one = 128 + grant.object.text_len() + 32 * levels;
    (3 + levels.saturating_sub(1)) * one + 64 + grant.privilege.len()
}

/// One edge of the graph, to be added or removed: each is one call of the management API.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A catalog role holds a grant.
    Grant {
        /// Name of the catalog.
        catalog: String,
        /// Name of the catalog role.
        catalog_role: String,
        /// What it holds.
        grant: Grant,
    },
    /// A principal role holds a catalog role.
    AssignCatalogRole {
        /// Name of the catalog.
        catalog: String,
        /// Name of the catalog role.
        catalog_role: String,
        /// Name of the principal role.
        principal_role: String,
    },
    /// A principal holds a principal role.
    AssignPrincipalRole {
        /// Name of the principal.
        principal: String,
        /// Name of the principal role.
        principal_role: String,
    },
}

impl World {
    /// What it takes in memory once it is indexed, in bytes, about.
    pub fn bytes(&self) -> usize {
        let mut all = self.principals.bytes();
        all += weigh(&self.principal_roles, |role| {
            name_bytes(&role.name) + role.members.bytes()
        });
        for catalog in &self.catalogs {
            all += name_bytes(&catalog.name);
            all += weigh(&catalog.roles, |role| {
                let grants = weigh(&role.grants, grant_bytes);
                name_bytes(&role.name) + role.assignees.bytes() + grants
            });
        }
        all
    }

    /// Adds the edge. Without effect where its role is not known, or its list is unknown.
    pub fn add(&mut self, change: &Change) {
        self.edit(change, true);
    }

    /// Removes the edge, if it is there.
    pub fn remove(&mut self, change: &Change) {
        self.edit(change, false);
    }

    fn edit(&mut self, change: &Change, present: bool) {
        match change {
            Change::Grant {
                catalog,
                catalog_role,
                grant,
            } => {
                if let Some(role) = self.catalog_role_mut(catalog, catalog_role) {
                    set(&mut role.grants, grant, present);
                }
            }
            Change::AssignCatalogRole {
                catalog,
                catalog_role,
                principal_role,
            } => {
                if let Some(role) = self.catalog_role_mut(catalog, catalog_role) {
                    set(&mut role.assignees, principal_role, present);
                }
            }
            Change::AssignPrincipalRole {
                principal,
                principal_role,
            } => {
                if let Part::Known(roles) = &mut self.principal_roles
                    && let Some(role) = roles.iter_mut().find(|role| role.name == *principal_role)
                {
                    set(&mut role.members, principal, present);
                }
            }
        }
    }

    fn catalog_role_mut(&mut self, catalog: &str, name: &str) -> Option<&mut CatalogRole> {
        let catalog = self
            .catalogs
            .iter_mut()
            .find(|known| known.name == catalog)?;
        match &mut catalog.roles {
            Part::Known(roles) => roles.iter_mut().find(|role| role.name == name),
            Part::Unknown(_) => None,
        }
    }
}

fn set<T: Clone + PartialEq>(part: &mut Part<Vec<T>>, item: &T, present: bool) {
    if let Part::Known(items) = part {
        items.retain(|known| known != item);
        if present {
            items.push(item.clone());
        }
    }
}
