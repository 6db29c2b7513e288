use reqwest::header::{HeaderName, HeaderValue};
use url::Url;

use super::{Client, Received};
use crate::{
    capability,
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
        match result
            .as_ref()
            .map_err(|error| capability::refusal(operation, error))
        {
            Ok(_) => server.seen(|seen| seen.refused.remove(&operation)),
            Err(Some(reason)) => server.seen(|seen| seen.refused.insert(operation, reason)),
            Err(None) => None,
        };
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

    /// Any success means yes: servers answer 200 or 204.
    pub(super) async fn exists(
        &self,
        head: Operation,
        get: Operation,
        path: &str,
    ) -> Result<bool, Error> {
        let url = self.address(path)?;
        let mut result = Err(Error::new(ErrorKind::Unsupported, head.route(), ""));
        if self.dialect().profile().head {
            result = self.read(head, url.clone(), &[]).await;
        }
        if result
            .as_ref()
            .is_err_and(|error| error.kind == ErrorKind::Unsupported)
        {
            result = self.read(get, url, &self.delegation()).await;
        }
        match result {
            Ok(_) => Ok(true),
            Err(error) if error.kind == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}
