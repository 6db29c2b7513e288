//! Lists of Polaris' management API, kept until something changes.

use std::{sync::Arc, time::SystemTime};

use iceberg_rest::polaris::types::{Catalog, Entity};
use moka::future::Cache;

use super::{Connection, FRESH};
use crate::{
    error::AppError,
    model::polaris::{
        changed,
        lists::{Listing, Row},
    },
    shown::{Reveal, Shown},
};

/// The generation of the connection, which list, and of which catalog.
type Key = (u64, Listing, Option<String>);

/// Rows in order of name, and when they were read.
pub type Rows = Arc<(Vec<Row>, SystemTime)>;

pub(super) type Entities = Cache<Key, Rows>;

pub(super) fn cache() -> Entities {
    Cache::builder()
        .max_capacity(64)
        .time_to_live(FRESH)
        .build()
}

impl Connection {
    /// A whole list, in one request. `catalog` for [`Listing::CatalogRoles`].
    pub async fn entities(
        &self,
        listing: Listing,
        catalog: Option<String>,
        fresh: bool,
    ) -> Result<Rows, AppError> {
        let key = (self.changes(), listing, catalog.clone());
        if fresh {
            self.entities.invalidate(&key).await;
        }
        let read = async {
            let mut rows = self
                .rows(listing, catalog.as_deref().unwrap_or_default())
                .await?;
            rows.sort_by(|one, other| one.name.cmp(&other.name));
            Ok(Arc::new((rows, SystemTime::now())))
        };
        let read = self.entities.try_get_with(key, read).await;
        read.map_err(|error: Arc<AppError>| (*error).clone())
    }

    async fn rows(&self, listing: Listing, catalog: &str) -> Result<Vec<Row>, AppError> {
        let api = self.management()?;
        Ok(match listing {
            Listing::Catalogs => rows(api.list_catalogs().await?, |it| (&it.entity, about(it))),
            Listing::Principals => rows(api.list_principals().await?, |it| {
                let id = it.client_id.clone().unwrap_or_default();
                (&it.entity, vec![id, purpose(&it.entity)])
            }),
            Listing::PrincipalRoles => rows(api.list_principal_roles().await?, |it| {
                (&it.entity, vec![purpose(&it.entity)])
            }),
            Listing::CatalogRoles => rows(api.list_catalog_roles(catalog).await?, |it| {
                (&it.entity, vec![purpose(&it.entity)])
            }),
        })
    }
}

fn rows<T>(items: Vec<T>, read: impl Fn(&T) -> (&Entity, Vec<String>)) -> Vec<Row> {
    let row = |item: &T| {
        let (entity, facts) = read(item);
        Row {
            name: entity.name.clone(),
            facts,
            changed: changed(entity),
        }
    };
    items.iter().map(row).collect()
}

fn about(catalog: &Catalog) -> Vec<String> {
    let base = shown(&catalog.entity, "default-base-location");
    vec![
        catalog.kind.to_lowercase(),
        catalog.storage_config_info.storage_type.clone(),
        base.unwrap_or_default(),
    ]
}

/// Why it is there, where somebody wrote it down.
fn purpose(entity: &Entity) -> String {
    let keys = ["purpose", "description", "comment"];
    let found = keys.iter().find_map(|key| shown(entity, key));
    found.unwrap_or_default()
}

fn shown(entity: &Entity, key: &str) -> Option<String> {
    let value = Shown::new(key, entity.properties.get(key)?, &Reveal::default());
    Some(value.text().to_owned())
}
