use reqwest::header::{HeaderName, HeaderValue};
use url::Url;

use super::{Client, Received};
use crate::{
    capability::Support,
    error::{Error, ErrorKind},
    operation::Operation,
};

impl Client {
    /// The address of what stands behind the prefix.
    pub(super) fn address(&self, path: &str) -> Result<Url, Error> {
        self.address_in("/v1", path)
    }

    /// The address of `path` behind the prefix in another API below the catalog's address, `api`: `/polaris/v1`.
    ///
    /// `path` starts with a slash and is encoded already, its query included. Fails with [`ErrorKind::Invalid`]
    /// where a parser would read another address than what was written.
    pub fn address_in(&self, api: &str, path: &str) -> Result<Url, Error> {
        let slash = if self.0.prefix.is_empty() { "" } else { "/" };
        self.0
            .base
            .join(&format!("{api}{slash}{}{path}", self.0.prefix))
    }

    /// A read of the catalog; what it shows about the server's abilities is remembered.
    pub(super) async fn read(
        &self,
        operation: Operation,
        url: Url,
        headers: &[(HeaderName, HeaderValue)],
    ) -> Result<Received, Error> {
        let route = operation.route();
        let server = &self.0.server;
        let result = if route.method == "HEAD" {
            server.head(route, url).await
        } else {
            server.get_with(route, url, headers).await
        };
        self.0.refused.learn(operation, result.as_ref().err());
        result
    }

    /// Lakekeeper and Nessie send storage keys unless told not to; elsewhere the header would ask for them.
    pub(super) fn delegation(&self) -> Vec<(HeaderName, HeaderValue)> {
        let name = HeaderName::from_static("x-iceberg-access-delegation");
        let asked = self.dialect().profile().opts_out_of_credentials;
        asked
            .then(|| (name, HeaderValue::from_static("client-managed")))
            .into_iter()
            .collect()
    }

    /// Any success means yes: servers answer 200 or 204. `HEAD` is asked only of servers that say they have it, and
    /// its 404 has no body that says what is missing: so a `GET` has the last word.
    pub(super) async fn exists(
        &self,
        head: Operation,
        get: Operation,
        path: &str,
    ) -> Result<bool, Error> {
        let url = self.address(path)?;
        let mut missing = false;
        if self.dialect().profile().head && self.capabilities().support(head) == Support::Yes {
            match self.read(head, url.clone(), &[]).await {
                Ok(_) => return Ok(true),
                Err(error) if error.kind == ErrorKind::NotFound => missing = true,
                Err(error) if error.kind == ErrorKind::Unsupported => {}
                Err(error) => return Err(error),
            }
        }
        match self.read(get, url, &self.delegation()).await {
            Ok(_) => Ok(true),
            Err(error) if error.kind == ErrorKind::NotFound => Ok(false),
            Err(error) if missing && error.status == Some(404) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
