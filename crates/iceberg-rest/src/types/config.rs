use std::collections::BTreeMap;

use serde::Deserialize;

use super::lenient;
use crate::ident::Separator;

/// `GET /v1/config`. `defaults` and `overrides` may hold secrets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CatalogConfig {
    /// What a client uses unless it has its own.
    #[serde(default, deserialize_with = "lenient::string_map")]
    pub defaults: BTreeMap<String, String>,
    /// What a client uses whatever it has.
    #[serde(default, deserialize_with = "lenient::string_map")]
    pub overrides: BTreeMap<String, String>,
    /// As sent; `None` when the server does not say what it can do.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub endpoints: Option<Vec<String>>,
    /// ISO 8601 duration.
    #[serde(default, deserialize_with = "lenient::text")]
    idempotency_key_lifetime: Option<String>,
    /// What of the answer is left out, as [`LoadTableResult::oddities`](super::LoadTableResult::oddities) has it.
    #[serde(skip)]
    pub oddities: Vec<String>,
}

impl CatalogConfig {
    /// Overrides win over defaults; servers put the same key in either.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.overrides
            .get(key)
            .or_else(|| self.defaults.get(key))
            .map(String::as_str)
    }

    /// As sent, without slashes around it; empty when the server has none.
    pub fn prefix(&self) -> &str {
        self.get("prefix").unwrap_or_default().trim_matches('/')
    }

    /// What separates the levels of a namespace in paths: announced, or the specification's U+001F.
    pub fn separator(&self) -> Separator {
        self.get("namespace-separator")
            .and_then(Separator::from_config)
            .unwrap_or_default()
    }

    /// ISO 8601 duration. Its presence says that mutations take an `Idempotency-Key`.
    pub fn idempotency_key_lifetime(&self) -> Option<&str> {
        self.idempotency_key_lifetime
            .as_deref()
            .or_else(|| self.get("idempotency-key-lifetime"))
    }
}
