use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    codec::Json,
    error::AppError,
    people::{CatalogSignIn, People, SignIn, You},
};

/// What can be signed in with here. Anybody may ask.
#[server(prefix = "/api", endpoint = "sign_in", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_sign_in() -> Result<SignIn, AppError> {
    Ok(backend::people::load_sign_in(&crate::session()?))
}

/// What somebody signs in to a catalog with that is called as them.
#[server(prefix = "/api", endpoint = "catalog_sign_in", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_catalog_sign_in(connection: String) -> Result<CatalogSignIn, AppError> {
    backend::load_catalog_sign_in(&crate::session()?, &connection)
}

/// Who asks, with their sessions and tokens.
#[server(prefix = "/api", endpoint = "you", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_you() -> Result<You, AppError> {
    backend::people::load_you(&crate::session()?).await
}

/// Everybody, for an admin.
#[server(prefix = "/api", endpoint = "people", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_people() -> Result<People, AppError> {
    backend::people::load_people(&crate::session()?).await
}
