//! Who may do what on a Polaris, according to the grants that were collected. `ask` is the query of
//! the page's own address.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::{
    access::{
        Collected,
        explain::Explain,
        graph::Graph,
        overview::Overview,
        reach::{Reach, ReachAsk},
        who::{Who, WhoAsk},
    },
    codec::Json,
    error::AppError,
    paths::Place,
};

#[server(prefix = "/api", endpoint = "access", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_overview(place: Place) -> Result<Collected<Overview>, AppError> {
    backend::access::load_overview(&crate::session()?, place).await
}

#[server(prefix = "/api", endpoint = "who", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_who(
    place: Place,
    object: String,
    ask: WhoAsk,
) -> Result<Collected<Who>, AppError> {
    backend::access::load_who(&crate::session()?, place, object, ask).await
}

#[server(prefix = "/api", endpoint = "reach", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_reach(place: Place, ask: ReachAsk) -> Result<Collected<Reach>, AppError> {
    backend::access::load_reach(&crate::session()?, place, ask).await
}

#[server(prefix = "/api", endpoint = "explain", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_explanation(place: Place, ask: String) -> Result<Collected<Explain>, AppError> {
    backend::access::load_explanation(&crate::session()?, place, ask).await
}

#[server(prefix = "/api", endpoint = "graph", input = GetUrl, output = Json, client = crate::Page)]
pub async fn load_graph(place: Place, ask: String) -> Result<Collected<Graph>, AppError> {
    backend::access::load_graph(&crate::session()?, place, ask).await
}
