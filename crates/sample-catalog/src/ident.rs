//! Names of namespaces, tables and views, as they stand in a request.

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Joins levels in `parent=` and, percent-encoded, in a path (Iceberg REST spec, `namespace` parameter).
pub(crate) const SEPARATOR: char = '\u{1F}';

/// The levels of a namespace; empty for the root.
pub(crate) type Namespace = Vec<String>;

/// A table or a view.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ident {
    /// The levels of the namespace.
    pub namespace: Vec<String>,
    /// The name within it.
    pub name: String,
}

impl Ident {
    pub(crate) fn dotted(&self) -> String {
        format!("{}.{}", self.namespace.join("."), self.name)
    }
}

/// Decodes one path segment; `None` when the bytes are not UTF-8.
pub(crate) fn decode(segment: &str) -> Option<String> {
    Some(percent_decode_str(segment).decode_utf8().ok()?.into_owned())
}

/// Decodes a `{namespace}` segment into its levels; `None` when a level is empty or not UTF-8.
pub(crate) fn decode_namespace(segment: &str) -> Option<Namespace> {
    split_levels(&decode(segment)?)
}

/// Splits decoded text at the separator; `None` when a level is empty.
pub(crate) fn split_levels(text: &str) -> Option<Namespace> {
    let levels: Namespace = text.split(SEPARATOR).map(str::to_owned).collect();
    levels
        .iter()
        .all(|level| !level.is_empty())
        .then_some(levels)
}

/// Version 5, so that a name keeps its id.
pub(crate) fn stable_uuid(name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
}
