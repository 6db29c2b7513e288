use iceberg_rest::{Error, Route, Server};
use serde::de::DeserializeOwned;

/// A read of the server's own API: `end` of the catalog's address gives way to `path`, which holds its query.
pub(crate) async fn read<T: DeserializeOwned + Send + 'static>(
    server: &Server,
    route: Route,
    end: &str,
    path: &str,
) -> Result<T, Error> {
    let url = server.beside(route, end, path)?;
    server.get(route, url).await?.json(route).await
}
