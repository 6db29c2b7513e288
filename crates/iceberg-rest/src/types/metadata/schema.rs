use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::types::{
    Id, allowance, lenient,
    text::{self, MAX_JSON, Text, cut},
};

/// A schema. `schema_id` is absent in format 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Unique in the table or view.
    pub schema_id: Option<Id>,
    /// Ids of the columns that tell rows apart.
    pub identifier_field_ids: Vec<Id>,
    /// The columns, in order.
    pub fields: Vec<Field>,
}

/// A column, or a member of a struct.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Field {
    /// Stays when the column is renamed.
    #[serde(default)]
    pub id: Id,
    /// Its name, unique among its siblings.
    #[serde(default, deserialize_with = "name")]
    pub name: String,
    /// Never null.
    #[serde(default, deserialize_with = "lenient::small")]
    pub required: bool,
    /// What its values are.
    #[serde(default, rename = "type")]
    pub field_type: Type,
    /// A comment.
    #[serde(default, deserialize_with = "lenient::text")]
    pub doc: Option<String>,
    /// Value for rows written before the column existed, as JSON (format 3).
    #[serde(default, deserialize_with = "lenient::json")]
    pub initial_default: Option<String>,
    /// Value when a writer gives none, as JSON (format 3).
    #[serde(default, deserialize_with = "lenient::json")]
    pub write_default: Option<String>,
}

/// A type. Primitive types stay as written (`decimal(12, 2)`, `geometry(srid:4326)`, or one we do not know).
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// As written.
    Primitive(String),
    /// A struct, by its members in order.
    Struct(Vec<Field>),
    /// A list.
    List {
        /// Field id of the elements.
        element_id: Id,
        /// Elements are never null.
        element_required: bool,
        /// What an element is.
        element: Box<Type>,
    },
    /// A map.
    Map {
        /// Field id of the keys.
        key_id: Id,
        /// What a key is.
        key: Box<Type>,
        /// Field id of the values.
        value_id: Id,
        /// Values are never null.
        value_required: bool,
        /// What a value is.
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
        #[derive(Default, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        struct Wire {
            #[serde(default)]
            schema_id: Option<Id>,
            #[serde(default, deserialize_with = "lenient::small")]
            identifier_field_ids: Vec<Id>,
            #[serde(default, deserialize_with = "columns")]
            fields: Vec<Field>,
        }
        let wire: Option<Wire> = lenient::object(deserializer)?;
        let wire = wire.unwrap_or_default();
        Ok(Self {
            schema_id: wire.schema_id,
            identifier_field_ids: wire.identifier_field_ids,
            fields: wire.fields,
        })
    }
}

/// That a schema has none at all is hardly meant.
fn columns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Field>, D::Error> {
    let columns: Vec<Field> = lenient::objects(deserializer)?;
    if columns.is_empty() {
        allowance::pass_over();
    }
    Ok(columns)
}

fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(lenient::text(deserializer)?.unwrap_or_default())
}

impl<'de> Deserialize<'de> for Type {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TypeVisitor)
    }
}

/// What an object may say about a type.
#[derive(Default)]
struct Parts {
    fields: Vec<Field>,
    element_id: Id,
    element_required: bool,
    element: Box<Type>,
    key_id: Id,
    key: Box<Type>,
    value_id: Id,
    value_required: bool,
    value: Box<Type>,
}

#[derive(Deserialize)]
struct Fields(#[serde(deserialize_with = "lenient::objects")] Vec<Field>);

#[derive(Deserialize)]
struct Flag(#[serde(deserialize_with = "lenient::small")] bool);

#[derive(Deserialize)]
struct Json(#[serde(deserialize_with = "text::json")] String);

/// Types nest, and in an object `type` may stand behind what it explains: all is read in one pass, so that
/// no depth is read twice.
struct TypeVisitor;

impl<'de> Visitor<'de> for TypeVisitor {
    type Value = Type;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a type")
    }

    fn visit_str<E>(self, name: &str) -> Result<Type, E> {
        Ok(Type::Primitive(name.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Type, E> {
        Ok(Type::default())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Type, E> {
        Ok(Type::Unknown(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Type, E> {
        Ok(Type::Unknown(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Type, E> {
        Ok(Type::Unknown(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Type, E> {
        Ok(Type::Unknown(value.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Type, A::Error> {
        while entries.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Type::Unknown("[…]".to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Type, A::Error> {
        let mut kind = None;
        let mut parts = Parts::default();
        let mut others = String::new();
        while let Some(key) = entries.next_key::<String>()? {
            match key.as_str() {
                "type" => kind = entries.next_value_seed(Text)?,
                "fields" => parts.fields = entries.next_value::<Fields>()?.0,
                "element-id" => parts.element_id = entries.next_value()?,
                "element-required" => parts.element_required = entries.next_value::<Flag>()?.0,
                "element" => parts.element = entries.next_value()?,
                "key-id" => parts.key_id = entries.next_value()?,
                "key" => parts.key = entries.next_value()?,
                "value-id" => parts.value_id = entries.next_value()?,
                "value-required" => parts.value_required = entries.next_value::<Flag>()?.0,
                "value" => parts.value = entries.next_value()?,
                _ if others.len() > MAX_JSON => entries.next_value::<IgnoredAny>().map(drop)?,
                _ => {
                    let Json(value) = entries.next_value()?;
                    let key = serde_json::Value::from(key);
                    others.push_str(&format!(",{key}:{value}"));
                }
            }
        }
        Ok(match kind.as_deref() {
            Some("struct") => Type::Struct(parts.fields),
            Some("list") => Type::List {
                element_id: parts.element_id,
                element_required: parts.element_required,
                element: parts.element,
            },
            Some("map") => Type::Map {
                key_id: parts.key_id,
                key: parts.key,
                value_id: parts.value_id,
                value_required: parts.value_required,
                value: parts.value,
            },
            _ => {
                let kind = serde_json::to_string(&kind).unwrap_or_default();
                Type::Unknown(cut(format!("{{\"type\":{kind}{others}}}")))
            }
        })
    }
}
