use access::polaris::{Grant, Object};
use iceberg_rest::types::lenient;
use serde::{Deserialize, Serialize};

/// A grant as the management API lists, takes and revokes it. The catalog is that of the URL.
/// Generic tables are granted on as tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "lowercase",
    rename_all_fields = "camelCase",
    from = "WireGrant"
)]
pub enum GrantResource {
    /// On the catalog.
    Catalog {
        /// As the server spells it.
        privilege: String,
    },
    /// On a namespace.
    Namespace {
        /// Levels of the namespace, outermost first.
        namespace: Vec<String>,
        /// As the server spells it.
        privilege: String,
    },
    /// On a table of any format.
    Table {
        /// Levels of the namespace, outermost first.
        namespace: Vec<String>,
        /// Name of the table.
        table_name: String,
        /// As the server spells it.
        privilege: String,
    },
    /// On a view.
    View {
        /// Levels of the namespace, outermost first.
        namespace: Vec<String>,
        /// Name of the view.
        view_name: String,
        /// As the server spells it.
        privilege: String,
    },
    /// On a policy.
    Policy {
        /// Levels of the namespace, outermost first.
        namespace: Vec<String>,
        /// Name of the policy.
        policy_name: String,
        /// As the server spells it.
        privilege: String,
    },
    /// On a kind of object that is newer than these, or on one of these that lacks something.
    #[serde(skip_serializing)]
    Other {
        /// What the server calls it.
        kind: String,
        /// Levels of the namespace, outermost first; of some kinds none.
        namespace: Vec<String>,
        /// As the server spells it.
        privilege: String,
    },
}

/// A grant as it is sent, with the fields of all kinds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireGrant {
    #[serde(rename = "type", default, deserialize_with = "lenient::or_default")]
    kind: String,
    #[serde(default, deserialize_with = "lenient::list")]
    namespace: Vec<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    table_name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    view_name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    policy_name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    privilege: String,
}

impl From<WireGrant> for GrantResource {
    fn from(wire: WireGrant) -> Self {
        let (namespace, privilege) = (wire.namespace, wire.privilege);
        match wire.kind.as_str() {
            "catalog" => Self::Catalog { privilege },
            "namespace" if !namespace.is_empty() => Self::Namespace {
                namespace,
                privilege,
            },
            "table" if !wire.table_name.is_empty() => Self::Table {
                namespace,
                table_name: wire.table_name,
                privilege,
            },
            "view" if !wire.view_name.is_empty() => Self::View {
                namespace,
                view_name: wire.view_name,
                privilege,
            },
            "policy" if !wire.policy_name.is_empty() => Self::Policy {
                namespace,
                policy_name: wire.policy_name,
                privilege,
            },
            _ => Self::Other {
                kind: wire.kind,
                namespace,
                privilege,
            },
        }
    }
}

impl GrantResource {
    /// The grant, in the catalog that was asked; `None` for a kind that is not known.
    pub fn in_catalog(self, catalog: &str) -> Option<Grant> {
        let catalog = catalog.to_owned();
        let (object, privilege) = match self {
            GrantResource::Catalog { privilege } => (Object::Catalog { catalog }, privilege),
            GrantResource::Namespace {
                namespace,
                privilege,
            } => (Object::Namespace { catalog, namespace }, privilege),
            GrantResource::Table {
                namespace,
                table_name: name,
                privilege,
            } => (
                Object::Table {
                    catalog,
                    namespace,
                    name,
                },
                privilege,
            ),
            GrantResource::View {
                namespace,
                view_name: name,
                privilege,
            } => (
                Object::View {
                    catalog,
                    namespace,
                    name,
                },
                privilege,
            ),
            GrantResource::Policy {
                namespace,
                policy_name: name,
                privilege,
            } => (
                Object::Policy {
                    catalog,
                    namespace,
                    name,
                },
                privilege,
            ),
            GrantResource::Other { .. } => return None,
        };
        Some(Grant { object, privilege })
    }

    /// How to ask for this grant; `None` on an object that takes none.
    pub fn of(grant: &Grant) -> Option<Self> {
        let privilege = grant.privilege.clone();
        Some(match grant.object.clone() {
            Object::Catalog { .. } => GrantResource::Catalog { privilege },
            Object::Namespace { namespace, .. } => GrantResource::Namespace {
                namespace,
                privilege,
            },
            Object::Table {
                namespace, name, ..
            } => GrantResource::Table {
                namespace,
                table_name: name,
                privilege,
            },
            Object::View {
                namespace, name, ..
            } => GrantResource::View {
                namespace,
                view_name: name,
                privilege,
            },
            Object::Policy {
                namespace, name, ..
            } => GrantResource::Policy {
                namespace,
                policy_name: name,
                privilege,
            },
            Object::Root
            | Object::Principal { .. }
            | Object::PrincipalRole { .. }
            | Object::CatalogRole { .. } => return None,
        })
    }
}
