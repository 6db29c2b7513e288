//! Effective access under Polaris' role-based rules: pure reasoning over collected grants, no I/O.
//!
//! A principal holds principal roles, a principal role holds catalog roles of one catalog each, a
//! catalog role holds grants on objects of its catalog. A grant reaches everything below its object;
//! nothing denies, nothing nests, nobody owns (`PolarisAuthorizerImpl` of Apache Polaris 1.7.0).
//! An operation is allowed when each privilege it needs is held, by whichever path.
//!
//! What could not be collected is [`Part::Unknown`], and an answer that depends on it is unknown.
//! Servers that authorise by OPA or Ranger do not follow these grants and do not say so: label
//! every answer "according to Polaris RBAC grants".

mod ability;
mod answer;
mod change;
mod doubt;
mod gap;
mod index;
mod leaving;
mod loss;
mod object;
mod operation;
mod path;
mod privilege;
mod refusal;
mod removed;
mod staying;
mod steps;
mod tables;
mod views;
mod weight;
mod world;

use std::collections::BTreeSet;

use index::Index;

pub use ability::Ability;
pub use answer::{Answer, Verdict};
pub use gap::{Gap, Missing};
pub use leaving::{Leaving, LeftCatalogRole, LeftRole};
pub use loss::{Kept, Loss, Losses};
pub use object::{Kind, Object};
pub use operation::{Mismatch, Operation, Question, Requirement};
pub use path::{Met, Path};
pub use privilege::{Privilege, PrivilegeSet};
pub use refusal::{Barrier, Lacking, Refusal};
pub use views::{Holder, Holding, Reach};
pub use world::{
    Catalog, CatalogRole, Change, Grant, Part, PrincipalRole, World, grant_bytes, name_bytes, weigh,
};

/// The principal role of service admins. It holds `SERVICE_MANAGE_ACCESS` on the root container,
/// which no REST call can grant or revoke.
pub const SERVICE_ADMIN: &str = "service_admin";

/// The role that manages a catalog's access; each catalog is made with it.
pub const CATALOG_ADMIN: &str = "catalog_admin";

/// The only principal that may reset credentials: the name counts, not a privilege.
pub const ROOT_PRINCIPAL: &str = "root";

/// Who a question is about: a principal with all its roles, or one principal role by itself, which
/// is also what a token with the scope `PRINCIPAL_ROLE:<name>` may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A principal, by name, with every role it holds.
    Principal(&'a str),
    /// A principal role by itself, by name.
    PrincipalRole(&'a str),
    /// A principal with a token that activates these of its roles and no others.
    Activated {
        /// Its name.
        principal: &'a str,
        /// The principal roles that the server said are active.
        roles: &'a [&'a str],
    },
}

impl<'a> Subject<'a> {
    /// Whether it has every role that its principal holds, also those that nobody knows of.
    fn is_principal(self) -> bool {
        matches!(self, Subject::Principal(_))
    }

    /// The principal that it is; none for a role by itself.
    fn principal(self) -> Option<&'a str> {
        match self {
            Subject::Principal(name)
            | Subject::Activated {
                principal: name, ..
            } => Some(name),
            Subject::PrincipalRole(_) => None,
        }
    }
}

/// A world, indexed once, that answers questions.
pub struct Access {
    world: World,
    index: Index,
}

impl Access {
    /// Indexes the world, in time linear in its grants.
    pub fn new(world: World) -> Self {
        Access {
            index: Index::new(&world),
            world,
        }
    }

    /// What was indexed.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Every principal that was listed or holds a role, in order of name.
    pub fn principals(&self) -> impl Iterator<Item = &str> {
        let listed = self.world.principals.items().iter();
        let all: BTreeSet<&str> = listed
            .chain(self.index.roles_of.keys())
            .map(String::as_str)
            .collect();
        all.into_iter()
    }

    /// The principal roles that the principal is known to hold, in order of name, and whether it holds no
    /// others.
    pub fn roles_held(&self, principal: &str) -> (Vec<&str>, bool) {
        let held = self.index.held_by(principal).iter();
        let names: BTreeSet<&str> = held
            .map(|role| self.index.roles[*role].name.as_str())
            .collect();
        let all = !self.may_hold_more(Subject::Principal(principal));
        (names.into_iter().collect(), all)
    }

    /// The catalog roles that hold a privilege that Polaris 1.7.0 does not have: catalog, and role.
    pub fn unfamiliar(&self) -> impl Iterator<Item = (&str, &str)> {
        let roles = self.index.catalog_roles.iter();
        roles
            .filter(|node| node.has_unfamiliar)
            .map(|node| (node.catalog.as_str(), node.name.as_str()))
    }

    /// Every principal role that was listed or is named by a catalog role, in order of name.
    pub fn principal_roles(&self) -> impl Iterator<Item = &str> {
        let all: BTreeSet<&str> = self
            .index
            .roles
            .iter()
            .map(|role| role.name.as_str())
            .collect();
        all.into_iter()
    }
}
