//! Any value as text, written while it is read: what is cut away never takes memory.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// Longest JSON that is kept of a value, in bytes.
pub(crate) const MAX_JSON: usize = 4096;

/// A text as it is; numbers, objects and lists as JSON. `null` is nothing.
pub(crate) struct Text;

/// Writes a value as JSON without spaces to the end of a text, up to [`MAX_JSON`] bytes.
pub(crate) struct Json<'a>(pub &'a mut String);

impl Json<'_> {
    /// A whole value; one that was cut ends in `…`.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        let mut json = String::new();
        Json(&mut json).deserialize(deserializer)?;
        Ok(cut(json))
    }

    fn is_full(&self) -> bool {
        self.0.len() > MAX_JSON
    }

    fn put<E>(self, value: impl serde::Serialize) -> Result<(), E> {
        if !self.is_full() {
            // Scalars always have a JSON form.
            self.0
                .push_str(&serde_json::to_string(&value).unwrap_or_default());
        }
        Ok(())
    }
}

pub(crate) fn cut(mut json: String) -> String {
    if json.len() > MAX_JSON {
        json.truncate(json.floor_char_boundary(MAX_JSON));
        json.push('…');
        json.shrink_to_fit();
    }
    json
}

impl<'de> DeserializeSeed<'de> for Json<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.is_full() {
            return serde::Deserialize::deserialize(deserializer).map(|IgnoredAny| ());
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Json<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(value)
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.put(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.put(value)
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.put(value)
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(&text[..text.floor_char_boundary(MAX_JSON)])
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let json = self.0;
        json.push('[');
        let start = json.len();
        while json.len() <= MAX_JSON {
            let before = json.len();
            if before > start {
                json.push(',');
            }
            if entries.next_element_seed(Json(&mut *json))?.is_none() {
                json.truncate(before);
                json.push(']');
                return Ok(());
            }
        }
        while entries.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let json = self.0;
        json.push('{');
        let start = json.len();
        while json.len() <= MAX_JSON {
            let before = json.len();
            if before > start {
                json.push(',');
            }
            if entries.next_key_seed(Json(&mut *json))?.is_none() {
                json.truncate(before);
                json.push('}');
                return Ok(());
            }
            json.push(':');
            entries.next_value_seed(Json(&mut *json))?;
        }
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(serde_json::to_string(&value).unwrap_or_default()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        let mut json = String::new();
        Json(&mut json).visit_seq(entries)?;
        Ok(Some(cut(json)))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        let mut json = String::new();
        Json(&mut json).visit_map(entries)?;
        Ok(Some(cut(json)))
    }
}
