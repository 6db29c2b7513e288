mod choices;

use model::{
    Read,
    connections::{Choices, ConnectionCard, ConnectionView},
    error::AppError,
    paths::Place,
};

use crate::Session;

/// The configured connections, as last probed: answers at once. Those that failed are looked at again.
pub fn list_connections(session: &Session) -> Result<Vec<ConnectionCard>, AppError> {
    let session = session;
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
pub async fn load_connection(
    session: &Session,
    place: Place,
    fresh: bool,
) -> Result<Read<ConnectionView>, AppError> {
    let connection = session.connection(&place.connection)?;
    session
        .load(async {
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
pub async fn list_warehouses(session: &Session, place: Place) -> Result<Choices, AppError> {
    let read = session.seen_through("warehouses", place, (), |session, place, ()| {
        choices::warehouses(session, place)
    });
    Ok(read.await?.data)
}

/// Branches and tags, where the catalog has such.
pub async fn list_references(session: &Session, place: Place) -> Result<Option<Choices>, AppError> {
    let read = session.seen_through("references", place, (), |session, place, ()| {
        choices::references(session, place)
    });
    Ok(read.await?.data)
}
