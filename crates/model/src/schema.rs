use serde::{Deserialize, Serialize};

use crate::window::Window;

/// One schema of a table or view, and which others there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaPage {
    /// Newest first.
    pub schemas: Vec<SchemaChoice>,
    /// Columns and their members, each after the one it belongs to.
    pub fields: Window<FieldRow>,
    /// Columns at the top level, before the filter.
    pub columns: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaChoice {
    /// Empty where format 1 has none.
    pub id: String,
    pub current: bool,
    pub shown: bool,
}

/// A column, or a member of a struct, list or map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRow {
    /// 0 for a column.
    pub depth: usize,
    pub id: String,
    pub name: String,
    pub kind: String,
    pub required: bool,
    /// Among the identifier fields of the schema.
    pub identifier: bool,
    pub doc: Option<String>,
    /// Defaults of format 3, as JSON.
    pub initial_default: Option<String>,
    pub write_default: Option<String>,
}

mod from_wire;
pub use from_wire::paths;
#[cfg(test)]
mod tests;
