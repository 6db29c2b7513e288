use iceberg_rest::types::{ViewMetadata, ViewVersion};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::schema::lines::{Column, from_json, print};

/// A view as a form takes it, to be written anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewText {
    /// The current version's id.
    pub version: String,
    /// Dialect and SQL, as written.
    pub texts: Vec<(String, String)>,
    /// Columns in lines; empty where lines do not hold them.
    pub columns: String,
    /// Where unqualified names are looked up, one level a line.
    pub namespace: String,
}

impl ViewText {
    /// The current version; `None` where the metadata does not hold it.
    pub fn new(raw: &Value) -> Option<Self> {
        let metadata: ViewMetadata = serde_json::from_value(raw.clone()).ok()?;
        let version = metadata.current_version()?;
        let text = |text: &iceberg_rest::types::Representation| {
            Some((text.dialect.clone()?, text.sql.clone()?))
        };
        Some(Self {
            version: version.version_id.to_string(),
            texts: version.representations.iter().filter_map(text).collect(),
            columns: lines_of(raw, version).map_or_else(String::new, |columns| print(&columns)),
            namespace: version.default_namespace.join("\n"),
        })
    }
}

/// The columns of a version, where they are such that lines hold them.
pub fn lines_of(raw: &Value, version: &ViewVersion) -> Option<Vec<Column>> {
    let id = version.schema_id.as_ref()?.exact()?;
    let mut schemas = raw["schemas"].as_array()?.iter();
    from_json(schemas.find(|schema| schema["schema-id"] == id)?).ok()
}
