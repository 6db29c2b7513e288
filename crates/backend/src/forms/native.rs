//! Policies and generic tables.

use iceberg_rest::Namespace;
use model::{
    change::Object,
    error::AppError,
    form::{CONTENT, DESCRIPTION, DOC, FORMAT, Field, LOCATION, NAME, TYPE},
};
use vendors::polaris::{
    CatalogService,
    types::{GenericTable, NewPolicy, UpdatePolicy},
};

use super::{Form, refused};
use crate::{change::Change, made::Made, place};

pub async fn create_policy(form: Form) -> Result<Made, AppError> {
    let (service, namespace) = form.target().await?;
    let policy = NewPolicy {
        name: form.named("A policy needs a name.")?,
        policy_type: form.needed(&TYPE, "Choose what the policy is for.")?,
        description: form.some(&DESCRIPTION),
        content: form.content()?,
    };
    let page = form.place.policy_path(&policy.name);
    let object = Object::One(place::policy(&form.place, &form.connection, &policy.name)?);
    let create = async move { service.create_policy(&namespace, &policy).await.map(drop) };
    let change = Change::new("createPolicy", object);
    form.create(change, page, create).await
}

/// Replaces description and content, unless somebody else did meanwhile.
pub async fn update_policy(form: Form) -> Result<Made, AppError> {
    let (service, namespace) = form.target().await?;
    let (name, seen) = (form.name.clone(), form.version()?);
    let update = UpdatePolicy {
        description: form.some(&DESCRIPTION),
        content: form.content()?,
        current_policy_version: seen,
    };
    let page = form.place.policy_path(&name);
    let object = Object::One(place::policy(&form.place, &form.connection, &name)?);
    let put = async move {
        let updated = service.update_policy(&namespace, &name, &update).await;
        updated.map(drop)
    };
    let change = Change::new("updatePolicy", object);
    form.replace(change, seen, page, put).await
}

pub async fn create_generic_table(form: Form) -> Result<Made, AppError> {
    let (service, namespace) = form.target().await?;
    let table = GenericTable {
        name: form.named("A table needs a name.")?,
        format: form.needed(&FORMAT, "Say which format the table has: delta, csv, …")?,
        base_location: form.some(&LOCATION),
        doc: form.some(&DOC),
        properties: form.properties(&Default::default())?,
    };
    let page = form.place.generic_table_path(&table.name);
    let object = place::table(&form.place, &form.connection, &table.name)?;
    let create = async move {
        let made = service.create_generic_table(&namespace, &table).await;
        made.map(drop)
    };
    let change = Change::new("createGenericTable", Object::One(object));
    form.create(change, page, create).await
}

impl Form {
    async fn target(&self) -> Result<(CatalogService, Namespace), AppError> {
        let client = self
            .connection
            .client(self.place.warehouse.as_deref(), None);
        let namespace = Namespace::try_new(&self.place.namespace)
            .map_err(|invalid| refused(format!("This address names no namespace: {invalid}.")))?;
        Ok((CatalogService::new(client.await?), namespace))
    }

    fn needed(&self, field: &Field, why: &str) -> Result<String, AppError> {
        self.some(field).ok_or_else(|| refused(why))
    }

    /// A name that an address can hold.
    fn named(&self, why: &str) -> Result<String, AppError> {
        let name = self.needed(&NAME, why)?;
        iceberg_rest::ident::check_name(&name)
            .map_err(|invalid| refused(format!("It cannot have this name: {invalid}.")))?;
        Ok(name)
    }

    /// The server keeps any text; a slip is worth saying before that.
    fn content(&self) -> Result<Option<String>, AppError> {
        let Some(content) = self.some(&CONTENT) else {
            return Ok(None);
        };
        match serde_json::from_str::<serde::de::IgnoredAny>(&content) {
            Ok(_) => Ok(Some(content)),
            Err(error) => Err(refused(format!("The content is no JSON: {error}."))),
        }
    }
}
