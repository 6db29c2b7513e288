//! What the calls of Polaris' own APIs have in common.

use std::hash::Hash;

use iceberg_rest::{
    Client, Error, InvalidName, Listing, Namespace, Pager, Route,
    client::{Body, Received},
    ident::{check_name, encode_segment},
    types::{Entries, Page, PageToken, lenient},
};
use serde::{Deserialize, de::DeserializeOwned};

/// Where Polaris' own catalog API stands below the connection's address.
const API: &str = "/polaris/v1";

/// A page of a list in Polaris' own catalog API. Servers as shipped put everything on one.
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned"))]
struct Entities<T> {
    #[serde(
        rename = "identifiers or applicable-policies",
        alias = "identifiers",
        alias = "applicable-policies"
    )]
    entries: Entries<T>,
    #[serde(default, rename = "next-page-token")]
    next: PageToken,
}

impl<T> From<Entities<T>> for Page<T> {
    fn from(page: Entities<T>) -> Self {
        Self::new(page.entries, page.next)
    }
}

/// What stands in a namespace: `{"namespace": […], "name": …}`.
#[derive(Deserialize, Hash)]
pub struct Identifier {
    /// Where it lies; empty where the server does not say.
    #[serde(default, deserialize_with = "lenient::list")]
    pub namespace: Vec<String>,
    /// Of a policy or a generic table.
    pub name: String,
}

pub(super) const fn get(template: &'static str) -> Route {
    route("GET", template)
}

pub(super) const fn post(template: &'static str) -> Route {
    route("POST", template)
}

pub(super) const fn put(template: &'static str) -> Route {
    route("PUT", template)
}

pub(super) const fn delete(template: &'static str) -> Route {
    route("DELETE", template)
}

const fn route(method: &'static str, template: &'static str) -> Route {
    Route { method, template }
}

/// A name as a path segment. Refuses what parsers fold: the request would reach another object.
pub(super) fn segment(name: &str) -> Result<String, InvalidName> {
    check_name(name)?;
    Ok(encode_segment(name))
}

/// The path of a template with these segments, which are encoded already, in its placeholders.
pub(super) fn fill(template: &str, segments: &[String]) -> String {
    let mut segments = segments.iter().map(String::as_str);
    let parts = template.split('/').map(|part| match part.starts_with('{') {
        true => segments.next().unwrap_or(part),
        false => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Polaris' own catalog API (`polaris-catalog-service.yaml` of 1.7.0): the policies and generic tables of one catalog.
/// Cheap to clone.
#[derive(Clone)]
pub struct CatalogService(pub(super) Client);

impl CatalogService {
    /// Nothing is sent.
    pub fn new(client: Client) -> Self {
        Self(client)
    }

    /// A list, all of it. `query` is empty or starts with `&`.
    pub(super) async fn list<T: DeserializeOwned + Hash + Send + 'static>(
        &self,
        route: Route,
        path: String,
        query: String,
    ) -> Result<Listing<T>, Error> {
        self.pager(route, path, query).collect().await
    }

    /// A list, page by page. `query` is empty or starts with `&`.
    pub(super) fn pager<T: DeserializeOwned + Hash + Send + 'static>(
        &self,
        route: Route,
        path: String,
        query: String,
    ) -> Pager<T> {
        let client = self.0.clone();
        Pager::new::<Entities<T>>(self.0.server(), route, move |token| {
            let token = token.map(|token| format!("&pageToken={}", encode_segment(token)));
            let query = format!("{}{query}", token.unwrap_or_default()).replacen('&', "?", 1);
            client.address_in(API, &format!("{path}{query}"))
        })
    }

    /// What stands in a namespace, page by page. `query` is empty or starts with `&`.
    pub(super) fn inside(
        &self,
        route: Route,
        namespace: &Namespace,
        path: String,
        query: String,
    ) -> Pager<Identifier> {
        let lies_in = self.0.lies_in(namespace);
        let pager = self.pager(route, path, query);
        pager.keeping(move |it: &Identifier| it.namespace.is_empty() || lies_in(&it.namespace))
    }

    pub(super) async fn read<T: DeserializeOwned + Send + 'static>(
        &self,
        route: Route,
        path: &str,
    ) -> Result<T, Error> {
        let url = self.0.address_in(API, path)?;
        self.0.server().get(route, url).await?.json(route).await
    }

    pub(super) async fn write(
        &self,
        route: Route,
        path: &str,
        body: Option<Body>,
    ) -> Result<Received, Error> {
        let url = self.0.address_in(API, path)?;
        self.0.server().write(route, url, body).await
    }
}

#[cfg(test)]
mod tests {
    use super::{fill, segment};

    #[test]
    fn names_stay_in_their_segment() {
        let segments = ["a b/ü", "x"].map(|name| segment(name).unwrap());
        let path = fill("/p/{principal}/roles/{role}", &segments);
        assert_eq!(path, "/p/a%20b%2F%C3%BC/roles/x");
        for name in ["", ".", ".."] {
            assert!(segment(name).is_err(), "{name}");
        }
    }
}
