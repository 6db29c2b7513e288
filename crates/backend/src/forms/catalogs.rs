use std::collections::BTreeMap;

use model::{
    change::Object,
    error::AppError,
    form::{AUTHENTICATION_TYPE, BASE_LOCATION, CONNECTION_TYPE, STORAGE_TYPE, TYPE, declared},
    polaris::catalogs::{
        AUTHENTICATION, CONNECTION, STORAGE,
        wire::{pairs, write},
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use vendors::polaris::types::{
    Authentication, ConnectionConfig, NewCatalog, StorageConfig, UpdateCatalog,
};

use super::{Form, changed_meanwhile, refused};
use crate::{change::Change, entity::missing, made::Made};

pub async fn create(form: Form) -> Result<Made, AppError> {
    let name = form.new_name()?;
    let mut properties = form.properties(&BTreeMap::new())?;
    let base = form.text(&BASE_LOCATION);
    if base.is_empty() {
        return Err(refused(
            "A catalog needs a default base location: s3://bucket/path",
        ));
    }
    properties.insert(BASE_LOCATION.name.into(), base);
    let kind = form.text(&TYPE);
    let federated = kind == "EXTERNAL" && form.some(&CONNECTION_TYPE).is_some();
    let catalog = NewCatalog {
        name: name.clone(),
        kind,
        properties,
        storage_config_info: form.storage(&StorageConfig::default())?,
        connection_config_info: federated.then(|| form.connection_config()).transpose()?,
    };
    let (api, page) = (form.api.clone(), form.place.catalog_path(&name));
    let create = async move { api.create_catalog(&catalog).await.map(drop) };
    let change = Change::new("createCatalog", Object::catalog(&name));
    form.create(change, page, create).await
}

/// Replaces properties and storage settings, unless somebody else did meanwhile.
pub async fn update(form: Form) -> Result<Made, AppError> {
    let name = form.catalog()?;
    let current = form.api.get_catalog(&name).await;
    let current = current.map_err(|error| missing(error.into(), "catalog", &name))?;
    let (seen, now) = (form.version()?, current.entity.entity_version);
    let change = Change::new("updateCatalog", Object::catalog(&name));
    if now != Some(seen) {
        return Err(changed_meanwhile(&change.object, seen, now));
    }
    let mut properties = form.properties(&current.entity.properties)?;
    let base = form.text(&BASE_LOCATION);
    if !base.is_empty() {
        properties.insert(BASE_LOCATION.name.into(), base);
    }
    let update = UpdateCatalog {
        current_entity_version: seen,
        properties,
        storage_config_info: form.changed_storage(&current.storage_config_info)?,
    };
    let (api, page) = (form.api.clone(), form.place.catalog_path(&name));
    let put = async move { api.update_catalog(&name, &update).await.map(drop) };
    form.replace(change, seen, page, put).await
}

impl Form {
    /// The storage of a catalog that is there. One without any, as of a catalog that others keep, gets none.
    fn changed_storage(&self, current: &StorageConfig) -> Result<Option<StorageConfig>, AppError> {
        if current.storage_type.is_empty() {
            return Ok(None);
        }
        let changed = self.storage(current)?;
        if current.storage_type == "S3" && current.role_arn.is_none() && changed.role_arn.is_some()
        {
            return Err(refused(
                "The catalog was made without a role ARN, and Polaris takes none later: the account of the role, also none, is fixed when a catalog is made. Make a new catalog with it.",
            ));
        }
        Ok(Some(changed))
    }

    /// The settings that are there, with what was typed; what this form does not know stays.
    fn storage(&self, current: &StorageConfig) -> Result<StorageConfig, AppError> {
        let mut storage = object(current);
        let chosen = match current.storage_type.as_str() {
            "" => self.text(&STORAGE_TYPE),
            fixed => fixed.to_owned(),
        };
        if chosen.is_empty() {
            return Err(refused("Choose where the catalog's files lie."));
        }
        write(&STORAGE, &chosen, &self.fields, &mut storage);
        storage.insert("storageType".into(), chosen.into());
        read(storage)
    }

    fn connection_config(&self) -> Result<ConnectionConfig, AppError> {
        let kind = self.text(&CONNECTION_TYPE);
        let mut config = object(&ConnectionConfig::default());
        write(&CONNECTION, &kind, &self.fields, &mut config);
        config.insert("connectionType".into(), kind.into());
        let mut config: ConnectionConfig = read(config)?;
        config.properties = pairs(self.fields.get("connection.properties").unwrap_or_default())
            .map_err(|line| refused(format!("“{line}” is no property: write key=value.")))?;
        if let Some(kind) = self.some(&AUTHENTICATION_TYPE) {
            let mut auth = Map::new();
            write(&AUTHENTICATION, &kind, &self.fields, &mut auth);
            auth.insert("authenticationType".into(), kind.into());
            let auth: Authentication = read(auth)?;
            let secret = |name| declared(name).and_then(|field| self.secret(field));
            config.authentication_parameters = Some(Authentication {
                client_secret: secret("auth.clientSecret"),
                bearer_token: secret("auth.bearerToken"),
                ..auth
            });
        }
        Ok(config)
    }
}

fn object(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

fn read<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, AppError> {
    serde_json::from_value(Value::Object(object)).map_err(|error| {
        refused(format!(
            "A field does not have the form that it needs: {error}."
        ))
    })
}
