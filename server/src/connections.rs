mod edit;
mod imported;
mod kept;
pub mod reload;

use axum::Router;
use backend::{Registry, Spec, Ways, connections::probe, search};
use model::{
    error::AppError,
    paths::{HOME, PROBE, SEARCH_MORE},
};
use store::Store;

use crate::{
    config::Error,
    forms::{Form, button},
};

/// The connections of a configuration, whose changes are recorded in the store. Calls nobody yet.
pub fn connect(specs: Vec<Spec>, store: Option<Store>, ways: Ways) -> Result<Registry, Error> {
    let registry = Registry::new(store, ways).map_err(Error::new)?;
    for spec in specs {
        let name = spec.name.clone();
        let failed = |error| Error::new(format_args!("connection “{name}”: {error}"));
        registry.put(spec).map_err(failed)?;
    }
    Ok(registry)
}

pub use imported::sweep;
pub use kept::{bring, follow};

/// The forms of the home page and of the search.
pub fn routes() -> Router {
    Router::new()
        .route(PROBE, button(Some(HOME), probe_now))
        .route(SEARCH_MORE, button(None, read_more))
        .merge(edit::routes())
}

/// Looks at every connection now. The home page asks again for those that take longer.
async fn probe_now(form: Form) -> Result<(), AppError> {
    probe(&form.session).await;
    Ok(())
}

/// Reads more of the names of a connection.
async fn read_more(form: Form) -> Result<(), AppError> {
    search::more(&form.session, &form.fields.text("in")).await
}
