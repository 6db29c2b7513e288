//! Principals, principal roles and catalog roles, one at a time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vendors::polaris::types::GrantResource;

use super::{EntityView, Known};
use crate::{access::lost::Lost, own::Own};

/// A principal, and the roles it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrincipalView {
    /// Name, properties and version.
    pub entity: Known<EntityView>,
    /// Of its credentials.
    pub client_id: Option<String>,
    /// Whether Crowsnest acts as it on this connection.
    pub own: Own,
    /// Its principal roles.
    pub roles: Known<Vec<String>>,
    /// The principal roles that there are.
    pub choices: Known<Vec<String>>,
    /// What is lost when it goes.
    pub lost: Lost,
}

/// A principal role, who is in it, and the catalog roles that it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrincipalRoleView {
    /// Name, properties and version.
    pub entity: Known<EntityView>,
    /// The principals in it.
    pub members: Known<Vec<String>>,
    /// Whether Crowsnest acts as one of the members.
    pub own: Own,
    /// By catalog; those in which it holds none are left out.
    pub holds: Vec<(String, Known<Vec<String>>)>,
    /// The catalogs that there are.
    pub catalogs: Known<Vec<String>>,
    /// How many of them were not asked.
    pub unasked: usize,
    /// The principals that there are.
    pub choices: Known<Vec<String>>,
    /// What is lost when it goes.
    pub lost: Lost,
}

/// A role of one catalog, who holds it, and its grants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CatalogRoleView {
    /// Name, properties and version.
    pub entity: Known<EntityView>,
    /// Principal roles.
    pub holders: Known<Vec<String>>,
    /// By object.
    pub grants: Known<Vec<Granted>>,
    /// The principal roles that there are.
    pub choices: Known<Vec<String>>,
    /// What is lost when it goes.
    pub lost: Lost,
}

/// What is granted on one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// `Catalog`, `Namespace`, `Table`, `View` or `Policy`; as the server calls it where that is unknown here.
    pub kind: String,
    /// It is a kind of object that Crowsnest does not know, or lacks what names it.
    pub unknown: bool,
    /// Levels of the object's namespace; none for the catalog.
    pub namespace: Vec<String>,
    /// Of a table, view or policy.
    pub name: Option<String>,
    /// As Polaris calls them.
    pub privileges: Vec<String>,
}

impl Granted {
    /// The key of this kind of object in addresses.
    pub fn key(&self) -> &'static str {
        match self.kind.as_str() {
            "View" => "v",
            "Policy" => "policy",
            _ => "t",
        }
    }
}

impl Granted {
    /// Puts together what stands on the same object, in the order of objects; then what stands on kinds of
    /// objects that are unknown, as it came.
    pub fn group(grants: Vec<GrantResource>, catalog: &str) -> Vec<Self> {
        use access::polaris::Object;
        let mut groups: BTreeMap<Object, Vec<String>> = BTreeMap::new();
        let mut odd: BTreeMap<(String, Vec<String>), Vec<String>> = BTreeMap::new();
        for grant in grants {
            if let GrantResource::Other {
                kind,
                namespace,
                privilege,
            } = grant
            {
                odd.entry((kind, namespace)).or_default().push(privilege);
            } else if let Some(grant) = grant.in_catalog(catalog) {
                groups
                    .entry(grant.object)
                    .or_default()
                    .push(grant.privilege);
            }
        }
        let odd = odd.into_iter().map(|((kind, namespace), mut privileges)| {
            privileges.sort();
            Self {
                kind,
                unknown: true,
                namespace,
                name: None,
                privileges,
            }
        });
        let group = |(object, mut privileges): (Object, Vec<String>)| {
            privileges.sort();
            let (kind, namespace, name) = match object {
                Object::Namespace { namespace, .. } => ("Namespace", namespace, None),
                Object::Table {
                    namespace, name, ..
                } => ("Table", namespace, Some(name)),
                Object::View {
                    namespace, name, ..
                } => ("View", namespace, Some(name)),
                Object::Policy {
                    namespace, name, ..
                } => ("Policy", namespace, Some(name)),
                _ => ("Catalog", Vec::new(), None),
            };
            Self {
                kind: kind.into(),
                unknown: false,
                namespace,
                name,
                privileges,
            }
        };
        groups.into_iter().map(group).chain(odd).collect()
    }
}
