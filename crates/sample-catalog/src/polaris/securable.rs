//! What grants are made on.

use serde::{Deserialize, Serialize};

use crate::ident::{Ident, Namespace};

/// An object of a catalog. Generic tables count as tables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Securable {
    Catalog,
    Namespace(Namespace),
    Table(Ident),
    View(Ident),
    Policy(Ident),
}

impl Securable {
    /// The namespace, or the catalog when it has no levels.
    pub fn within(levels: &[String]) -> Self {
        match levels {
            [] => Self::Catalog,
            levels => Self::Namespace(levels.to_vec()),
        }
    }

    fn namespace(&self) -> &[String] {
        match self {
            Self::Catalog => &[],
            Self::Namespace(levels) => levels,
            Self::Table(ident) | Self::View(ident) | Self::Policy(ident) => &ident.namespace,
        }
    }

    /// Whether a grant on this reaches `target`: on the object itself, and on all below.
    pub fn covers(&self, target: &Self) -> bool {
        match self {
            Self::Catalog => true,
            Self::Namespace(levels) => target.namespace().starts_with(levels),
            leaf => leaf == target,
        }
    }
}

/// A privilege on an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Grant {
    pub on: Securable,
    pub privilege: String,
}

/// A grant as the API writes it (`GrantResource`).
#[derive(Deserialize, Serialize)]
#[serde(
    tag = "type",
    rename_all = "lowercase",
    rename_all_fields = "camelCase"
)]
pub(crate) enum GrantResource {
    Catalog {
        privilege: String,
    },
    Namespace {
        namespace: Namespace,
        privilege: String,
    },
    Table {
        namespace: Namespace,
        table_name: String,
        privilege: String,
    },
    View {
        namespace: Namespace,
        view_name: String,
        privilege: String,
    },
    Policy {
        namespace: Namespace,
        policy_name: String,
        privilege: String,
    },
}

impl GrantResource {
    /// `catalog`, `namespace`, …
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Catalog { .. } => "catalog",
            Self::Namespace { .. } => "namespace",
            Self::Table { .. } => "table",
            Self::View { .. } => "view",
            Self::Policy { .. } => "policy",
        }
    }

    pub fn grant(self) -> Grant {
        let ident = |namespace, name| Ident { namespace, name };
        let (on, privilege) = match self {
            Self::Catalog { privilege } => (Securable::Catalog, privilege),
            Self::Namespace {
                namespace,
                privilege,
            } => (Securable::Namespace(namespace), privilege),
            Self::Table {
                namespace,
                table_name,
                privilege,
            } => (Securable::Table(ident(namespace, table_name)), privilege),
            Self::View {
                namespace,
                view_name,
                privilege,
            } => (Securable::View(ident(namespace, view_name)), privilege),
            Self::Policy {
                namespace,
                policy_name,
                privilege,
            } => (Securable::Policy(ident(namespace, policy_name)), privilege),
        };
        Grant { on, privilege }
    }

    pub fn of(grant: &Grant) -> Self {
        let privilege = grant.privilege.clone();
        match grant.on.clone() {
            Securable::Catalog => Self::Catalog { privilege },
            Securable::Namespace(namespace) => Self::Namespace {
                namespace,
                privilege,
            },
            Securable::Table(Ident { namespace, name }) => Self::Table {
                namespace,
                table_name: name,
                privilege,
            },
            Securable::View(Ident { namespace, name }) => Self::View {
                namespace,
                view_name: name,
                privilege,
            },
            Securable::Policy(Ident { namespace, name }) => Self::Policy {
                namespace,
                policy_name: name,
                privilege,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grants_reach_down_and_nowhere_else() {
        let levels = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let ident = |namespace: &[&str]| Ident {
            namespace: levels(namespace),
            name: "x".into(),
        };
        let outer = Securable::Namespace(levels(&["a"]));
        for below in [
            Securable::Namespace(levels(&["a", "b"])),
            Securable::View(ident(&["a", "b"])),
            outer.clone(),
        ] {
            assert!(outer.covers(&below), "{below:?}");
        }
        for elsewhere in [Securable::Catalog, Securable::Table(ident(&["ab"]))] {
            assert!(!outer.covers(&elsewhere), "{elsewhere:?}");
        }
        let table = Securable::Table(ident(&["a"]));
        assert!(!table.covers(&Securable::View(ident(&["a"]))));
    }
}
