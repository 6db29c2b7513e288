//! Tables in other formats than Iceberg: `/polaris/v1/{prefix}/namespaces/{namespace}/generic-tables`
//! (`generic-tables-api.yaml` of Apache Polaris 1.7.0). They can be listed, loaded, created and dropped.

use iceberg_rest::{Error, Listing, Namespace, Pager, client::Body};

use super::{
    native::{CatalogService, Identifier, delete, get, post, segment},
    types::{GenericTable, LoadedGenericTable},
};

const ALL: &str = "/polaris/v1/{prefix}/namespaces/{namespace}/generic-tables";
const ONE: &str = "/polaris/v1/{prefix}/namespaces/{namespace}/generic-tables/{generic-table}";

impl CatalogService {
    /// `GET …/generic-tables`: their names. Authorised as a list of tables.
    pub async fn list_generic_tables(
        &self,
        namespace: &Namespace,
    ) -> Result<Listing<String>, Error> {
        let list = self.generic_tables_pager(namespace)?.collect().await?;
        Ok(list.map(|item| item.name))
    }

    /// [`CatalogService::list_generic_tables`], page by page.
    pub fn generic_tables_pager(&self, namespace: &Namespace) -> Result<Pager<Identifier>, Error> {
        let path = self.generic_tables_path(namespace)?;
        Ok(self.inside(get(ALL), namespace, path, String::new()))
    }

    /// `POST …/generic-tables`. It shares its name with no table or view there.
    pub async fn create_generic_table(
        &self,
        namespace: &Namespace,
        table: &GenericTable,
    ) -> Result<GenericTable, Error> {
        segment(&table.name)?;
        let path = self.generic_tables_path(namespace)?;
        let body = Body::new(post(ALL), table)?;
        let received = self.write(post(ALL), &path, Some(body)).await?;
        let loaded: LoadedGenericTable = received.made(post(ALL)).await?;
        Ok(loaded.table)
    }

    /// `GET …/generic-tables/{generic-table}`.
    pub async fn load_generic_table(
        &self,
        namespace: &Namespace,
        name: &str,
    ) -> Result<GenericTable, Error> {
        let path = format!(
            "{}/{}",
            self.generic_tables_path(namespace)?,
            segment(name)?
        );
        let loaded: LoadedGenericTable = self.read(get(ONE), &path).await?;
        Ok(loaded.table)
    }

    /// `DELETE …/generic-tables/{generic-table}`. Its files stay.
    pub async fn drop_generic_table(&self, namespace: &Namespace, name: &str) -> Result<(), Error> {
        let path = format!(
            "{}/{}",
            self.generic_tables_path(namespace)?,
            segment(name)?
        );
        self.write(delete(ONE), &path, None).await.map(drop)
    }

    fn generic_tables_path(&self, namespace: &Namespace) -> Result<String, Error> {
        Ok(format!(
            "{}/generic-tables",
            self.0.namespace_path(namespace)?
        ))
    }
}
