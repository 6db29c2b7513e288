use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// What error bodies are told apart and understood by.
const KEYS: [&str; 26] = [
    "Message",
    "__type",
    "code",
    "description",
    "detail",
    "details",
    "err",
    "error",
    "errorCode",
    "errorMessage",
    "errorSummary",
    "error_code",
    "error_description",
    "errors",
    "fault",
    "faultstring",
    "message",
    "msg",
    "reason",
    "stack",
    "stackTrace",
    "status",
    "text",
    "title",
    "trace",
    "type",
];

/// Those that hold words, the best first.
const WORDS: [&str; 13] = [
    "message",
    "Message",
    "msg",
    "text",
    "errorMessage",
    "errorSummary",
    "faultstring",
    "reason",
    "description",
    "err",
    "errors",
    "details",
    "detail",
];

/// What a field of any name counts as where it may hold words.
const ANY: &str = "errors";

/// Those that hold a stack: what was thrown stands first.
const STACKS: [&str; 3] = ["stack", "stackTrace", "trace"];

/// The fields that mean something in an error body.
#[derive(Debug, Default)]
pub(super) struct Fields {
    found: BTreeMap<&'static str, Option<String>>,
    /// Those of an object `error`.
    pub error: Option<Box<Fields>>,
    /// Those of an object `fault`, `message`, `detail` or `errors`, or of the first in such a list.
    inner: Option<Box<Fields>>,
}

impl Fields {
    /// Reads an object, a text in quotes, or a list of these. A body may be cut: then what stands before the cut
    /// is found.
    pub fn read(body: &[u8]) -> Option<Self> {
        if !matches!(body.trim_ascii_start().first(), Some(b'{' | b'[' | b'"')) {
            return None;
        }
        let read = |body: &[u8]| {
            let mut fields = Self::default();
            let mut deserializer = serde_json::Deserializer::from_slice(body);
            let whole = Reader {
                of: &mut fields,
                any: false,
            }
            .deserialize(&mut deserializer)
            .and_then(|()| deserializer.end());
            (fields, whole)
        };
        match read(body) {
            (fields, Ok(())) => Some(fields),
            // A text that the cut goes through counts as whole.
            (_, Err(error)) if error.is_eof() => Some(read(&[body, b"\""].concat()).0),
            _ => None,
        }
    }

    /// The field, where it is a text that says something.
    pub fn get(&self, key: &str) -> Option<&str> {
        let text = self.found.get(key)?.as_deref();
        text.filter(|text| !text.trim().is_empty())
    }

    /// What the server says, or else what it says in the objects that frameworks put around it, or what it threw; may
    /// be empty.
    pub fn words(&self) -> &str {
        let own = WORDS.iter().find_map(|key| self.get(key));
        // A trace may also be the name of a call.
        let is_class = |text: &&str| text.contains(['.', ' ']);
        let mut thrown = STACKS
            .iter()
            .filter_map(|key| self.get(key))
            .filter(is_class);
        let inner = || Some(self.inner.as_ref()?.words()).filter(|words| !words.is_empty());
        own.or_else(inner)
            .or_else(|| thrown.next())
            .unwrap_or_default()
    }

    pub fn has(&self, key: &str) -> bool {
        self.found.contains_key(key)
    }
}

/// What says nothing to people.
macro_rules! passed_over {
    ($($visit:ident($($value:ty)?))+) => {
        $(fn $visit<E>(self $(, _: $value)?) -> Result<(), E> {
            Ok(())
        })+
    };
}

struct Reader<'a> {
    of: &'a mut Fields,
    /// What is said of each field of a request, by the field's name, is words too.
    any: bool,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    passed_over! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_unit() }

    /// A text by itself is the message.
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.of.found.insert("message", Some(text.to_owned()));
        Ok(())
    }

    /// The first one in which something is found counts.
    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        loop {
            let entry = Reader {
                of: self.of,
                any: self.any,
            };
            let more = match entry.of.found.is_empty() {
                true => entries.next_element_seed(entry)?.is_some(),
                false => entries.next_element::<IgnoredAny>()?.is_some(),
            };
            if !more {
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key::<Cow<'_, str>>()? {
            match KEYS.into_iter().find(|known| *known == key) {
                Some(key) => entries.next_value_seed(Field { key, of: self.of })?,
                // The first field that is found to be wrong stands for all.
                None if self.any && !self.of.has(ANY) => entries.next_value_seed(Field {
                    key: ANY,
                    of: self.of,
                })?,
                None => entries.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(())
    }
}

/// One of [`KEYS`].
struct Field<'a> {
    key: &'static str,
    of: &'a mut Fields,
}

impl<'de> DeserializeSeed<'de> for Field<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.of.found.insert(self.key, None);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Field<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    passed_over! { visit_bool(bool) visit_i64(i64) visit_f64(f64) visit_unit() }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        if self.key == "code" {
            self.of.found.insert(self.key, Some(number.to_string()));
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.of.found.insert(self.key, Some(text.to_owned()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { key, of } = self;
        // The first one counts.
        if entries.next_element_seed(Field { key, of })?.is_some() {
            while entries.next_element::<IgnoredAny>()?.is_some() {}
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let place = match self.key {
            "error" => Some(&mut self.of.error),
            "detail" | "errors" | "fault" | "message" => Some(&mut self.of.inner),
            _ => None,
        };
        match place {
            Some(place @ None) => Reader {
                of: place.insert(Box::default()),
                any: self.key == "errors",
            }
            .visit_map(entries),
            _ => {
                while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(())
            }
        }
    }
}
