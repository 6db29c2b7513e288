use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::types::{Id, lenient::value_text};

/// A schema. `schema_id` is absent in format 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    pub schema_id: Option<Id>,
    pub identifier_field_ids: Vec<Id>,
    pub fields: Vec<Field>,
}

/// A column, or a member of a struct.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Field {
    pub id: Id,
    pub name: String,
    pub required: bool,
    pub field_type: Type,
    pub doc: Option<String>,
    /// Value for rows written before the column existed, as JSON (format 3).
    pub initial_default: Option<String>,
    /// Value when a writer gives none, as JSON (format 3).
    pub write_default: Option<String>,
}

/// A type. Primitive types stay as written (`decimal(12, 2)`, `geometry(srid:4326)`, or one we do not know).
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    Primitive(String),
    Struct(Vec<Field>),
    List {
        element_id: Id,
        element_required: bool,
        element: Box<Type>,
    },
    Map {
        key_id: Id,
        key: Box<Type>,
        value_id: Id,
        value_required: bool,
        value: Box<Type>,
    },
    /// A nested type we do not know, as JSON.
    Unknown(String),
}

impl Default for Type {
    fn default() -> Self {
        Self::Primitive("unknown".to_owned())
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Value::Object(mut json) = Value::deserialize(deserializer)? else {
            return Ok(Self::default());
        };
        Ok(Self {
            schema_id: json.remove("schema-id").filter(|id| !id.is_null()).map(id),
            identifier_field_ids: list(&mut json, "identifier-field-ids")
                .into_iter()
                .map(id)
                .collect(),
            fields: fields(&mut json),
        })
    }
}

// Values are taken apart by hand: one pass over a type of any depth, and nothing in it can fail.

fn fields(json: &mut Map<String, Value>) -> Vec<Field> {
    list(json, "fields").into_iter().filter_map(field).collect()
}

fn field(json: Value) -> Option<Field> {
    let Value::Object(mut json) = json else {
        return None;
    };
    Some(Field {
        id: id(take(&mut json, "id")),
        name: value_text(take(&mut json, "name")).unwrap_or_default(),
        required: flag(&json, "required"),
        field_type: data_type(take(&mut json, "type")),
        doc: value_text(take(&mut json, "doc")),
        initial_default: default_value(&mut json, "initial-default"),
        write_default: default_value(&mut json, "write-default"),
    })
}

fn data_type(json: Value) -> Type {
    let mut json = match json {
        Value::String(name) => return Type::Primitive(name),
        Value::Object(json) => json,
        Value::Null => return Type::default(),
        other => return Type::Unknown(other.to_string()),
    };
    match json.get("type").and_then(Value::as_str) {
        Some("struct") => Type::Struct(fields(&mut json)),
        Some("list") => Type::List {
            element_id: id(take(&mut json, "element-id")),
            element_required: flag(&json, "element-required"),
            element: Box::new(data_type(take(&mut json, "element"))),
        },
        Some("map") => Type::Map {
            key_id: id(take(&mut json, "key-id")),
            key: Box::new(data_type(take(&mut json, "key"))),
            value_id: id(take(&mut json, "value-id")),
            value_required: flag(&json, "value-required"),
            value: Box::new(data_type(take(&mut json, "value"))),
        },
        _ => Type::Unknown(Value::Object(json).to_string()),
    }
}

fn take(json: &mut Map<String, Value>, key: &str) -> Value {
    json.get_mut(key).map(Value::take).unwrap_or_default()
}

fn list(json: &mut Map<String, Value>, key: &str) -> Vec<Value> {
    match take(json, key) {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

fn flag(json: &Map<String, Value>, key: &str) -> bool {
    json.get(key).and_then(Value::as_bool).unwrap_or_default()
}

fn id(json: Value) -> Id {
    serde_json::from_value(json).unwrap_or_default()
}

fn default_value(json: &mut Map<String, Value>, key: &str) -> Option<String> {
    Some(take(json, key))
        .filter(|value| !value.is_null())
        .map(|value| value.to_string())
}
