use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::{
        Read,
        connections::{Choices, ConnectionCard, ConnectionView},
    },
    paths::Place,
};

/// The configured connections, as last probed: answers at once. Those that failed are looked at again.
#[server(prefix = "/api", endpoint = "connections", input = GetUrl)]
pub async fn list_connections() -> Result<Vec<ConnectionCard>, AppError> {
    let session = crate::session::session()?;
    Ok(session
        .connections()
        .iter()
        .map(|connection| {
            connection.look_again();
            (&**connection).into()
        })
        .collect())
}

/// What the catalog says about itself; `fresh` connects anew.
#[server(prefix = "/api", endpoint = "connection", input = GetUrl)]
pub async fn load_connection(place: Place, fresh: bool) -> Result<Read<ConnectionView>, AppError> {
    use crate::session::{load, session};
    let connection = session()?.connection(&place.connection)?;
    load(async {
        let (warehouse, reference) = (place.warehouse.as_deref(), place.reference.as_deref());
        let (client, at) = connection.connect(warehouse, reference, fresh).await?;
        Ok(Read {
            data: ConnectionView::new(&connection, &client),
            at: at.into(),
        })
    })
    .await
}

/// The server's warehouses, where it can name them.
#[server(prefix = "/api", endpoint = "warehouses", input = GetUrl)]
pub async fn list_warehouses(place: Place) -> Result<Choices, AppError> {
    use crate::session::seen_through;
    let read = seen_through("warehouses", place, (), |place, ()| {
        choices::warehouses(place)
    });
    Ok(read.await?.data)
}

/// Branches and tags, where the catalog has such.
#[server(prefix = "/api", endpoint = "references", input = GetUrl)]
pub async fn list_references(place: Place) -> Result<Option<Choices>, AppError> {
    use crate::session::seen_through;
    let read = seen_through("references", place, (), |place, ()| {
        choices::references(place)
    });
    Ok(read.await?.data)
}

#[cfg(feature = "ssr")]
mod choices;
