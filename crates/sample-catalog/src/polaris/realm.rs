//! Everything that a Polaris server keeps besides namespaces, tables and views.

use indexmap::{IndexMap, IndexSet};
use serde_json::{Value, json};
use tokio::time::Instant;
use uuid::Uuid;

use super::{
    entity::Entity,
    native::policies::Policy,
    securable::{Grant, Securable},
    seed,
};
use crate::{
    Options,
    connections::CANARY,
    connections::{CLIENT_ID, CLIENT_SECRET, REGION},
    ident::Ident,
    store::Warehouses,
    store::{Properties, Warehouse},
};

/// The principal that a server is born with. Its name counts, not only its roles.
pub(crate) const ROOT: &str = "root";
/// The principal role that holds `SERVICE_MANAGE_ACCESS` on the root container.
pub(crate) const SERVICE_ADMIN: &str = "service_admin";
/// The role that every catalog is born with.
pub(crate) const CATALOG_ADMIN: &str = "catalog_admin";

pub(crate) struct Realm {
    pub principals: IndexMap<String, Principal>,
    pub principal_roles: IndexMap<String, Entity>,
    pub catalogs: IndexMap<String, Catalog>,
    /// Signs tokens: those of another run are worth nothing.
    pub token_key: Uuid,
    /// Tokens count from here.
    pub born: Instant,
}

pub(crate) struct Principal {
    pub entity: Entity,
    pub client_id: String,
    pub client_secret: String,
    /// Principal roles that it is assigned.
    pub roles: IndexSet<String>,
}

pub(crate) struct Catalog {
    /// Its properties are those of the catalog.
    pub entity: Entity,
    /// `INTERNAL` or `EXTERNAL`.
    pub kind: String,
    /// `storageConfigInfo`, as it was given.
    pub storage: Value,
    /// `connectionConfigInfo` without its secrets.
    pub connection: Option<Value>,
    pub roles: IndexMap<String, CatalogRole>,
    pub policies: IndexMap<Ident, Policy>,
    pub generic_tables: IndexMap<Ident, Value>,
}

pub(crate) struct CatalogRole {
    pub entity: Entity,
    /// Principal roles that hold it.
    pub holders: IndexSet<String>,
    pub grants: IndexSet<Grant>,
}

impl Realm {
    /// As a server is born, over warehouses that are there already.
    pub fn bare<'a>(warehouses: impl Iterator<Item = &'a Warehouse>) -> Self {
        let root = Principal {
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            roles: [SERVICE_ADMIN.to_owned()].into(),
            ..Principal::new(Properties::new())
        };
        let admin = Entity::new(Properties::new());
        Self {
            principals: [(ROOT.to_owned(), root)].into(),
            principal_roles: [(SERVICE_ADMIN.to_owned(), admin)].into(),
            catalogs: warehouses
                .map(|warehouse| (warehouse.name.clone(), Catalog::of(warehouse)))
                .collect(),
            token_key: Uuid::new_v4(),
            born: Instant::now(),
        }
    }

    /// The ordinary seed.
    pub fn seeded(options: &Options, held: &Warehouses) -> Self {
        seed::realm(options, held)
    }

    /// Root may delete itself: then nobody is let in any more.
    pub fn is_bootstrapped(&self) -> bool {
        self.principals.contains_key(ROOT)
    }

    pub fn forget_principal_role(&mut self, role: &str) {
        self.principal_roles.shift_remove(role);
        for principal in self.principals.values_mut() {
            principal.roles.shift_remove(role);
        }
        for catalog in self.catalogs.values_mut() {
            for held in catalog.roles.values_mut() {
                held.holders.shift_remove(role);
            }
        }
    }
}

impl Principal {
    /// With credentials of its own.
    pub fn new(properties: Properties) -> Self {
        Self {
            entity: Entity::new(properties),
            client_id: Uuid::new_v4().simple().to_string()[..16].to_owned(),
            client_secret: new_secret(),
            roles: IndexSet::new(),
        }
    }

    pub fn json(&self, name: &str) -> Value {
        let mut shown = self.entity.json(name);
        shown["clientId"] = self.client_id.as_str().into();
        shown
    }

    /// The only answer that holds the secret.
    pub fn json_with_credentials(&self, name: &str) -> Value {
        json!({"principal": self.json(name),
            "credentials": {"clientId": self.client_id, "clientSecret": self.client_secret}})
    }
}

pub(crate) fn new_secret() -> String {
    format!("{CANARY}{}", Uuid::new_v4().simple())
}

impl Catalog {
    pub fn new(properties: Properties, kind: String, storage: Value) -> Self {
        let mut admin = CatalogRole::new(Properties::new());
        admin.holders.insert(SERVICE_ADMIN.to_owned());
        for privilege in ["CATALOG_MANAGE_ACCESS", "CATALOG_MANAGE_METADATA"] {
            admin.grants.insert(Grant {
                on: Securable::Catalog,
                privilege: privilege.to_owned(),
            });
        }
        Self {
            entity: Entity::new(properties),
            kind,
            storage,
            connection: None,
            roles: [(CATALOG_ADMIN.to_owned(), admin)].into(),
            policies: IndexMap::new(),
            generic_tables: IndexMap::new(),
        }
    }

    fn of(warehouse: &Warehouse) -> Self {
        let mut properties = warehouse.properties.clone();
        properties.insert("default-base-location".into(), warehouse.home.clone());
        let locations = json!([warehouse.home, warehouse.root]);
        let storage = match warehouse.home.starts_with("s3:") {
            true => json!({"storageType": "S3", "region": REGION, "allowedKmsKeys": [],
                "roleArn": "arn:aws:iam::111122223333:role/lakehouse", "allowedLocations": locations}),
            false => json!({"storageType": "FILE", "allowedLocations": locations}),
        };
        Self::new(properties, "INTERNAL".into(), storage)
    }

    pub fn json(&self, name: &str) -> Value {
        let mut shown = self.entity.json(name);
        shown["type"] = self.kind.as_str().into();
        shown["storageConfigInfo"] = self.storage.clone();
        if let Some(connection) = &self.connection {
            shown["connectionConfigInfo"] = connection.clone();
        }
        shown
    }

    /// Takes away what was granted on an object that is no more, or below it, and what is attached to it.
    pub fn forget(&mut self, gone: &Securable) {
        for role in self.roles.values_mut() {
            role.grants.retain(|grant| !gone.covers(&grant.on));
        }
        for policy in self.policies.values_mut() {
            policy.targets.retain(|target| !gone.covers(target));
        }
    }

    /// What was granted on an object, or attached to it, goes with it to its new name.
    pub fn rename(&mut self, from: &Securable, to: &Securable) {
        for role in self.roles.values_mut() {
            let grants = std::mem::take(&mut role.grants).into_iter();
            role.grants = grants
                .map(|mut grant| {
                    if grant.on == *from {
                        grant.on = to.clone();
                    }
                    grant
                })
                .collect();
        }
        for policy in self.policies.values_mut() {
            if policy.targets.shift_remove(from) {
                policy.targets.insert(to.clone());
            }
        }
    }
}

impl CatalogRole {
    pub fn new(properties: Properties) -> Self {
        Self {
            entity: Entity::new(properties),
            holders: IndexSet::new(),
            grants: IndexSet::new(),
        }
    }
}
