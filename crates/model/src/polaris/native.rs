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
    /// Those that hold there, where they may be listed.
    pub applicable: super::Known<Listing<Applicable>>,
}

/// A policy that holds for an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicable {
    /// Its name in its namespace.
    pub name: String,
    /// `system.data-compaction`, or another.
    pub policy_type: String,
    /// It is attached to a level above.
    pub inherited: bool,
    /// Where it lives.
    pub namespace: Vec<String>,
}

/// A policy by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// Its name in its namespace.
    pub name: String,
    /// `system.data-compaction`, or another.
    pub policy_type: String,
    /// It reaches what lies below the objects it is attached to.
    pub inheritable: bool,
    /// For people.
    pub description: String,
    /// JSON, as the server keeps it.
    pub content: String,
    /// Goes back with an update.
    pub version: String,
    /// Whether it is attached to the catalog itself.
    pub on_catalog: super::Known<bool>,
    /// Whether it is attached to the namespace that it lives in.
    pub on_namespace: super::Known<bool>,
}

/// A generic table by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GenericTableView {
    /// Its name in its namespace.
    pub name: String,
    /// `delta`, `csv`, … : free text.
    pub format: String,
    /// URI of its files.
    pub location: Option<String>,
    /// A comment.
    pub doc: Option<String>,
    /// What its format's clients keep with it.
    pub properties: Vec<Setting>,
}
