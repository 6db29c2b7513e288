//! One correction, as a value.

use crate::value::Value;

/// One change to a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Sets a key, where it stands or where it belongs.
    Set(&'static str, Value),
    /// Removes the key in every spelling.
    Remove(&'static str),
    /// Gives the key its right name, unless that is taken.
    Rename {
        /// The key as it is spelt.
        from: String,
        /// Its right name.
        to: &'static str,
    },
    /// Keeps the last of several spellings of a key, under its right name.
    Merge(&'static str),
    /// Turns a number into text with the same digits.
    Quote(&'static str),
    /// Removes white space around the value.
    Trim(&'static str),
    /// Sets `type` to `ICEBERG`.
    SetType,
    /// Moves the keys of the file under `writer`.
    Wrap,
}

impl Edit {
    pub(crate) fn text(key: &'static str, text: impl Into<String>) -> Self {
        Edit::Set(key, Value::Text(text.into()))
    }

    pub(crate) fn flag(key: &'static str, on: bool) -> Self {
        Edit::Set(key, Value::Bool(on))
    }
}
