//! Policies and generic tables.

use iceberg_rest::Listing;
use serde::{Deserialize, Serialize};

use crate::settings::Setting;

/// Types of policies that Polaris 1.7.0 knows, and what each is for.
pub const POLICY_TYPES: [(&str, &str); 4] = [
    ("system.data-compaction", "merges small files"),
    ("system.metadata-compaction", "rewrites manifests"),
    (
        "system.orphan-file-removal",
        "deletes files that no snapshot names",
    ),
    ("system.snapshot-expiry", "lets old snapshots go"),
];

/// The policies of a namespace, and those that hold for it or for an object in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policies {
    /// Those that live in it; `None` for a catalog, a table or a view, where none can.
    pub names: Option<Listing<String>>,
    pub applicable: super::Known<Listing<Applicable>>,
}

/// A policy that holds for an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicable {
    pub name: String,
    pub policy_type: String,
    /// It is attached to a level above.
    pub inherited: bool,
    /// Where it lives.
    pub namespace: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    pub name: String,
    pub policy_type: String,
    pub inheritable: bool,
    pub description: String,
    /// JSON, as the server keeps it.
    pub content: String,
    pub version: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GenericTableView {
    pub name: String,
    pub format: String,
    pub location: Option<String>,
    pub doc: Option<String>,
    pub properties: Vec<Setting>,
}
