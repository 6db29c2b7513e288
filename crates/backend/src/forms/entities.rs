//! Principals, principal roles and catalog roles have the same fields.

use iceberg_rest::Error;
use model::error::AppError;
use vendors::polaris::{
    Management,
    types::{Entity, NewEntity, UpdateEntity},
};

use super::{Form, changed_meanwhile, there};
use crate::{entity::missing, made::Made};

#[derive(Clone, Copy)]
pub enum Noun {
    Principal,
    PrincipalRole,
    CatalogRole,
}

impl Noun {
    fn word(self) -> &'static str {
        match self {
            Self::Principal => "principal",
            Self::PrincipalRole => "principal role",
            Self::CatalogRole => "catalog role",
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
    let current = noun.get(&form.api, &catalog, &name).await;
    let current = current.map_err(|error| missing(error.into(), noun.word(), &name))?;
    let seen = form.version()?;
    if current.entity_version != Some(seen) {
        return Err(changed_meanwhile(
            noun.word(),
            &name,
            seen,
            current.entity_version,
        ));
    }
    let update = UpdateEntity {
        current_entity_version: seen,
        properties: form.properties(&current.properties)?,
    };
    let (api, object) = (form.api.clone(), [&catalog, ".", &name].concat());
    let (to, put) = (page(&form, noun, &catalog), name.clone());
    let put = async move { noun.put(&api, &catalog, &put, &update).await };
    let object = object.trim_start_matches('.');
    match form.connection.change(noun.operation(), object, put).await {
        Ok(()) => Ok(Made::Go(to)),
        Err(error) if error.kind == model::error::Kind::Conflict => {
            Err(changed_meanwhile(noun.word(), &name, seen, None))
        }
        Err(error) => Err(error),
    }
}

fn page(form: &Form, noun: Noun, catalog: &str) -> String {
    match noun {
        Noun::Principal => form.place.principal_path(&form.name),
        Noun::PrincipalRole => form.place.principal_role_path(&form.name),
        Noun::CatalogRole => form.place.catalog_role_path(catalog, &form.name),
    }
}

pub async fn create_principal_role(form: Form) -> Result<Made, AppError> {
    let role = form.new_entity()?;
    let to = form.place.principal_role_path(&role.name);
    let (api, object) = (form.api.clone(), role.name.clone());
    let create = async move { api.create_principal_role(&role).await.map(drop) };
    form.connection
        .change("createPrincipalRole", object.clone(), create)
        .await
        .map_err(|error| there(error, "principal role", &object, to.clone()))?;
    Ok(Made::Go(to))
}

pub async fn create_catalog_role(form: Form) -> Result<Made, AppError> {
    let (role, catalog) = (form.new_entity()?, form.catalog()?);
    let to = form.place.catalog_role_path(&catalog, &role.name);
    let (api, object) = (form.api.clone(), format!("{catalog}.{}", role.name));
    let create = async move { api.create_catalog_role(&catalog, &role).await.map(drop) };
    form.connection
        .change("createCatalogRole", object.clone(), create)
        .await
        .map_err(|error| there(error, "catalog role", &object, to.clone()))?;
    Ok(Made::Go(to))
}

impl Form {
    pub fn new_entity(&self) -> Result<NewEntity, AppError> {
        Ok(NewEntity {
            name: self.new_name()?,
            properties: self.properties(&Default::default())?,
        })
    }
}
