//! Worlds of grants and what a real Polaris allowed in them, one world a line.

use std::io::Read;

use access::polaris::{
    Catalog, CatalogRole, Change, Grant, Object, Operation, Part, PrincipalRole, Question,
    SERVICE_ADMIN, World,
};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    catalog: String,
    principals: Vec<String>,
    principal_roles: Vec<String>,
    catalog_roles: Vec<String>,
    assignments: Vec<Assignment>,
    catalog_role_assignments: Vec<CatalogRoleAssignment>,
    grants: Vec<RecordedGrant>,
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Assignment {
    principal: String,
    principal_role: String,
}

#[derive(Deserialize)]
struct CatalogRoleAssignment {
    principal_role: String,
    catalog_role: String,
}

#[derive(Deserialize)]
struct RecordedGrant {
    catalog_role: String,
    grant: GrantOn,
}

/// A grant as Polaris' management API lists it.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "lowercase",
    rename_all_fields = "camelCase"
)]
enum GrantOn {
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
}

/// One request, made with the principal's own token, and whether the server let it pass.
#[derive(Debug, Deserialize)]
pub struct Check {
    pub principal: String,
    pub operation: String,
    object: RecordedObject,
    pub allowed: bool,
}

#[derive(Debug, Deserialize)]
struct RecordedObject {
    r#type: String,
    #[serde(default)]
    namespace: Vec<String>,
    #[serde(default)]
    name: String,
    to_namespace: Option<Vec<String>>,
    grant: Option<GrantOn>,
}

pub struct Recorded {
    pub world: World,
    pub checks: Vec<Check>,
    catalog: String,
}

/// What a check asks, by name.
pub struct Asked {
    pub operation: &'static Operation,
    pub object: Object,
    pub secondary: Option<Object>,
}

/// All worlds of a file, gzipped or plain.
pub fn read(mut file: impl Read) -> Result<Vec<Recorded>, String> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    let mut text = String::new();
    let read = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text),
        false => bytes.as_slice().read_to_string(&mut text),
    };
    read.map_err(|error| error.to_string())?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            let line: Line =
                serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))?;
            line.recorded()
                .map_err(|error| format!("line {}: {error}", at + 1))
        })
        .collect()
}

impl Line {
    fn recorded(self) -> Result<Recorded, String> {
        let catalog = self.catalog;
        let roles = self
            .principal_roles
            .iter()
            .map(String::as_str)
            .chain([SERVICE_ADMIN]);
        let principal_roles = roles
            .map(|name| PrincipalRole {
                name: name.to_owned(),
                members: Part::Known(Vec::new()),
            })
            .collect();
        let catalog_roles = self
            .catalog_roles
            .iter()
            .map(String::as_str)
            .chain(["catalog_admin"]);
        let catalog_roles = catalog_roles
            .map(|name| CatalogRole {
                name: name.to_owned(),
                assignees: Part::Known(Vec::new()),
                grants: Part::Known(Vec::new()),
            })
            .collect();
        let mut world = World {
            principals: Part::Known(self.principals),
            principal_roles: Part::Known(principal_roles),
            catalogs: vec![Catalog {
                name: catalog.clone(),
                roles: Part::Known(catalog_roles),
            }],
            more_catalogs: None,
        };
        for Assignment {
            principal,
            principal_role,
        } in self.assignments
        {
            world.add(&Change::AssignPrincipalRole {
                principal,
                principal_role,
            });
        }
        for CatalogRoleAssignment {
            principal_role,
            catalog_role,
        } in self.catalog_role_assignments
        {
            world.add(&Change::AssignCatalogRole {
                catalog: catalog.clone(),
                catalog_role,
                principal_role,
            });
        }
        // What every server grants by itself, and a recording does not repeat.
        for privilege in ["CATALOG_MANAGE_ACCESS", "CATALOG_MANAGE_METADATA"] {
            let object = Object::Catalog {
                catalog: catalog.clone(),
            };
            let grant = Grant {
                object,
                privilege: privilege.to_owned(),
            };
            let catalog_role = "catalog_admin".to_owned();
            world.add(&Change::Grant {
                catalog: catalog.clone(),
                catalog_role,
                grant,
            });
        }
        for RecordedGrant {
            catalog_role,
            grant,
        } in self.grants
        {
            let grant = grant.in_catalog(&catalog);
            world.add(&Change::Grant {
                catalog: catalog.clone(),
                catalog_role,
                grant,
            });
        }
        Ok(Recorded {
            world,
            checks: self.checks,
            catalog,
        })
    }
}

impl GrantOn {
    fn in_catalog(self, catalog: &str) -> Grant {
        let catalog = catalog.to_owned();
        let (object, privilege) = match self {
            GrantOn::Catalog { privilege } => (Object::Catalog { catalog }, privilege),
            GrantOn::Namespace {
                namespace,
                privilege,
            } => (Object::Namespace { catalog, namespace }, privilege),
            GrantOn::Table {
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
            GrantOn::View {
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
            GrantOn::Policy {
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
        };
        Grant { object, privilege }
    }
}

impl Recorded {
    /// Spells out a check; an error when this program has no such operation or object.
    pub fn ask(&self, check: &Check) -> Result<Asked, String> {
        let operation = Operation::named(authorised_as(&check.operation))
            .ok_or_else(|| format!("no operation {}", check.operation))?;
        let (catalog, recorded) = (self.catalog.clone(), &check.object);
        let (namespace, name) = (recorded.namespace.clone(), recorded.name.clone());
        let object = match recorded.r#type.as_str() {
            "root" => Object::Root,
            "catalog" => Object::Catalog { catalog },
            "namespace" => Object::Namespace { catalog, namespace },
            "table" => Object::Table {
                catalog,
                namespace,
                name,
            },
            "view" => Object::View {
                catalog,
                namespace,
                name,
            },
            "policy" => Object::Policy {
                catalog,
                namespace,
                name,
            },
            "principal" => Object::Principal { name },
            "principal_role" => Object::PrincipalRole { name },
            "catalog_role" => Object::CatalogRole { catalog, name },
            other => return Err(format!("no object of type {other}")),
        };
        if let Some(grant) = &recorded.grant {
            // The role is named, but it is the object of the grant that is looked at first.
            let grant = grant.clone().in_catalog(&self.catalog);
            let secondary = (!operation.secondary_on.is_empty()).then_some(object);
            return Ok(Asked {
                operation,
                object: grant.object,
                secondary,
            });
        }
        let secondary = recorded
            .to_namespace
            .clone()
            .map(|namespace| Object::Namespace {
                catalog: self.catalog.clone(),
                namespace,
            });
        Ok(Asked {
            operation,
            object,
            secondary,
        })
    }
}

impl Asked {
    pub fn question(&self) -> Result<Question<'_>, String> {
        Question::new(self.operation, &self.object, self.secondary.as_ref())
            .map_err(|error| error.to_string())
    }
}

/// Generic tables have no operations of their own in the server's table.
fn authorised_as(operation: &str) -> &str {
    match operation {
        "LIST_GENERIC_TABLES" => "LIST_TABLES",
        "CREATE_GENERIC_TABLE" => "CREATE_TABLE_DIRECT",
        "LOAD_GENERIC_TABLE" => "LOAD_TABLE",
        "DROP_GENERIC_TABLE" => "DROP_TABLE_WITHOUT_PURGE",
        other => other,
    }
}
