use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};
use serde_json::Value;

use super::lenient;
use crate::{
    ident::{Namespace, TableIdent, ViewIdent},
    operation::Operation,
};

/// What stands in a paged list.
pub trait Listed: DeserializeOwned {
    /// The key of the list.
    const KEY: &'static str;
    const OPERATION: Operation;
}

impl Listed for Namespace {
    const KEY: &'static str = "namespaces";
    const OPERATION: Operation = Operation::ListNamespaces;
}

impl Listed for TableIdent {
    const KEY: &'static str = "identifiers";
    const OPERATION: Operation = Operation::ListTables;
}

impl Listed for ViewIdent {
    const KEY: &'static str = "identifiers";
    const OPERATION: Operation = Operation::ListViews;
}

/// One page of namespaces, tables or views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Entries whose name no request could carry (empty, `.` or `..`).
    pub unusable: usize,
    /// Opaque; `None` on the last page.
    pub next: Option<String>,
}

impl<'de, T: Listed> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawPage::deserialize(deserializer)?;
        let next = raw
            .next
            .into_iter()
            .chain(raw.next_camel)
            .find(|token| !token.is_empty());
        let entries = if T::KEY == "namespaces" {
            raw.namespaces
        } else {
            raw.identifiers
        };
        let entries = entries.ok_or_else(|| D::Error::missing_field(T::KEY))?;
        let total = entries.len();
        let items: Vec<T> = entries
            .into_iter()
            .filter_map(|entry| serde_json::from_value(entry).ok())
            .collect();
        Ok(Self {
            unusable: total - items.len(),
            items,
            next,
        })
    }
}

#[derive(Deserialize)]
struct RawPage {
    namespaces: Option<Vec<Value>>,
    identifiers: Option<Vec<Value>>,
    #[serde(
        default,
        rename = "next-page-token",
        deserialize_with = "lenient::text"
    )]
    next: Option<String>,
    /// S3 Tables.
    #[serde(default, rename = "nextPageToken", deserialize_with = "lenient::text")]
    next_camel: Option<String>,
}
