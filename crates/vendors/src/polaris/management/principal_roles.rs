use iceberg_rest::{Error, client::Body};

use super::{Management, new_name, wrapped};
use crate::polaris::{
    native::{delete, get, post, put},
    types::{CatalogRole, Entities, NewEntity, Principal, PrincipalRole, UpdateEntity},
};
const ALL: &str = "/api/management/v1/principal-roles";
const ONE: &str = "/api/management/v1/principal-roles/{principalRoleName}";
const MEMBERS: &str = "/api/management/v1/principal-roles/{principalRoleName}/principals";
const HELD: &str =
    "/api/management/v1/principal-roles/{principalRoleName}/catalog-roles/{catalogName}";
const HELD_ONE: &str = "/api/management/v1/principal-roles/{principalRoleName}/catalog-roles/{catalogName}/{catalogRoleName}";

impl Management {
    /// `GET /principal-roles`.
    pub async fn list_principal_roles(&self) -> Result<Vec<PrincipalRole>, Error> {
        Ok(self.read::<Entities<_>>(get(ALL), &[]).await?.items)
    }

    /// `POST /principal-roles`. `None` from servers before 1.2, which do not tell.
    pub async fn create_principal_role(
        &self,
        role: &NewEntity,
    ) -> Result<Option<PrincipalRole>, Error> {
        new_name(&role.name)?;
        let body = wrapped(post(ALL), "principalRole", role)?;
        self.create(post(ALL), &[], body).await
    }

    /// `GET /principal-roles/{principalRoleName}`.
    pub async fn get_principal_role(&self, role: &str) -> Result<PrincipalRole, Error> {
        self.read(get(ONE), &[role]).await
    }

    /// `PUT /principal-roles/{principalRoleName}`: replaces all properties. A stale version is a conflict.
    pub async fn update_principal_role(
        &self,
        role: &str,
        update: &UpdateEntity,
    ) -> Result<PrincipalRole, Error> {
        let body = Body::new(put(ONE), update)?;
        self.change(put(ONE), &[role], Some(body)).await
    }

    /// `DELETE /principal-roles/{principalRoleName}`. 400 for `service_admin`.
    pub async fn delete_principal_role(&self, role: &str) -> Result<(), Error> {
        self.write(delete(ONE), &[role], None).await.map(drop)
    }

    /// `GET /principal-roles/{principalRoleName}/principals`.
    pub async fn list_assignee_principals(&self, role: &str) -> Result<Vec<Principal>, Error> {
        let principals: Entities<_> = self.read(get(MEMBERS), &[role]).await?;
        Ok(principals.items)
    }

    /// `GET /principal-roles/{principalRoleName}/catalog-roles/{catalogName}`: the roles it holds in that catalog.
    pub async fn list_catalog_roles_for_principal_role(
        &self,
        role: &str,
        catalog: &str,
    ) -> Result<Vec<CatalogRole>, Error> {
        let roles: Entities<_> = self.read(get(HELD), &[role, catalog]).await?;
        Ok(roles.items)
    }

    /// `PUT /principal-roles/{principalRoleName}/catalog-roles/{catalogName}`. Assigning what is assigned succeeds.
    pub async fn assign_catalog_role(
        &self,
        role: &str,
        catalog: &str,
        catalog_role: &str,
    ) -> Result<(), Error> {
        let given = NewEntity {
            name: catalog_role.to_owned(),
            ..NewEntity::default()
        };
        let body = wrapped(put(HELD), "catalogRole", given)?;
        self.write(put(HELD), &[role, catalog], Some(body))
            .await
            .map(drop)
    }

    /// `DELETE /principal-roles/{principalRoleName}/catalog-roles/{catalogName}/{catalogRoleName}`. `NotFound`
    /// when it is not assigned.
    pub async fn revoke_catalog_role(
        &self,
        role: &str,
        catalog: &str,
        catalog_role: &str,
    ) -> Result<(), Error> {
        self.write(delete(HELD_ONE), &[role, catalog, catalog_role], None)
            .await
            .map(drop)
    }
}
