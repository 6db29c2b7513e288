use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    error::AppError,
    paths::Place,
    polaris::{Managed, roles::PrincipalRoleView},
};

/// A principal role, its members, and what it holds in each catalog.
#[server(prefix = "/api", endpoint = "principal-role", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_principal_role(
    place: Place,
    name: String,
) -> Result<Managed<PrincipalRoleView>, AppError> {
    backend::polaris::principal_roles::load_principal_role(&crate::session()?, place, name).await
}
