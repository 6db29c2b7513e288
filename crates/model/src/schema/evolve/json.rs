//! Schemas as metadata has them.

use std::collections::BTreeSet;

use serde_json::Value;

/// The members of a struct, or the columns of a schema.
pub fn fields(of: &Value) -> &[Value] {
    of["fields"].as_array().map_or(&[], Vec::as_slice)
}

pub fn id(field: &Value) -> i64 {
    field["id"].as_i64().unwrap_or_default()
}

pub fn name(field: &Value) -> &str {
    field["name"].as_str().unwrap_or_default()
}

pub fn is(of: &Value, key: &str) -> bool {
    of[key].as_bool().unwrap_or_default()
}

/// A value that is not there is none.
pub fn given<'a>(of: &'a Value, key: &str) -> Option<&'a Value> {
    of.get(key).filter(|value| !value.is_null())
}

pub fn identifiers(schema: &Value) -> BTreeSet<i64> {
    let all = schema["identifier-field-ids"].as_array();
    all.into_iter()
        .flatten()
        .filter_map(Value::as_i64)
        .collect()
}

/// What a type is made of.
pub enum Shape<'a> {
    Primitive(&'a str),
    Struct,
    List,
    Map,
    /// None that the specification has.
    Other,
}

pub fn shape(kind: &Value) -> Shape<'_> {
    match (kind, kind["type"].as_str()) {
        (Value::String(name), _) => Shape::Primitive(name),
        (_, Some("struct")) => Shape::Struct,
        (_, Some("list")) => Shape::List,
        (_, Some("map")) => Shape::Map,
        _ => Shape::Other,
    }
}

/// In a word: `list<struct>`.
pub fn word(kind: &Value) -> String {
    match shape(kind) {
        Shape::Primitive(name) => name.to_owned(),
        Shape::Struct => "struct".to_owned(),
        Shape::List => format!("list<{}>", word(&kind["element"])),
        Shape::Map => format!("map<{}, {}>", word(&kind["key"]), word(&kind["value"])),
        Shape::Other => kind.to_string(),
    }
}

/// The primitive types that a type is made of.
pub fn primitives<'a>(kind: &'a Value, found: &mut Vec<&'a str>) {
    match shape(kind) {
        Shape::Primitive(name) => found.push(name),
        Shape::Struct => fields(kind)
            .iter()
            .for_each(|field| primitives(&field["type"], found)),
        Shape::List => primitives(&kind["element"], found),
        Shape::Map => {
            primitives(&kind["key"], found);
            primitives(&kind["value"], found);
        }
        Shape::Other => {}
    }
}
