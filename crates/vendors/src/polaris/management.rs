//! The management API of Apache Polaris (`polaris-management-service.yaml` of 1.7.0): one method per
//! operation. It has no paging: every list is whole.

mod catalog_roles;
mod catalogs;
mod grants;
mod principal_roles;
mod principals;

use std::collections::BTreeMap;

use iceberg_rest::{
    Error, ErrorKind, Hint, Route, Server,
    client::{Body, Received},
};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use super::{native, types::check_name};

/// The management API of one server, as the identity of its connection. Cheap to clone.
///
/// It stands beside the catalog API, so the connection's address must end in `/api/catalog`; otherwise
/// every call fails with [`ErrorKind::Unsupported`] and nothing is sent. Changes are sent once: one whose
/// outcome nobody can tell fails with [`ErrorKind::CommitStateUnknown`].
#[derive(Clone)]
pub struct Management(Server);

impl Management {
    /// Nothing is sent.
    pub fn new(server: Server) -> Self {
        Self(server)
    }

    async fn read<T: DeserializeOwned + Send + 'static>(
        &self,
        route: Route,
        names: &[&str],
    ) -> Result<T, Error> {
        let url = self.address(route, names)?;
        self.0.get(route, url).await?.json(route).await
    }

    async fn write(
        &self,
        route: Route,
        names: &[&str],
        body: Option<Body>,
    ) -> Result<Received, Error> {
        let url = self.address(route, names)?;
        self.0.write(route, url, body).await.map_err(explain)
    }

    /// A change that answers with what it made.
    async fn change<T: DeserializeOwned + Send + 'static>(
        &self,
        route: Route,
        names: &[&str],
        body: Option<Body>,
    ) -> Result<T, Error> {
        self.write(route, names, body).await?.made(route).await
    }

    /// Servers before 1.2 create without telling what: then there is nothing to read.
    async fn create<T: DeserializeOwned + Send + 'static>(
        &self,
        route: Route,
        names: &[&str],
        body: Body,
    ) -> Result<Option<T>, Error> {
        let received = self.write(route, names, Some(body)).await?;
        match received.body.is_empty() {
            true => Ok(None),
            false => received.made(route).await.map(Some),
        }
    }

    fn address(&self, route: Route, names: &[&str]) -> Result<Url, Error> {
        let segments: Result<Vec<_>, _> = names.iter().map(|name| native::segment(name)).collect();
        let path = native::fill(route.template, &segments?);
        self.0.beside(route, "/api/catalog", &path)
    }
}

/// `{"catalog": …}`, `{"grant": …}`: the API wraps what it is given.
fn wrapped(route: Route, key: &str, inner: impl Serialize) -> Result<Body, Error> {
    Body::new(route, &BTreeMap::from([(key, inner)]))
}

/// Refuses a new name as the server would, before anything is sent.
fn new_name(name: &str) -> Result<(), Error> {
    check_name(name).map_err(Error::invalid)
}

/// Polaris answers 400 without a word where a body lacks something, or holds a value that it does not know.
fn explain(error: Error) -> Error {
    if error.kind != ErrorKind::BadRequest || !error.message.ends_with("without saying why.") {
        return error;
    }
    let hint = match error.path_template.rsplit('/').next() {
        Some("grants") => Hint::Privilege,
        Some("catalogs" | "{catalogName}") => Hint::Storage,
        _ => Hint::Lacking,
    };
    error.with_hint(hint)
}
