use iceberg_rest::{Error, client::Body};

use super::{Management, new_name, wrapped};
use crate::polaris::{
    native::{delete, get, post, put},
    types::{CatalogRole, Entities, NewEntity, PrincipalRole, UpdateEntity},
};
const ALL: &str = "/api/management/v1/catalogs/{catalogName}/catalog-roles";
const ONE: &str = "/api/management/v1/catalogs/{catalogName}/catalog-roles/{catalogRoleName}";
const HOLDERS: &str =
    "/api/management/v1/catalogs/{catalogName}/catalog-roles/{catalogRoleName}/principal-roles";

impl Management {
    /// `GET /catalogs/{catalogName}/catalog-roles`.
    pub async fn list_catalog_roles(&self, catalog: &str) -> Result<Vec<CatalogRole>, Error> {
        Ok(self.read::<Entities<_>>(get(ALL), &[catalog]).await?.items)
    }

    /// `POST /catalogs/{catalogName}/catalog-roles`. `None` from servers before 1.2, which do not tell.
    pub async fn create_catalog_role(
        &self,
        catalog: &str,
        role: &NewEntity,
    ) -> Result<Option<CatalogRole>, Error> {
        new_name(&role.name)?;
        let body = wrapped(post(ALL), "catalogRole", role)?;
        self.create(post(ALL), &[catalog], body).await
    }

    /// `GET /catalogs/{catalogName}/catalog-roles/{catalogRoleName}`.
    pub async fn get_catalog_role(&self, catalog: &str, role: &str) -> Result<CatalogRole, Error> {
        self.read(get(ONE), &[catalog, role]).await
    }

    /// `PUT /catalogs/{catalogName}/catalog-roles/{catalogRoleName}`: replaces all properties. A stale version
    /// is a conflict.
    pub async fn update_catalog_role(
        &self,
        catalog: &str,
        role: &str,
        update: &UpdateEntity,
    ) -> Result<CatalogRole, Error> {
        let body = Body::new(put(ONE), update)?;
        self.change(put(ONE), &[catalog, role], Some(body)).await
    }

    /// `DELETE /catalogs/{catalogName}/catalog-roles/{catalogRoleName}`. 400 for `catalog_admin`.
    pub async fn delete_catalog_role(&self, catalog: &str, role: &str) -> Result<(), Error> {
        self.write(delete(ONE), &[catalog, role], None)
            .await
            .map(drop)
    }

    /// `GET /catalogs/{catalogName}/catalog-roles/{catalogRoleName}/principal-roles`: who holds the role.
    pub async fn list_assignee_principal_roles(
        &self,
        catalog: &str,
        role: &str,
    ) -> Result<Vec<PrincipalRole>, Error> {
        let roles: Entities<_> = self.read(get(HOLDERS), &[catalog, role]).await?;
        Ok(roles.items)
    }
}
