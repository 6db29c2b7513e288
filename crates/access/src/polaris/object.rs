use std::fmt;

use serde::{Deserialize, Serialize};

/// What a privilege can be held on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The container of everything in a realm.
    Root,
    /// A catalog, which the Iceberg API calls a warehouse.
    Catalog,
    /// A namespace, on any level.
    Namespace,
    /// Generic tables too: Polaris grants on them as on tables.
    Table,
    /// A view.
    View,
    /// A policy, of any type.
    Policy,
    /// A principal: somebody who can sign in.
    Principal,
    /// A principal role, which principals hold.
    PrincipalRole,
    /// A catalog role, which principal roles hold.
    CatalogRole,
}

impl Kind {
    /// Whether nothing under access control lies below it.
    pub(super) fn is_leaf(self) -> bool {
        !matches!(self, Kind::Root | Kind::Catalog | Kind::Namespace)
    }
}

/// One thing under access control, by its full name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// The container of all catalogs, principals and principal roles of the realm.
    Root,
    /// A catalog.
    Catalog {
        /// Name of the catalog.
        catalog: String,
    },
    /// A namespace.
    Namespace {
        /// Name of the catalog.
        catalog: String,
        /// Levels of the namespace, outermost first.
        namespace: Vec<String>,
    },
    /// A table of any format.
    Table {
        /// Name of the catalog.
        catalog: String,
        /// Levels of the namespace, outermost first.
        namespace: Vec<String>,
        /// Its name.
        name: String,
    },
    /// A view.
    View {
        /// Name of the catalog.
        catalog: String,
        /// Levels of the namespace, outermost first.
        namespace: Vec<String>,
        /// Its name.
        name: String,
    },
    /// A policy.
    Policy {
        /// Name of the catalog.
        catalog: String,
        /// Levels of the namespace, outermost first.
        namespace: Vec<String>,
        /// Its name.
        name: String,
    },
    /// A principal.
    Principal {
        /// Its name.
        name: String,
    },
    /// A principal role.
    PrincipalRole {
        /// Its name.
        name: String,
    },
    /// A catalog role.
    CatalogRole {
        /// Name of the catalog.
        catalog: String,
        /// Its name.
        name: String,
    },
}

impl Object {
    /// What kind of object it is.
    pub fn kind(&self) -> Kind {
        match self {
            Object::Root => Kind::Root,
            Object::Catalog { .. } => Kind::Catalog,
            Object::Namespace { .. } => Kind::Namespace,
            Object::Table { .. } => Kind::Table,
            Object::View { .. } => Kind::View,
            Object::Policy { .. } => Kind::Policy,
            Object::Principal { .. } => Kind::Principal,
            Object::PrincipalRole { .. } => Kind::PrincipalRole,
            Object::CatalogRole { .. } => Kind::CatalogRole,
        }
    }

    /// The catalog that it is or lies in.
    pub fn catalog(&self) -> Option<&str> {
        match self {
            Object::Catalog { catalog }
            | Object::Namespace { catalog, .. }
            | Object::Table { catalog, .. }
            | Object::View { catalog, .. }
            | Object::Policy { catalog, .. }
            | Object::CatalogRole { catalog, .. } => Some(catalog),
            Object::Root | Object::Principal { .. } | Object::PrincipalRole { .. } => None,
        }
    }

    /// The levels of the namespace that it is or lies in; none outside of namespaces.
    pub fn namespace(&self) -> &[String] {
        match self {
            Object::Namespace { namespace, .. }
            | Object::Table { namespace, .. }
            | Object::View { namespace, .. }
            | Object::Policy { namespace, .. } => namespace,
            Object::Root
            | Object::Catalog { .. }
            | Object::Principal { .. }
            | Object::PrincipalRole { .. }
            | Object::CatalogRole { .. } => &[],
        }
    }

    /// What its names take, in bytes.
    pub(super) fn text_len(&self) -> usize {
        let name = match self {
            Object::Root | Object::Catalog { .. } | Object::Namespace { .. } => 0,
            Object::Table { name, .. }
            | Object::View { name, .. }
            | Object::Policy { name, .. }
            | Object::Principal { name }
            | Object::PrincipalRole { name }
            | Object::CatalogRole { name, .. } => name.len(),
        };
        let levels = self.namespace().iter().map(String::len).sum::<usize>();
        self.catalog().map_or(0, str::len) + levels + name
    }

    /// What directly holds it; `None` for the root.
    pub fn parent(&self) -> Option<Object> {
        let within = |catalog: &String, namespace: &[String]| {
            let catalog = catalog.clone();
            match namespace {
                [] => Object::Catalog { catalog },
                levels => Object::Namespace {
                    catalog,
                    namespace: levels.to_vec(),
                },
            }
        };
        match self {
            Object::Root => None,
            Object::Catalog { .. } | Object::Principal { .. } | Object::PrincipalRole { .. } => {
                Some(Object::Root)
            }
            Object::CatalogRole { catalog, .. } => Some(within(catalog, &[])),
            Object::Namespace { catalog, namespace } => Some(within(
                catalog,
                namespace.split_last().map_or(&[], |(_, above)| above),
            )),
            Object::Table {
                catalog, namespace, ..
            }
            | Object::View {
                catalog, namespace, ..
            }
            | Object::Policy {
                catalog, namespace, ..
            } => Some(within(catalog, namespace)),
        }
    }

    /// Itself, then what holds it, up to the root: where a grant that reaches it can stand.
    pub fn levels(&self) -> impl Iterator<Item = Object> + use<> {
        std::iter::successors(Some(self.clone()), Object::parent)
    }
}

/// For people and logs: not an address, since names may hold dots.
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Object::Root => f.write_str("the service"),
            Object::Catalog { catalog } => write!(f, "catalog {catalog}"),
            Object::Namespace { catalog, namespace } => {
                write!(f, "namespace {catalog}.{}", namespace.join("."))
            }
            Object::Table {
                catalog,
                namespace,
                name,
            } => {
                write!(f, "table {catalog}.{}.{name}", namespace.join("."))
            }
            Object::View {
                catalog,
                namespace,
                name,
            } => {
                write!(f, "view {catalog}.{}.{name}", namespace.join("."))
            }
            Object::Policy {
                catalog,
                namespace,
                name,
            } => {
                write!(f, "policy {catalog}.{}.{name}", namespace.join("."))
            }
            Object::Principal { name } => write!(f, "principal {name}"),
            Object::PrincipalRole { name } => write!(f, "principal role {name}"),
            Object::CatalogRole { catalog, name } => write!(f, "catalog role {catalog}.{name}"),
        }
    }
}
