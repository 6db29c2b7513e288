use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    error::AppError,
    paths::Place,
    polaris::{Managed, roles::PrincipalView},
};

/// A principal and its roles, in three requests.
#[server(prefix = "/api", endpoint = "principal", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_principal(
    place: Place,
    name: String,
) -> Result<Managed<PrincipalView>, AppError> {
    backend::polaris::principals::load_principal(&crate::session()?, place, name).await
}
