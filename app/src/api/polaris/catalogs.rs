use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    error::AppError,
    paths::Place,
    polaris::{Managed, catalogs::CatalogView},
};

/// A catalog's settings and the names of its roles and namespaces, in three requests.
#[server(prefix = "/api", endpoint = "catalog", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_catalog(place: Place) -> Result<Managed<CatalogView>, AppError> {
    backend::polaris::catalogs::load_catalog(&crate::session()?, place).await
}
