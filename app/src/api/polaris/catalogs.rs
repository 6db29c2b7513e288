use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{
    error::AppError,
    model::polaris::{Managed, catalogs::CatalogView},
    paths::Place,
};
#[cfg(feature = "ssr")]
use {
    super::reading::{catalog_of, confirmed, entity, names, polaris},
    crate::{
        api::names::load_names,
        change::press::{Removal, remove},
        error::Kind,
        model::{
            names::{NameKind, Names, NamesAsk},
            polaris::{
                EntityView, Known,
                catalogs::{SHOWN, wire},
            },
        },
        session::seen_through,
    },
    std::time::Duration,
};

/// How long the page waits for them: a federated catalog asks another server.
#[cfg(feature = "ssr")]
const PATIENCE: Duration = Duration::from_secs(1);

/// A catalog's settings and the names of its roles and namespaces, in three requests.
#[server(prefix = "/api", endpoint = "catalog", input = GetUrl)]
pub async fn load_catalog(place: Place) -> Result<Managed<CatalogView>, AppError> {
    let (connection, _) = polaris(&place)?;
    let read = seen_through("catalog", place, (), |place, ()| async move {
        let (connection, api) = polaris(&place)?;
        let name = catalog_of(&place, &connection)?;
        let (catalog, roles, namespaces) = tokio::join!(
            api.get_catalog(&name),
            api.list_catalog_roles(&name),
            // On the heap: the three together fill a thread's stack without optimisation.
            Box::pin(namespaces(&place, &name))
        );
        let (mut kind, mut settings) = (String::new(), Vec::new());
        if let Ok(catalog) = &catalog {
            kind = catalog.kind.clone();
            wire::read("storage", &catalog.storage_config_info, &mut settings);
            if let Some(config) = &catalog.connection_config_info {
                wire::read_connection(config, &mut settings);
            }
        }
        let view = CatalogView {
            entity: entity(catalog, "catalog", &name, |found| {
                EntityView::from(&found.entity)
            })?,
            kind,
            settings,
            roles: names(roles, |role| &role.entity).await,
            namespaces,
        };
        Ok(view)
    });
    Ok(Managed::read(&connection, read.await?))
}

/// Those at the top, as far as they are known soon.
#[cfg(feature = "ssr")]
async fn namespaces(place: &Place, catalog: &str) -> Known<Names> {
    let top = place.with_warehouse(Some(catalog.to_owned()));
    let ask = NamesAsk {
        count: SHOWN,
        ..NamesAsk::default()
    };
    let listed = load_names(top, NameKind::Namespaces, ask, false);
    match tokio::time::timeout(PATIENCE, listed).await {
        Ok(listed) => Ok(listed?.data),
        Err(_) => Err(AppError::new(
            Kind::TimedOut,
            "Its namespaces were not listed within a second.",
        )),
    }
}

/// Goes to the list afterwards.
#[server(prefix = "/api", endpoint = "catalog-delete")]
pub async fn delete_catalog(
    place: Place,
    name: String,
    confirm: String,
    #[server(default)] once: String,
) -> Result<(), AppError> {
    let (connection, api) = polaris(&place)?;
    confirmed(&confirm, &name, false)?;
    let removal = Removal {
        operation: "deleteCatalog",
        noun: "catalog",
        name: name.clone(),
        object: name.clone(),
        list: place.catalogs_path(),
    };
    let delete = async move { api.delete_catalog(&name).await };
    let removed = remove(&connection, once, removal, delete).await;
    removed.map_err(|error| match error.kind {
        Kind::BadRequest => error.hint(
            "A catalog goes when it is empty: drop its tables, views, policies and namespaces, and delete its roles besides catalog_admin, first.",
        ),
        _ => error,
    })
}
