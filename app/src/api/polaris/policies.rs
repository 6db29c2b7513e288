use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    error::AppError,
    paths::Place,
    polaris::{
        Managed,
        native::{Policies, PolicyView},
    },
};

/// The policies that live in a namespace, and those that hold for it, or for the table or view that
/// the place names there.
#[server(prefix = "/api", endpoint = "policies", input = GetUrl)]
pub async fn list_policies(
    place: Place,
    policy_type: String,
) -> Result<Managed<Policies>, AppError> {
    backend::polaris::policies::list_policies(&crate::session()?, place, policy_type).await
}

#[server(prefix = "/api", endpoint = "policy", input = GetUrl)]
pub async fn load_policy(place: Place, name: String) -> Result<Managed<PolicyView>, AppError> {
    backend::polaris::policies::load_policy(&crate::session()?, place, name).await
}

/// Attaches to the catalog, to the namespace whose levels stand one a line, or to the table or view
/// `target` in it; or detaches from there.
#[server(prefix = "/api", endpoint = "policy-attach")]
pub async fn attach_policy(
    place: Place,
    name: String,
    #[server(default)] levels: String,
    #[server(default)] target: String,
    #[server(default)] detach: bool,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    backend::polaris::policies::attach_policy(
        &crate::session()?,
        place,
        name,
        levels,
        target,
        detach,
        once,
    )
    .await
}

/// Goes to the list afterwards.
#[server(prefix = "/api", endpoint = "policy-drop")]
pub async fn drop_policy(
    place: Place,
    name: String,
    confirm: String,
    #[server(default)] detach_all: bool,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    let list = backend::polaris::policies::drop_policy(
        &crate::session()?,
        place,
        name,
        confirm,
        detach_all,
        once,
    )
    .await?;
    leptos_axum::redirect(&list);
    Ok(())
}
