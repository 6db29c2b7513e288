//! Lists of Polaris' management API, kept until one of them changes.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use model::{
    error::AppError,
    polaris::{
        changed,
        lists::{Listing, Row},
    },
    shown::{Reveal, Shown},
};
use vendors::polaris::{
    Management,
    types::{self, Entity},
};

use super::Catalog;
use crate::{
    blocking::blocking,
    cache::{About, Question},
    reads::{FRESH, Read, Reads},
};

/// A whole list.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Entities {
    listing: Listing,
    /// Of which catalog, where each has one.
    catalog: Option<String>,
}

impl Question for Entities {
    type Answer = Read<Vec<Row>>;
    const KEPT: Duration = FRESH;
}

static ENTITIES: LazyLock<Reads<Entities, Vec<Row>, AppError>> =
    LazyLock::new(|| Reads::new(FRESH));

impl Catalog {
    /// A whole list in order of name, in one request. `catalog` for [`Listing::CatalogRoles`].
    pub async fn entities(
        &self,
        listing: Listing,
        catalog: Option<String>,
        fresh: bool,
    ) -> Result<Read<Vec<Row>>, AppError> {
        let question = Entities {
            listing,
            catalog: catalog.clone(),
        };
        let api = self.management()?;
        let read = |_| async move {
            let rows = all(&api, listing, catalog.as_deref().unwrap_or_default()).await?;
            let bytes = rows.iter().map(size).sum();
            Ok::<_, AppError>(Read::new(Arc::new(rows), None, bytes))
        };
        ENTITIES
            .get(self.grant(About::Access), question, fresh, read)
            .await
    }
}

/// What a row takes in memory, about.
fn size(row: &Row) -> usize {
    let facts = row.facts.iter().map(|fact| fact.len() + 32);
    row.name.len() + 128 + facts.sum::<usize>()
}

async fn all(api: &Management, listing: Listing, catalog: &str) -> Result<Vec<Row>, AppError> {
    match listing {
        Listing::Catalogs => {
            let catalogs = api.list_catalogs().await?;
            rows(catalogs, |it| (&it.entity, about(it))).await
        }
        Listing::Principals => {
            rows(api.list_principals().await?, |it| {
                let id = it.client_id.clone().unwrap_or_default();
                (
                    &it.entity,
                    vec![id, from(it.federated, purpose(&it.entity))],
                )
            })
            .await
        }
        Listing::PrincipalRoles => {
            rows(api.list_principal_roles().await?, |it| {
                (&it.entity, vec![from(it.federated, purpose(&it.entity))])
            })
            .await
        }
        Listing::CatalogRoles => {
            rows(api.list_catalog_roles(catalog).await?, |it| {
                (&it.entity, vec![purpose(&it.entity)])
            })
            .await
        }
    }
}

/// In order of name.
async fn rows<T: Send + 'static>(
    items: Vec<T>,
    read: impl Fn(&T) -> (&Entity, Vec<String>) + Send + 'static,
) -> Result<Vec<Row>, AppError> {
    let row = move |item: &T| {
        let (entity, facts) = read(item);
        Row {
            name: entity.name.clone(),
            facts,
            changed: changed(entity),
        }
    };
    let sorted = move || {
        let mut rows: Vec<Row> = items.iter().map(row).collect();
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        rows
    };
    blocking(sorted).await
}

fn about(catalog: &types::Catalog) -> Vec<String> {
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

/// Whether an identity provider keeps it, before what it is for.
fn from(federated: bool, purpose: String) -> String {
    match (federated, purpose.is_empty()) {
        (false, _) => purpose,
        (true, true) => "federated: from an identity provider".to_owned(),
        (true, false) => format!("federated: {purpose}"),
    }
}

fn shown(entity: &Entity, key: &str) -> Option<String> {
    let value = Shown::new(key, entity.properties.get(key)?, &Reveal::default());
    Some(value.text().to_owned())
}
