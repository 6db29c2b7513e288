use serde::{Deserialize, Serialize};

use crate::polaris::access::{Grant, Object};

/// A grant as the management API lists, takes and revokes it. The catalog is that of the URL.
/// Generic tables are granted on as tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "lowercase",
    rename_all_fields = "camelCase"
)]
pub enum GrantResource {
    Catalog {
        privilege: String,
    },
    Namespace {
        namespace: Vec<String>,
        privilege: String,
    },
    Table {
        namespace: Vec<String>,
        table_name: String,
        privilege: String,
    },
    View {
        namespace: Vec<String>,
        view_name: String,
        privilege: String,
    },
    Policy {
        namespace: Vec<String>,
        policy_name: String,
        privilege: String,
    },
    /// A kind that is newer than these.
    #[serde(other, skip_serializing)]
    Other,
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
            GrantResource::Other => return None,
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
