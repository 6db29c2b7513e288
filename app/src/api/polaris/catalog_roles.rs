use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    error::AppError,
    paths::Place,
    polaris::{Managed, roles::CatalogRoleView},
};

/// A catalog role, who holds it, and its grants, in four requests.
#[server(prefix = "/api", endpoint = "catalog-role", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_catalog_role(
    place: Place,
    name: String,
) -> Result<Managed<CatalogRoleView>, AppError> {
    backend::polaris::catalog_roles::load_catalog_role(&crate::session()?, place, name).await
}
