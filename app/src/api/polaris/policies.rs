use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    error::AppError,
    paths::Place,
    polaris::{
        Managed,
        native::{Policies, PolicyView},
    },
};

/// The policies that live in a namespace, and those that hold for it, or for the table or view that
/// the place names there.
#[server(prefix = "/api", endpoint = "policies", input = GetUrl, output = Json, client = crate::Page)]
pub async fn list_policies(
    place: Place,
    policy_type: String,
) -> Result<Managed<Policies>, AppError> {
    backend::polaris::policies::list_policies(&crate::session()?, place, policy_type).await
}

#[server(prefix = "/api", endpoint = "policy", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_policy(place: Place, name: String) -> Result<Managed<PolicyView>, AppError> {
    backend::polaris::policies::load_policy(&crate::session()?, place, name).await
}
