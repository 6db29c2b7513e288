use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    error::AppError,
    paths::Place,
    polaris::{Managed, roles::PrincipalView},
};

/// A principal and its roles, in three requests.
#[server(prefix = "/api", endpoint = "principal", input = GetUrl)]
pub async fn load_principal(
    place: Place,
    name: String,
) -> Result<Managed<PrincipalView>, AppError> {
    backend::polaris::principals::load_principal(&crate::session()?, place, name).await
}

#[server(prefix = "/api", endpoint = "principal-role-assign")]
pub async fn assign_principal_role(
    place: Place,
    principal: String,
    role: String,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    backend::polaris::principals::assign_principal_role(
        &crate::session()?,
        place,
        principal,
        role,
        once,
    )
    .await
}

/// `confirm` is asked for where Crowsnest may act as the principal.
#[server(prefix = "/api", endpoint = "principal-role-unassign")]
pub async fn unassign_principal_role(
    place: Place,
    principal: String,
    role: String,
    #[server(default)] confirm: String,
    #[server(default)] once: String,
    #[server(default)] names: String,
) -> Result<(), AppError> {
    use backend::change::press::Press;
    backend::polaris::principals::unassign_principal_role(
        &crate::session()?,
        place,
        principal,
        role,
        confirm,
        Press { once, names },
    )
    .await
}

/// Goes to the list afterwards.
#[server(prefix = "/api", endpoint = "principal-delete")]
pub async fn delete_principal(
    place: Place,
    name: String,
    confirm: String,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    let list = backend::polaris::principals::delete_principal(
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
