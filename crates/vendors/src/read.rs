use iceberg_rest::{Error, Listing, Route, Server, client::aside};
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

/// A list in order of the names in it.
pub(crate) async fn in_order<T: Send + 'static>(
    mut list: Listing<T>,
    name: fn(&T) -> &String,
) -> Listing<T> {
    // What a name takes, about.
    let bytes = 64 * list.items.len();
    let sort = move || {
        list.items.sort_by(|one, other| name(one).cmp(name(other)));
        list
    };
    aside(bytes, sort).await
}
