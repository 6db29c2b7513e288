//! Tables in other formats than Iceberg.

use iceberg_rest::Listing;
use model::{
    change::Object,
    error::AppError,
    paths::Place,
    polaris::{Managed, native::GenericTableView},
    settings::settings,
    shown,
};

use super::policies::named;
use crate::{
    Session,
    blocking::blocking,
    change::Change,
    confirm::confirmed,
    entity::missing,
    place::{catalog_service, table},
};

/// The generic tables of a namespace.
pub async fn list_generic_tables(
    session: &Session,
    place: Place,
) -> Result<Managed<Listing<String>>, AppError> {
    session
        .managed(
            "generic tables",
            place,
            (),
            |session, place, ()| async move {
                let (_, service) = catalog_service(&session, &place).await?;
                let mut names = service.list_generic_tables(&named(&place)?).await?;
                let sort = move || {
                    names.items.sort();
                    names
                };
                blocking(sort).await
            },
        )
        .await
}

/// One generic table of a namespace.
pub async fn load_generic_table(
    session: &Session,
    place: Place,
    name: String,
) -> Result<Managed<GenericTableView>, AppError> {
    session
        .managed(
            "generic table",
            place,
            name,
            |session, place, name| async move {
                let (_, service) = catalog_service(&session, &place).await?;
                let table = service.load_generic_table(&named(&place)?, &name).await;
                let table = table.map_err(|error| missing(error.into(), "generic table", &name))?;
                Ok(GenericTableView {
                    name: table.name,
                    format: table.format,
                    location: table.base_location.as_deref().map(shown::plain),
                    doc: table.doc.as_deref().map(shown::plain),
                    properties: settings(&table.properties, session.reveal()),
                })
            },
        )
        .await
}

/// Answers the address of the list. The files stay.
pub async fn drop_generic_table(
    session: &Session,
    place: Place,
    name: String,
    confirm: String,
    once: String,
) -> Result<String, AppError> {
    confirmed(&confirm, &name, false)?;
    let (connection, service) = catalog_service(session, &place).await?;
    let (namespace, object) = (named(&place)?, table(&place, &connection, &name)?);
    let drop = async move { service.drop_generic_table(&namespace, &name).await };
    let change = Change::new("dropGenericTable", Object::One(object));
    connection.remove(once, change, drop).await?;
    Ok(place.generic_tables_path())
}
