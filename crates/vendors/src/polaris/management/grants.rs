use iceberg_rest::Error;

use super::{Management, wrapped};
use crate::polaris::{
    native::{get, post, put},
    types::{Entities, GrantResource},
};
const ALL: &str =
    "/api/management/v1/catalogs/{catalogName}/catalog-roles/{catalogRoleName}/grants";

impl Management {
    /// `GET /catalogs/{catalogName}/catalog-roles/{catalogRoleName}/grants`.
    pub async fn list_grants(
        &self,
        catalog: &str,
        role: &str,
    ) -> Result<Vec<GrantResource>, Error> {
        let grants: Entities<_> = self.read(get(ALL), &[catalog, role]).await?;
        Ok(grants.items)
    }

    /// `PUT /catalogs/{catalogName}/catalog-roles/{catalogRoleName}/grants`. Granting what is granted succeeds.
    pub async fn add_grant(
        &self,
        catalog: &str,
        role: &str,
        grant: &GrantResource,
    ) -> Result<(), Error> {
        let body = wrapped(put(ALL), "grant", grant)?;
        self.write(put(ALL), &[catalog, role], Some(body))
            .await
            .map(drop)
    }

    /// `POST /catalogs/{catalogName}/catalog-roles/{catalogRoleName}/grants`. `NotFound` when it is not granted.
    ///
    /// `?cascade=true` is left out: servers answer 501.
    pub async fn revoke_grant(
        &self,
        catalog: &str,
        role: &str,
        grant: &GrantResource,
    ) -> Result<(), Error> {
        let body = wrapped(post(ALL), "grant", grant)?;
        self.write(post(ALL), &[catalog, role], Some(body))
            .await
            .map(drop)
    }
}
