//! Columns: a short way to write Iceberg schemas as JSON (spec, appendix C).

use serde_json::{Value, json};

/// One field of a struct.
#[derive(Clone)]
pub(crate) struct Field(Value);

pub(crate) fn required(id: i32, name: &str, kind: impl Into<Value>) -> Field {
    Field(json!({"id": id, "name": name, "required": true, "type": kind.into()}))
}

pub(crate) fn optional(id: i32, name: &str, kind: impl Into<Value>) -> Field {
    Field(json!({"id": id, "name": name, "required": false, "type": kind.into()}))
}

impl Field {
    pub fn doc(mut self, text: &str) -> Self {
        self.0["doc"] = text.into();
        self
    }

    /// What readers see in files written before the column was added, and what writers fill in (v3).
    pub fn default(mut self, initial: impl Into<Value>, write: impl Into<Value>) -> Self {
        self.0["initial-default"] = initial.into();
        self.0["write-default"] = write.into();
        self
    }
}

pub(crate) fn record(fields: impl IntoIterator<Item = Field>) -> Value {
    let fields: Vec<Value> = fields.into_iter().map(|field| field.0).collect();
    json!({"type": "struct", "fields": fields})
}

pub(crate) fn list(element_id: i32, element: impl Into<Value>) -> Value {
    json!({"type": "list", "element-id": element_id, "element-required": false, "element": element.into()})
}

pub(crate) fn map(
    key_id: i32,
    key: impl Into<Value>,
    value_id: i32,
    value: impl Into<Value>,
) -> Value {
    json!({"type": "map", "key-id": key_id, "key": key.into(),
        "value-id": value_id, "value-required": false, "value": value.into()})
}

/// The highest field id anywhere in a type: `last-column-id`.
pub(crate) fn highest_id(kind: &Value) -> i32 {
    let own = ["id", "element-id", "key-id", "value-id"]
        .iter()
        .filter_map(|key| kind[*key].as_i64())
        .max();
    let nested = match kind {
        Value::Object(entries) => entries.values().map(highest_id).max(),
        Value::Array(items) => items.iter().map(highest_id).max(),
        _ => None,
    };
    own.and_then(|id| i32::try_from(id).ok())
        .unwrap_or(0)
        .max(nested.unwrap_or(0))
}
