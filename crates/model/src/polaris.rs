//! What the pages about Polaris' catalogs, principals, roles, policies and generic tables show.

pub mod catalogs;
pub mod lists;
pub mod native;
pub mod roles;

use serde::{Deserialize, Serialize};
use vendors::polaris::types::Entity;

use crate::{
    error::AppError,
    format::Moment,
    settings::{Setting, settings},
    shown::Reveal,
};

/// A part of a page that may be refused while the rest is shown.
pub type Known<T> = Result<T, AppError>;

/// What a page that can change things shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Managed<T> {
    /// What is shown.
    pub data: T,
    /// When it was read.
    pub at: Moment,
    /// The id of the forms on the page.
    pub once: String,
}

/// What catalogs, principals and roles have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityView {
    /// Unique among its kind; catalog roles: in their catalog.
    pub name: String,
    /// What its owner keeps with it.
    pub properties: Vec<Setting>,
    /// Goes back with an update; text, since it may exceed what the browser counts exactly.
    pub version: Option<String>,
    /// When it was created.
    pub created: Option<Moment>,
    /// When it was changed last, if it was.
    pub changed: Option<Moment>,
    /// Known from an identity provider.
    pub federated: bool,
}

impl EntityView {
    /// As the server sent it, its properties as far as they are shown.
    pub fn new(entity: &Entity, reveal: &Reveal) -> Self {
        Self {
            name: entity.name.clone(),
            properties: settings(&entity.properties, reveal),
            version: entity.entity_version.map(|version| version.to_string()),
            created: entity.create_timestamp.map(Moment::from_ms),
            changed: changed(entity),
            federated: false,
        }
    }
}

/// The answer that creates a catalog says 0.
pub fn changed(entity: &Entity) -> Option<Moment> {
    entity
        .last_update_timestamp
        .filter(|ms| *ms > 0)
        .map(Moment::from_ms)
}
