//! What a catalog role holds, read and changed.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    access::{
        Collected,
        grants::{Beginning, Desk, Pick, Picks},
        loss::Losses,
    },
    batch::Batch,
    codec::Json,
    error::AppError,
    paths::Place,
};

/// The catalogs to choose from, or the roles of the one that is chosen.
#[server(prefix = "/api", endpoint = "grants-begin", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_beginning(place: Place) -> Result<Beginning, AppError> {
    backend::grants::load_beginning(&crate::session()?, place).await
}

/// One catalog role and one object. `ask` is the query of the page's address.
#[server(prefix = "/api", endpoint = "grants", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_desk(place: Place, ask: String) -> Result<Desk, AppError> {
    backend::grants::load_desk(&crate::session()?, place, ask).await
}

/// The change of what the role holds on the object that is under way, or what came of the last one.
#[server(prefix = "/api", endpoint = "grants-last", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_last(place: Place, ask: String) -> Result<Option<Batch>, AppError> {
    backend::grants::load_last(&crate::session()?, place, ask).await
}

/// What revoking the privilege `revoke` of `ask` takes away, or who gains what by granting each `privilege` of it.
#[server(prefix = "/api", endpoint = "grants-shifts", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_shifts(place: Place, ask: String) -> Result<Collected<Losses>, AppError> {
    backend::grants::load_shifts(&crate::session()?, place, ask).await
}

/// What a grant can be made on inside of `place`, by name.
#[server(prefix = "/api", endpoint = "grants-picks", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_picks(place: Place, pick: Pick) -> Result<Picks, AppError> {
    backend::grants::load_picks(&crate::session()?, place, pick).await
}
