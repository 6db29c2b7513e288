//! What the pages about Polaris' access control and its own kinds of objects read and change.

pub mod catalog_roles;
pub mod catalogs;
pub mod generic_tables;
pub mod lists;
pub mod policies;
pub mod principal_roles;
pub mod principals;

use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    error::AppError,
    paths::Place,
    polaris::{Managed, native::Offers},
};

/// Whether the connection's server has principals, roles and grants, as far as is known without
/// asking it.
#[server(prefix = "/api", endpoint = "has-access", input = GetUrl)]
pub async fn has_access(connection: String) -> Result<bool, AppError> {
    backend::polaris::has_access(&crate::session()?, connection)
}

/// Why nothing may be changed on the connection, where that is so, for a form that needs nothing else.
#[server(prefix = "/api", endpoint = "locked", input = GetUrl)]
pub async fn load_locked(connection: String) -> Result<Managed<()>, AppError> {
    backend::polaris::load_locked(&crate::session()?, connection)
}

/// What Polaris adds to a namespace, as far as this server says that it has it.
#[server(prefix = "/api", endpoint = "offers", input = GetUrl)]
pub async fn load_offers(place: Place) -> Result<Offers, AppError> {
    backend::polaris::load_offers(&crate::session()?, place).await
}
