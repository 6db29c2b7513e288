use axum::{Extension, Router, response::Redirect, routing::post};
use backend::{Registry, Session, Spec, connections::probe};
use model::paths::{HOME, PROBE};

use crate::config::Error;

/// The connections of a configuration. Calls nobody yet.
pub fn connect(specs: Vec<Spec>) -> Result<Registry, Error> {
    let registry = Registry::new().map_err(Error::new)?;
    for spec in specs {
        let name = spec.name.clone();
        let failed = |error| Error::new(format_args!("connection “{name}”: {error}"));
        registry.put(spec).map_err(failed)?;
    }
    Ok(registry)
}

/// The form of the home page.
pub fn routes() -> Router {
    Router::new().route(PROBE, post(probe_now))
}

/// Looks at every connection now. The home page asks again for those that take longer.
async fn probe_now(Extension(session): Extension<Session>) -> Redirect {
    probe(&session).await;
    Redirect::to(HOME)
}
