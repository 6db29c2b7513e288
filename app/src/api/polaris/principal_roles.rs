use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    error::AppError,
    paths::Place,
    polaris::{Managed, roles::PrincipalRoleView},
};

/// A principal role, its members, and what it holds in each catalog.
#[server(prefix = "/api", endpoint = "principal-role", input = GetUrl)]
pub async fn load_principal_role(
    place: Place,
    name: String,
) -> Result<Managed<PrincipalRoleView>, AppError> {
    backend::polaris::principal_roles::load_principal_role(&crate::session()?, place, name).await
}

/// The place names the catalog.
#[server(prefix = "/api", endpoint = "catalog-role-assign")]
pub async fn assign_catalog_role(
    place: Place,
    catalog: String,
    principal_role: String,
    catalog_role: String,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    backend::polaris::principal_roles::assign_catalog_role(
        &crate::session()?,
        place,
        catalog,
        principal_role,
        catalog_role,
        once,
    )
    .await
}

/// `confirm` is asked for where it may be Crowsnest's own last way to manage access.
#[server(prefix = "/api", endpoint = "catalog-role-revoke")]
pub async fn revoke_catalog_role(
    place: Place,
    catalog: String,
    principal_role: String,
    catalog_role: String,
    #[server(default)] confirm: String,
    #[server(default)] once: String,
    #[server(default)] names: String,
) -> Result<(), AppError> {
    use backend::change::press::Press;
    backend::polaris::principal_roles::revoke_catalog_role(
        &crate::session()?,
        place,
        catalog,
        principal_role,
        catalog_role,
        confirm,
        Press { once, names },
    )
    .await
}

/// Goes to the list afterwards.
#[server(prefix = "/api", endpoint = "principal-role-delete")]
pub async fn delete_principal_role(
    place: Place,
    name: String,
    confirm: String,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    let list = backend::polaris::principal_roles::delete_principal_role(
        &crate::session()?,
        place,
        name,
        confirm,
        once,
    )
    .await?;
    leptos_axum::redirect(&list);
    Ok(())
}
