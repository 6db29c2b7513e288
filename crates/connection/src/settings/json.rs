//! Settings as one flat object of JSON: `{"name": "prod", "read_only": true, "headers": {"Polaris-Realm": "main"}}`.

use super::{Settings, Value};
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key.name, value)))
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Table(pairs) => {
                let mut map = serializer.serialize_map(Some(pairs.len()))?;
                for (name, text) in pairs {
                    map.serialize_entry(name, text)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Settings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of settings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Settings, A::Error> {
                let mut settings = Settings::new();
                while let Some(key) = map.next_key::<String>()? {
                    let value: Value = map.next_value()?;
                    settings
                        .set(&key, value)
                        .map_err(|unfit| A::Error::custom(format_args!("a setting {unfit}")))?;
                }
                Ok(settings)
            }
        }
        deserializer.deserialize_map(All)
    }
}

/// Its errors say what is wanted and not what is there, which may be a secret.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        const WANTED: &str = "a value is a text, true or false, or a table of texts";
        impl<'de> Visitor<'de> for Any {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, true or false, or a table of texts")
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
                Ok(Value::Flag(flag))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
                Ok(Value::Text(text.to_owned()))
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<Value, E> {
                Err(E::custom(WANTED))
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<Value, E> {
                Err(E::custom(WANTED))
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
                Err(E::custom(WANTED))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    match value {
                        Value::Text(text) if pairs.len() <= super::MAX_PAIRS => {
                            pairs.push((name, text));
                        }
                        _ => return Err(A::Error::custom(WANTED)),
                    }
                }
                Ok(Value::Table(pairs))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
