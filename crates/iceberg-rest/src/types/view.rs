use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Id, Strings, lenient, metadata::Schema};

/// `GET` or `POST` of a view; its `config` is not read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LoadViewResult {
    /// URI of the metadata file.
    #[serde(default, deserialize_with = "lenient::text")]
    pub metadata_location: Option<String>,
    /// Of the view as it is.
    pub metadata: ViewMetadata,
    /// What of the answer is left out, by field: `metadata.snapshots[0] is null`, `metadata.location stands twice`
    /// (then the last holds). The first few.
    #[serde(skip)]
    pub oddities: Vec<String>,
}

/// View metadata (Iceberg view spec). Schemas and versions stand in order of id, the log in order of time.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", remote = "Self")]
pub struct ViewMetadata {
    /// Stays when the view is renamed.
    #[serde(default, deserialize_with = "lenient::text")]
    pub view_uuid: Option<String>,
    /// 1, so far.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub format_version: Option<i64>,
    /// URI below which its metadata lies.
    #[serde(default, deserialize_with = "lenient::text")]
    pub location: Option<String>,
    /// Every schema it has had.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub schemas: Vec<Schema>,
    /// The version that readers see.
    #[serde(default)]
    pub current_version_id: Option<Id>,
    /// Those that are kept.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub versions: Vec<ViewVersion>,
    /// Which version was current when.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub version_log: Vec<VersionLogEntry>,
    /// What engines and people keep with it.
    #[serde(default, deserialize_with = "lenient::string_map")]
    pub properties: BTreeMap<String, String>,
}

impl ViewMetadata {
    /// The version that readers see, where it is among those kept.
    pub fn current_version(&self) -> Option<&ViewVersion> {
        let id = self.current_version_id.as_ref()?;
        self.versions
            .iter()
            .find(|version| version.version_id == *id)
    }

    /// The schema of one version.
    pub fn schema_of(&self, version: &ViewVersion) -> Option<&Schema> {
        self.schemas
            .iter()
            .find(|schema| schema.schema_id == version.schema_id)
    }
}

impl<'de> Deserialize<'de> for ViewMetadata {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut metadata = Self::deserialize(deserializer)?;
        metadata
            .schemas
            .sort_by(|a, b| a.schema_id.cmp(&b.schema_id));
        metadata
            .versions
            .sort_by(|a, b| a.version_id.cmp(&b.version_id));
        metadata.version_log.sort_by_key(|entry| entry.timestamp_ms);
        Ok(metadata)
    }
}

/// One definition of a view.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ViewVersion {
    /// Unique in the view.
    #[serde(default)]
    pub version_id: Id,
    /// The schema of its result.
    #[serde(default)]
    pub schema_id: Option<Id>,
    /// When it was made: Unix time, ms.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub timestamp_ms: Option<i64>,
    /// What its writer says about it, e.g. `engine-name`.
    #[serde(default)]
    pub summary: Strings,
    /// The same query, in one dialect of SQL each.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub representations: Vec<Representation>,
    /// Where unqualified names in the SQL are looked up.
    #[serde(default, deserialize_with = "lenient::text")]
    pub default_catalog: Option<String>,
    /// Where unqualified names in the SQL are looked up, in that catalog.
    #[serde(default, deserialize_with = "lenient::small")]
    pub default_namespace: Vec<String>,
}

/// One text of a view. The spec knows the type `sql`; others keep their name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Representation {
    /// `sql`, or one that is newer.
    #[serde(default, rename = "type", deserialize_with = "lenient::string")]
    pub kind: String,
    /// The query.
    #[serde(default, deserialize_with = "lenient::text")]
    pub sql: Option<String>,
    /// Whose SQL it is: `spark`, `trino`, …
    #[serde(default, deserialize_with = "lenient::text")]
    pub dialect: Option<String>,
}

/// When a version became current.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct VersionLogEntry {
    /// Unix time, ms.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub timestamp_ms: Option<i64>,
    /// The version that became current.
    #[serde(default)]
    pub version_id: Id,
}
