//! Principals, principal roles and catalog roles have the same fields.

use iceberg_rest::Error;
use model::{change::Object, error::AppError, form::FEDERATED};
use vendors::polaris::{
    Management,
    types::{Entity, NewEntity, UpdateEntity},
};

use super::{Form, changed_meanwhile};
use crate::{change::Change, entity::missing, made::Made};

#[derive(Clone, Copy)]
pub enum Noun {
    Principal,
    PrincipalRole,
    CatalogRole,
}

impl Noun {
    fn object(self, catalog: &str, name: &str) -> Object {
        match self {
            Self::Principal => Object::principal(name),
            Self::PrincipalRole => Object::principal_role(name),
            Self::CatalogRole => Object::catalog_role(catalog, name),
        }
    }

    fn operation(self) -> &'static str {
        match self {
            Self::Principal => "updatePrincipal",
            Self::PrincipalRole => "updatePrincipalRole",
            Self::CatalogRole => "updateCatalogRole",
        }
    }

    async fn get(self, api: &Management, catalog: &str, name: &str) -> Result<Entity, Error> {
        Ok(match self {
            Self::Principal => api.get_principal(name).await?.entity,
            Self::PrincipalRole => api.get_principal_role(name).await?.entity,
            Self::CatalogRole => api.get_catalog_role(catalog, name).await?.entity,
        })
    }

    async fn put(
        self,
        api: &Management,
        catalog: &str,
        name: &str,
        update: &UpdateEntity,
    ) -> Result<(), Error> {
        match self {
            Self::Principal => api.update_principal(name, update).await.map(drop),
            Self::PrincipalRole => api.update_principal_role(name, update).await.map(drop),
            Self::CatalogRole => api
                .update_catalog_role(catalog, name, update)
                .await
                .map(drop),
        }
    }
}

/// Replaces the properties, unless somebody else did meanwhile.
pub async fn update(form: Form, noun: Noun) -> Result<Made, AppError> {
    let catalog = match noun {
        Noun::CatalogRole => form.catalog()?,
        _ => String::new(),
    };
    let name = form.name.clone();
    let change = Change::new(noun.operation(), noun.object(&catalog, &name));
    let current = noun.get(&form.api, &catalog, &name).await;
    let current = current.map_err(|error| missing(error.into(), change.object.noun(), &name))?;
    let (seen, now) = (form.version()?, current.entity_version);
    if now != Some(seen) {
        return Err(changed_meanwhile(&change.object, seen, now));
    }
    let update = UpdateEntity {
        current_entity_version: seen,
        properties: form.properties(&current.properties)?,
    };
    let (api, page) = (form.api.clone(), page(&form, noun, &catalog));
    let put = async move { noun.put(&api, &catalog, &name, &update).await };
    form.replace(change, seen, page, put).await
}

fn page(form: &Form, noun: Noun, catalog: &str) -> String {
    match noun {
        Noun::Principal => form.place.principal_path(&form.name),
        Noun::PrincipalRole => form.place.principal_role_path(&form.name),
        Noun::CatalogRole => form.place.catalog_role_path(catalog, &form.name),
    }
}

pub async fn create_principal_role(form: Form) -> Result<Made, AppError> {
    let role = NewEntity {
        federated: form.some(&FEDERATED).is_some(),
        ..form.new_entity()?
    };
    let page = form.place.principal_role_path(&role.name);
    let change = Change::new("createPrincipalRole", Object::principal_role(&role.name));
    let api = form.api.clone();
    let create = async move { api.create_principal_role(&role).await.map(drop) };
    form.create(change, page, create).await
}

pub async fn create_catalog_role(form: Form) -> Result<Made, AppError> {
    let (role, catalog) = (form.new_entity()?, form.catalog()?);
    let page = form.place.catalog_role_path(&catalog, &role.name);
    let object = Object::catalog_role(&catalog, &role.name);
    let api = form.api.clone();
    let create = async move { api.create_catalog_role(&catalog, &role).await.map(drop) };
    let change = Change::new("createCatalogRole", object);
    form.create(change, page, create).await
}

impl Form {
    pub fn new_entity(&self) -> Result<NewEntity, AppError> {
        Ok(NewEntity {
            name: self.new_name()?,
            properties: self.properties(&Default::default())?,
            federated: false,
        })
    }
}
