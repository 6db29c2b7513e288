//! Schemas as rows: one for each column, and for each member of a nested one.

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
    /// That it is not the one which the metadata names as current; a sentence.
    pub note: Option<String>,
}

/// A schema that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaChoice {
    /// Empty where format 1 has none.
    pub id: String,
    /// Writers use it.
    pub current: bool,
    /// It is the one that is shown.
    pub shown: bool,
}

/// A column, or a member of a struct, list or map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRow {
    /// 0 for a column.
    pub depth: usize,
    /// Its field id.
    pub id: String,
    /// Its name among its siblings; `element`, `key` or `value` in lists and maps.
    pub name: String,
    /// `decimal(12, 2)`, `list<struct>`; the members of a nested type have rows of their own.
    pub kind: String,
    /// It is never null.
    pub required: bool,
    /// Among the identifier fields of the schema.
    pub identifier: bool,
    /// A comment.
    pub doc: Option<String>,
    /// Defaults of format 3, as JSON.
    pub initial_default: Option<String>,
    /// When a writer gives none.
    pub write_default: Option<String>,
}

mod alike;
mod differences;
pub mod evolve;
mod from_wire;
mod history;
pub mod lines;
mod typed;
mod unused;
pub use alike::Alike;
pub(crate) use differences::LISTED;
pub use differences::{Difference, Differences};
pub use from_wire::{Schemas, paths};
pub(crate) use from_wire::{flat, name_and_type};
pub use history::{SchemaComparison, SchemaEntry, SchemaHistory};
pub(crate) use typed::columns;
pub use typed::{SchemaLines, shown_lines};
pub use unused::Unused;
#[cfg(test)]
mod tests;
