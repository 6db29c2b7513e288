use iceberg_rest::Listing;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    error::AppError,
    paths::Place,
    polaris::{Managed, native::GenericTableView},
};

/// The generic tables of a namespace.
#[server(prefix = "/api", endpoint = "generic-tables", input = GetUrl, output = Json, client = crate::Page)]
pub async fn list_generic_tables(place: Place) -> Result<Managed<Listing<String>>, AppError> {
    backend::polaris::generic_tables::list_generic_tables(&crate::session()?, place).await
}

#[server(prefix = "/api", endpoint = "generic-table", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_generic_table(
    place: Place,
    name: String,
) -> Result<Managed<GenericTableView>, AppError> {
    backend::polaris::generic_tables::load_generic_table(&crate::session()?, place, name).await
}
