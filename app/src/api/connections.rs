use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    Read,
    codec::Json,
    connection_form::{ConnectionAsk, ConnectionForm, ConnectionList},
    connections::{Choices, ConnectionCard, Facts, Opened, Rights},
    error::AppError,
    paths::Place,
};

/// The configured connections, as last probed: waits for nothing. Those that failed are looked at again.
#[server(prefix = "/api", endpoint = "connections", input = GetUrl, output = Json, client = crate::Page)]
pub async fn list_connections() -> Result<Vec<ConnectionCard>, AppError> {
    Ok(backend::connections::list_connections(&crate::session()?).await)
}

/// What all pages of the connection, and of the warehouse that the place names, go by.
#[server(prefix = "/api", endpoint = "facts", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_facts(place: Place) -> Result<Facts, AppError> {
    backend::connections::load_facts(&crate::session()?, place).await
}

/// What the catalog says about itself; `fresh` connects anew.
#[server(prefix = "/api", endpoint = "connection", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_connection(place: Place, fresh: bool) -> Result<Read<Opened>, AppError> {
    backend::connections::load_connection(&crate::session()?, place, fresh).await
}

/// The server's warehouses, where it can name them; `fresh` asks it, whatever is kept.
#[server(prefix = "/api", endpoint = "warehouses", input = GetUrl, output = Json, client = crate::Page)]
pub async fn list_warehouses(place: Place, fresh: bool) -> Result<Choices, AppError> {
    backend::connections::list_warehouses(&crate::session()?, place, fresh).await
}

/// What this identity may do with the warehouse itself, where its server can be asked that.
#[server(prefix = "/api", endpoint = "rights", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_rights(place: Place) -> Result<Option<Rights>, AppError> {
    backend::connections::load_rights(&crate::session()?, place).await
}

/// Branches and tags, where the catalog has such.
#[server(prefix = "/api", endpoint = "references", input = GetUrl, output = Json, client = crate::Page)]
pub async fn list_references(place: Place) -> Result<Option<Choices>, AppError> {
    backend::connections::list_references(&crate::session()?, place).await
}

/// All connections, for who says which there are.
#[server(prefix = "/api", endpoint = "connection-list", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_connection_list() -> Result<ConnectionList, AppError> {
    backend::connections::load_connection_list(&crate::session()?).await
}

/// What the form of a connection is filled in with.
#[server(prefix = "/api", endpoint = "connection-form", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_connection_form(
    #[server(default)] ask: ConnectionAsk,
) -> Result<ConnectionForm, AppError> {
    backend::connections::load_connection_form(&crate::session()?, ask).await
}
