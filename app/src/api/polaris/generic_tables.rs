use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::polaris::{Managed, native::GenericTableView},
    paths::Place,
};
#[cfg(feature = "ssr")]
use {
    super::{
        policies::named,
        reading::{catalog_service, confirmed, logged, missing, polaris},
    },
    crate::{
        change::press::{Removal, remove},
        model::settings::settings,
        session::{blocking, seen_through},
        shown,
    },
};

/// The generic tables of a namespace.
#[server(prefix = "/api", endpoint = "generic-tables", input = GetUrl)]
pub async fn list_generic_tables(place: Place) -> Result<Managed<Vec<String>>, AppError> {
    let (connection, _) = polaris(&place)?;
    let read = seen_through("generic tables", place, (), |place, ()| async move {
        let (_, service) = catalog_service(&place).await?;
        let mut names = service.list_generic_tables(&named(&place)?).await?.items;
        let sort = move || {
            names.sort();
            names
        };
        blocking(sort).await
    });
    Ok(Managed::read(&connection, read.await?))
}

#[server(prefix = "/api", endpoint = "generic-table", input = GetUrl)]
pub async fn load_generic_table(
    place: Place,
    name: String,
) -> Result<Managed<GenericTableView>, AppError> {
    let (connection, _) = polaris(&place)?;
    let read = seen_through("generic table", place, name, |place, name| async move {
        let (_, service) = catalog_service(&place).await?;
        let table = service.load_generic_table(&named(&place)?, &name).await;
        let table = table.map_err(|error| missing(error.into(), "generic table", &name))?;
        Ok(GenericTableView {
            name: table.name,
            format: table.format,
            location: table.base_location.as_deref().map(shown::plain),
            doc: table.doc.as_deref().map(shown::plain),
            properties: settings(&table.properties),
        })
    });
    Ok(Managed::read(&connection, read.await?))
}

/// Goes to the list afterwards. The files stay.
#[server(prefix = "/api", endpoint = "generic-table-drop")]
pub async fn drop_generic_table(
    place: Place,
    name: String,
    confirm: String,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    confirmed(&confirm, &name, false)?;
    let (connection, _) = polaris(&place)?;
    let (_, service) = catalog_service(&place).await?;
    let namespace = named(&place)?;
    let removal = Removal {
        operation: "dropGenericTable",
        noun: "generic table",
        object: logged(&place, &connection, &name),
        name: name.clone(),
        list: place.generic_tables_path(),
    };
    let drop = async move { service.drop_generic_table(&namespace, &name).await };
    remove(&connection, once, removal, drop).await
}
