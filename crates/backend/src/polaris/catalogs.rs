//! Catalogs and their settings.

use std::time::Duration;

use model::{
    change::Object,
    error::{AppError, Kind},
    names::{NameKind, Names, NamesAsk},
    paths::Place,
    polaris::{
        EntityView, Known, Managed,
        catalogs::{CatalogView, SHOWN, wire},
    },
};

use crate::{
    Session,
    change::Change,
    confirm::confirmed,
    entity::{entity, names},
    names::load_names,
    place::{catalog_of, polaris},
};

/// A catalog's settings and the names of its roles and namespaces, in three requests.
pub async fn load_catalog(
    session: &Session,
    place: Place,
) -> Result<Managed<CatalogView>, AppError> {
    session
        .managed("catalog", place, (), |session, place, ()| async move {
            let (connection, api) = polaris(&session, &place)?;
            let name = catalog_of(&place, &connection)?;
            let (catalog, roles, namespaces) = tokio::join!(
                api.get_catalog(&name),
                api.list_catalog_roles(&name),
                // On the heap: the three together fill a thread's stack without optimisation.
                Box::pin(namespaces(&session, &place, &name))
            );
            let (mut kind, mut settings) = (String::new(), Vec::new());
            if let Ok(catalog) = &catalog {
                kind = catalog.kind.clone();
                wire::read("storage", &catalog.storage_config_info, &mut settings);
                if let Some(config) = &catalog.connection_config_info {
                    wire::read_connection(config, session.reveal(), &mut settings);
                }
            }
            let view = CatalogView {
                entity: entity(catalog, "catalog", &name, |found| {
                    EntityView::new(&found.entity, session.reveal())
                })?,
                kind,
                settings,
                roles: names(roles, |role| &role.entity).await,
                namespaces,
            };
            Ok(view)
        })
        .await
}

/// Answers the address of the list.
pub async fn delete_catalog(
    session: &Session,
    place: Place,
    name: String,
    confirm: String,
    once: String,
) -> Result<String, AppError> {
    let (connection, api) = polaris(session, &place)?;
    confirmed(&confirm, &name, false)?;
    let change = Change::new("deleteCatalog", Object::catalog(&name));
    let delete = async move { api.delete_catalog(&name).await };
    let removed = connection.remove(once, change, delete).await;
    removed.map_err(|error| match error.kind {
        Kind::BadRequest => error.hint(
            "A catalog goes when it is empty: drop its tables, views, policies and namespaces, and delete its roles besides catalog_admin, first.",
        ),
        _ => error,
    })?;
    Ok(place.catalogs_path())
}

/// How long the page waits for them: a federated catalog asks another server.
const PATIENCE: Duration = Duration::from_secs(1);

/// Those at the top, as far as they are known soon.
async fn namespaces(session: &Session, place: &Place, catalog: &str) -> Known<Names> {
    let top = place.with_warehouse(Some(catalog.to_owned()));
    let ask = NamesAsk {
        count: SHOWN,
        ..NamesAsk::default()
    };
    let listed = load_names(session, top, NameKind::Namespaces, ask, false);
    match tokio::time::timeout(PATIENCE, listed).await {
        Ok(listed) => Ok(listed?.data),
        Err(_) => Err(AppError::new(
            Kind::TimedOut,
            "Its namespaces were not listed within a second.",
        )),
    }
}
