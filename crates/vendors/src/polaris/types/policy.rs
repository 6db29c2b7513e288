use iceberg_rest::types::lenient;
use serde::{Deserialize, Serialize};

use super::wire::WireApplicable;

/// `GET …/policies/{policy}`, and what creating and updating answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LoadedPolicy {
    /// What was loaded or made.
    pub policy: Policy,
}

/// A policy, e.g. of how a table is compacted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Policy {
    /// Its name in the namespace.
    pub name: String,
    /// `system.data-compaction`, `system.metadata-compaction`, `system.orphan-file-removal`,
    /// `system.snapshot-expiry`, or one that is newer.
    pub policy_type: String,
    /// Whether it reaches what lies below the objects it is attached to.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub inheritable: bool,
    /// For people.
    pub description: Option<String>,
    /// JSON, as text.
    pub content: Option<String>,
    /// Goes back with the next update; a stale one is refused with 409. Begins at 0.
    pub version: i64,
}

/// A page of `GET /polaris/v1/{prefix}/applicable-policies`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ApplicablePolicies {
    /// What holds there.
    #[serde(deserialize_with = "lenient::list")]
    pub applicable_policies: Vec<ApplicablePolicy>,
    /// `None` on the last page.
    pub next_page_token: Option<String>,
}

/// A policy, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "WireApplicable")]
pub struct ApplicablePolicy {
    /// The policy itself.
    pub policy: Policy,
    /// Whether it comes from a level above the object asked about.
    pub inherited: bool,
    /// Where the policy lives, not where it is attached.
    pub namespace: Vec<String>,
}

/// `POST …/policies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewPolicy {
    /// Its name in the namespace.
    pub name: String,
    /// `system.data-compaction` or another that the server knows.
    #[serde(rename = "type")]
    pub policy_type: String,
    /// For people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// JSON, of the shape that its type asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

/// `PUT …/policies/{policy}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct UpdatePolicy {
    /// For people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// JSON, of the shape that its type asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// [`Policy::version`] as it was read.
    pub current_policy_version: i64,
}

/// What a policy is attached to (`PUT …/mappings`) or detached from (`POST …/mappings`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "path", rename_all = "kebab-case")]
pub enum AttachmentTarget {
    /// With an empty path: the catalog of the URL.
    Catalog([String; 0]),
    /// Its levels, outermost first.
    Namespace(Vec<String>),
    /// The levels of the namespace, then the name.
    TableLike(Vec<String>),
}
