//! What principals, roles and catalogs have in common.

use serde_json::{Value, json};

use super::desk::refuse;
use crate::store::{Properties, now_ms};
use axum::response::Response;

#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub properties: Properties,
    /// Of a principal role: known from an identity provider.
    pub federated: bool,
    created_ms: i64,
    updated_ms: i64,
    pub version: i64,
}

impl Entity {
    pub fn new(properties: Properties) -> Self {
        let now = now_ms();
        Self {
            properties,
            federated: false,
            created_ms: now,
            updated_ms: now,
            version: 1,
        }
    }

    /// Replaces all properties, when `expected` is the current version.
    pub fn update(
        &mut self,
        kind: &str,
        expected: i64,
        properties: Properties,
    ) -> Result<(), Response> {
        if expected != self.version {
            let message = format!(
                "Failed to update {kind}; currentEntityVersion '{}', expected '{expected}'",
                self.version
            );
            return Err(refuse(409, "CommitConflictException", &message));
        }
        self.properties = properties;
        self.touch();
        Ok(())
    }

    pub fn touch(&mut self) {
        self.updated_ms = now_ms();
        self.version += 1;
    }

    /// The fields that every entity shows.
    pub fn json(&self, name: &str) -> Value {
        json!({"name": name, "properties": self.properties, "createTimestamp": self.created_ms,
            "lastUpdateTimestamp": self.updated_ms, "entityVersion": self.version})
    }
}
