//! Schemas as lines that people type: one column each, as SQL writes them, with field ids in front.
//!
//! ```text
//! [id:] name type [not null] [identifier] [default <literal>] [comment 'text']
//! ```

use std::fmt;

use serde_json::Value;

mod checks;
mod json;
mod kinds;
mod parse;
mod print;
pub(crate) mod scan;
#[cfg(test)]
mod tests;

pub use checks::{by_path, default_fits, duplicate_by_case, fresh, needs_format_3, reserved};
pub use json::{Ids, each_mut, field, from_json, to_json, unheld, without_ids};
pub use parse::parse;
pub use print::{print, quoted};

/// Types in types.
pub const MAX_DEPTH: usize = 32;
/// Columns with their members, of all depths.
pub const MAX_COLUMNS: usize = 10_000;
/// Bytes of text.
pub const MAX_TEXT: usize = 1 << 20;
/// The largest field id that is taken: the specification reserves the last 200, and new columns need some above.
pub const MAX_ID: i32 = i32::MAX - 200 - MAX_COLUMNS as i32;

/// What a line says that cannot be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// From 1.
    pub line: usize,
    /// A sentence.
    pub why: String,
}

impl Wrong {
    pub(crate) fn new(line: usize, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { line, why }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: {}", self.line, self.why)
    }
}

/// A column, or a member of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Where it begins, from 1; of JSON: the position of the column it is in.
    pub line: usize,
    /// `None`: it has none yet.
    pub id: Option<i32>,
    /// Unique among its siblings.
    pub name: String,
    /// It is never null.
    pub required: bool,
    /// It is among the identifier fields of the schema.
    pub identifier: bool,
    /// Its type.
    pub kind: Kind,
    /// What writers put where they have no value: the single-value JSON of the specification, appendix D.
    pub default: Option<Value>,
    /// A comment.
    pub doc: Option<String>,
}

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// As the specification writes it: `decimal(12, 2)`.
    Primitive(String),
    /// Members, in order.
    Struct(Vec<Column>),
    /// Of elements.
    List(Box<Member>),
    /// Of keys, which are required, and values.
    Map(Box<Member>, Box<Member>),
}

/// An element of a list, a key or a value of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// `None`: it has none yet.
    pub id: Option<i32>,
    /// It is never null.
    pub required: bool,
    /// Its type.
    pub kind: Kind,
}

impl Kind {
    /// The primitive type that it is.
    pub fn primitive(&self) -> Option<&str> {
        match self {
            Self::Primitive(name) => Some(name),
            _ => None,
        }
    }
}
