//! Who may do what on a Polaris, according to the grants that were collected. `ask` is the query of
//! the page's own address.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::access::{
        Collected,
        explain::Explain,
        graph::Graph,
        overview::Overview,
        reach::{Reach, ReachAsk},
        who::{Who, WhoAsk},
    },
    paths::Place,
};

#[cfg(feature = "ssr")]
use {
    crate::{
        error::Kind,
        paths::{Query, read_object},
        session::{collected, session},
    },
    access::polaris::Object,
};

#[server(prefix = "/api", endpoint = "access", input = GetUrl)]
pub async fn load_overview(place: Place) -> Result<Collected<Overview>, AppError> {
    collected(&place, |access| Ok(Overview::new(access))).await
}

#[server(prefix = "/api", endpoint = "who", input = GetUrl)]
pub async fn load_who(
    place: Place,
    object: String,
    ask: WhoAsk,
) -> Result<Collected<Who>, AppError> {
    let object = object_of(&place, &object)?;
    collected(&place, |access| Ok(Who::new(access, object, &ask))).await
}

#[server(prefix = "/api", endpoint = "reach", input = GetUrl)]
pub async fn load_reach(place: Place, ask: ReachAsk) -> Result<Collected<Reach>, AppError> {
    collected(&place, |access| Ok(Reach::new(access, &ask))).await
}

#[server(prefix = "/api", endpoint = "explain", input = GetUrl)]
pub async fn load_explanation(place: Place, ask: String) -> Result<Collected<Explain>, AppError> {
    let connection = session()?.connection(&place.connection)?;
    let catalog = connection.warehouse.as_deref();
    let query = Query::parse(&ask);
    collected(&place, |access| Ok(Explain::new(access, &query, catalog))).await
}

#[server(prefix = "/api", endpoint = "graph", input = GetUrl)]
pub async fn load_graph(place: Place, ask: String) -> Result<Collected<Graph>, AppError> {
    let query = Query::parse(&ask);
    collected(&place, |access| Ok(Graph::new(access.world(), &query))).await
}

/// The object that an address names, in the connection's own catalog where it names none.
#[cfg(feature = "ssr")]
pub fn object_of(place: &Place, query: &str) -> Result<Object, AppError> {
    let connection = session()?.connection(&place.connection)?;
    read_object(&Query::parse(query), "", connection.warehouse.as_deref()).ok_or_else(|| {
        AppError::new(Kind::NotFound, "This address names no object.")
            .hint("Choose a catalog, then walk to the object: its page links to who can use it.")
    })
}
