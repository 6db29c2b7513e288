//! One flow for a new service: catalog, roles, grants and the principal itself.

use serde::{Deserialize, Serialize};

use crate::{
    batch::PartState,
    issued::Issued,
    own::Own,
    paths::{Query, split_levels},
};

/// Where a new catalog's files may lie, as Polaris calls it.
pub const STORAGES: [&str; 4] = ["S3", "AZURE", "GCS", "FILE"];

/// A set of privileges by its purpose.
pub struct Preset {
    /// In addresses.
    pub key: &'static str,
    /// For people.
    pub title: &'static str,
    /// What it lets one do, as a sentence.
    pub purpose: &'static str,
    /// As Polaris calls them.
    pub privileges: &'static [&'static str],
}

/// The presets that the form offers, weakest first.
pub const PRESETS: [Preset; 4] = [
    Preset {
        key: "reader",
        title: "Reader",
        purpose: "Reads tables and views.",
        privileges: &[
            "NAMESPACE_READ_PROPERTIES",
            "TABLE_READ_DATA",
            "VIEW_READ_PROPERTIES",
        ],
    },
    Preset {
        key: "writer",
        title: "Writer",
        purpose: "Also creates tables and writes to them; drops nothing.",
        privileges: &[
            "NAMESPACE_READ_PROPERTIES",
            "TABLE_CREATE",
            "TABLE_READ_DATA",
            "TABLE_WRITE_DATA",
            "VIEW_READ_PROPERTIES",
        ],
    },
    Preset {
        key: "olake",
        title: "OLake writer",
        purpose: "Creates namespaces and tables, and writes to them, as OLake's guide grants it.",
        privileges: &["CATALOG_MANAGE_CONTENT"],
    },
    Preset {
        key: "admin",
        title: "Admin",
        purpose: "Everything in the catalog, and who may do it.",
        privileges: &["CATALOG_MANAGE_ACCESS", "CATALOG_MANAGE_CONTENT"],
    },
];

/// What the form asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The catalog, which is there or is to be created.
    pub catalog: String,
    /// Of a catalog to be created.
    pub storage: Option<Storage>,
    /// Holds the privileges.
    pub catalog_role: String,
    /// Where the privileges are granted; empty: on the catalog.
    pub namespace: Vec<String>,
    /// What is granted, as Polaris calls it.
    pub privileges: Vec<String>,
    /// Holds the catalog role.
    pub principal_role: String,
    /// Holds the principal role.
    pub principal: String,
}

/// Where the files of a new catalog are to lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Storage {
    /// One of [`STORAGES`].
    pub kind: String,
    /// URI of its base location.
    pub location: String,
    /// S3: ARN of the role that the server assumes.
    pub role_arn: String,
    /// S3: AWS region of the bucket.
    pub region: String,
    /// S3: address of a compatible store.
    pub endpoint: String,
    /// Azure: id of the tenant.
    pub tenant_id: String,
}

impl Plan {
    /// Roles that are not named are named after the principal.
    pub fn read(query: &Query) -> Self {
        let principal = query.text("principal");
        let named = |key: &str, suffix: &str| match query.get(key) {
            Some(name) => name.to_owned(),
            None if principal.is_empty() => String::new(),
            None => format!("{principal}_{suffix}"),
        };
        let storage = query.get("new").map(|_| Storage {
            kind: query.get("storage").unwrap_or("S3").to_owned(),
            location: query.text("location"),
            role_arn: query.text("role-arn"),
            region: query.text("region"),
            endpoint: query.text("endpoint"),
            tenant_id: query.text("tenant-id"),
        });
        let preset = PRESETS
            .iter()
            .find(|preset| Some(preset.key) == query.get("preset"));
        let mut privileges: Vec<String> = preset
            .iter()
            .flat_map(|preset| preset.privileges)
            .map(|name| (*name).to_owned())
            .collect();
        let typed = query.get("privileges").unwrap_or_default();
        privileges.extend(typed.split([' ', ',']).map(str::to_owned));
        privileges.extend(query.all("privilege").map(str::to_owned));
        privileges.retain(|name| !name.is_empty());
        privileges.sort();
        privileges.dedup();
        Plan {
            catalog: query.text("w"),
            storage,
            catalog_role: named("catalog-role", "access"),
            namespace: split_levels(query.get("path").unwrap_or_default()),
            privileges,
            principal_role: named("principal-role", "role"),
            principal,
        }
    }

    /// What has to be filled in or changed first.
    pub fn problems(&self) -> Vec<String> {
        let names = [
            (&self.catalog, "the catalog"),
            (&self.principal, "the principal"),
            (&self.principal_role, "the principal role"),
            (&self.catalog_role, "the catalog role"),
        ];
        let mut problems: Vec<String> = names
            .into_iter()
            .filter_map(|(name, of)| {
                let problem = vendors::polaris::types::check_name(name).err()?;
                Some(format!("The name of {of}: {problem}"))
            })
            .collect();
        if self.privileges.is_empty() {
            problems.push("Choose what it may do: a preset, or privileges.".into());
        }
        if self.namespace.len() > crate::paths::LEVELS {
            problems.push(format!("The namespace: {}.", crate::paths::TooDeep));
        }
        if let Some(storage) = &self.storage {
            if storage.location.is_empty() {
                problems.push("A new catalog needs a location for its files.".into());
            }
            if !STORAGES.contains(&storage.kind.as_str()) {
                problems.push(format!("There is no storage {}.", storage.kind));
            }
            if !self.namespace.is_empty() {
                problems.push("A new catalog has no namespaces yet: grant on the catalog.".into());
            }
        }
        problems
    }
}

/// The calls of a plan, before they are made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// What has to be filled in first; then there are no calls.
    pub problems: Vec<String>,
    /// In the order in which they will be made.
    pub calls: Vec<Call>,
    /// What is to be known besides, as of existing roles that will be used.
    pub reused: Vec<String>,
    /// Whether Crowsnest acts as the principal that goes.
    pub own: Own,
    /// The id of the form.
    pub once: String,
}

/// One call that will be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Names the step.
    pub step: String,
    /// What it does, for people.
    pub what: String,
    /// HTTP method.
    pub method: String,
    /// Of the management API.
    pub path: String,
    /// JSON.
    pub body: String,
}

/// What came of a plan.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Report {
    /// In order; the last one may have failed.
    pub steps: Vec<Done>,
    /// Calls that were not made any more.
    pub left: usize,
    /// What was made is undone.
    pub undone: bool,
    /// The principal may be there, with a secret that nobody was told.
    pub untold: bool,
    /// The credentials of the new principal: told this once.
    pub issued: Option<Issued>,
    /// Where the catalog is, for those who connect to it.
    pub url: String,
    /// Nothing was sent, and why.
    pub refused: Option<String>,
    /// It was told before.
    pub again: bool,
    /// The id of the form that undoes it.
    pub once: String,
}

/// What came of one step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// Names the step.
    pub step: String,
    /// What it does, for people.
    pub what: String,
    /// What came of it.
    pub state: PartState,
    /// It may have been there before, so it stays when the rest is undone.
    pub kept: bool,
}

impl Report {
    /// Whether anything is not as it was planned.
    pub fn failed(&self) -> bool {
        self.refused.is_some() || self.steps.iter().any(|done| done.state != PartState::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(search: &str) -> Plan {
        Plan::read(&Query::parse(search))
    }

    #[test]
    fn roles_are_named_after_the_principal() {
        let plan = plan("?w=main&principal=svc&preset=reader");
        assert_eq!(
            (plan.principal_role.as_str(), plan.catalog_role.as_str()),
            ("svc_role", "svc_access")
        );
        assert_eq!(plan.problems(), [""; 0]);
        assert!(plan.privileges.contains(&"TABLE_READ_DATA".to_owned()));
    }

    #[test]
    fn what_is_missing_is_said() {
        let problems = plan("").problems();
        assert_eq!(problems.len(), 5, "{problems:?}");
        let new = plan("?w=main&principal=SYSTEM$x&preset=admin&new=on&path=a").problems();
        assert!(
            new.iter().any(|problem| problem.contains("SYSTEM$")),
            "{new:?}"
        );
        assert!(new.iter().any(|problem| problem.contains("location")));
        assert!(new.iter().any(|problem| problem.contains("no namespaces")));
    }

    #[test]
    fn presets_hold_privileges_that_can_be_granted_on_a_catalog() {
        use access::polaris::{Kind, Privilege};
        let grantable = Privilege::grantable_on(Kind::Catalog);
        for preset in PRESETS {
            for name in preset.privileges {
                let privilege = Privilege::named(name).expect("it is known");
                assert!(grantable.contains(privilege), "{name}");
            }
        }
    }
}
