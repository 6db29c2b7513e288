use iceberg_rest::{Error, client::Body};

use super::{Management, new_name, wrapped};
use crate::polaris::{
    native::{delete, get, post, put},
    types::{Catalog, Entities, NewCatalog, UpdateCatalog},
};
const ALL: &str = "/api/management/v1/catalogs";
const ONE: &str = "/api/management/v1/catalogs/{catalogName}";

impl Management {
    /// `GET /catalogs`. Only service admins may: a grant on a catalog does not reach the list.
    pub async fn list_catalogs(&self) -> Result<Vec<Catalog>, Error> {
        Ok(self.read::<Entities<_>>(get(ALL), &[]).await?.items)
    }

    /// `POST /catalogs`. `None` from servers before 1.2, which do not tell.
    ///
    /// 400 for a storage type that the server is not set up for and for locations of another catalog, 406
    /// for a federated catalog where federation is off.
    pub async fn create_catalog(&self, catalog: &NewCatalog) -> Result<Option<Catalog>, Error> {
        new_name(&catalog.name)?;
        let auth = catalog.connection_config_info.as_ref();
        let auth = auth.and_then(|config| config.authentication_parameters.as_ref());
        let secrets = auth.map(|auth| [&auth.client_secret, &auth.bearer_token]);
        let body = wrapped(post(ALL), "catalog", catalog)?;
        let body = body.with_secrets(secrets.into_iter().flatten().flatten());
        self.create(post(ALL), &[], body).await
    }

    /// `GET /catalogs/{catalogName}`.
    pub async fn get_catalog(&self, catalog: &str) -> Result<Catalog, Error> {
        self.read(get(ONE), &[catalog]).await
    }

    /// `PUT /catalogs/{catalogName}`: replaces all properties and the storage settings. A stale version is a
    /// conflict, which names both; the storage type cannot change.
    pub async fn update_catalog(
        &self,
        catalog: &str,
        update: &UpdateCatalog,
    ) -> Result<Catalog, Error> {
        let body = Body::new(put(ONE), update)?;
        self.change(put(ONE), &[catalog], Some(body)).await
    }

    /// `DELETE /catalogs/{catalogName}`. 400 when it is not empty, or has roles besides `catalog_admin`.
    pub async fn delete_catalog(&self, catalog: &str) -> Result<(), Error> {
        self.write(delete(ONE), &[catalog], None).await.map(drop)
    }
}
