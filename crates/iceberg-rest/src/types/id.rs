use std::{cmp::Ordering, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A 64-bit id or counter of Iceberg metadata: exact, or the text a server sent when it is no `i64`.
///
/// Writers have been seen to store `9223372036854775808` and `4.59e18`; such a value stays visible without
/// failing the table around it. Serialised as a string, because a browser's numbers end at 2^53.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Id {
    /// An `i64`, as the specification has it.
    Exact(i64),
    /// What was sent instead.
    Text(String),
}

impl Id {
    /// The number, where it is one.
    pub fn exact(&self) -> Option<i64> {
        match self {
            Self::Exact(value) => Some(*value),
            Self::Text(_) => None,
        }
    }
}

impl Default for Id {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl From<i64> for Id {
    fn from(value: i64) -> Self {
        Self::Exact(value)
    }
}

/// Text in base 10 becomes exact, so ids survive the way through a page's address.
impl From<&str> for Id {
    fn from(text: &str) -> Self {
        text.parse()
            .map_or_else(|_| Self::Text(text.to_owned()), Self::Exact)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(value) => value.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Exact ids in order of value, then text.
impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Exact(a), Self::Exact(b)) => a.cmp(b),
            (Self::Exact(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Exact(_)) => Ordering::Greater,
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
        }
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl<'de> de::Visitor<'de> for IdVisitor {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id")
    }

    fn visit_i64<E>(self, value: i64) -> Result<Id, E> {
        Ok(Id::Exact(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Id, E> {
        Ok(i64::try_from(value).map_or_else(|_| Id::Text(value.to_string()), Id::Exact))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Id, E> {
        Ok(Id::Text(format!("{value:e}")))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Id, E> {
        Ok(Id::Text(value.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Id, E> {
        Ok(Id::from(text))
    }

    fn visit_unit<E>(self) -> Result<Id, E> {
        Ok(Id::default())
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Id, A::Error> {
        while items.next_element::<de::IgnoredAny>()?.is_some() {}
        Ok(Id::Text("[…]".to_owned()))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut entries: A) -> Result<Id, A::Error> {
        while entries
            .next_entry::<de::IgnoredAny, de::IgnoredAny>()?
            .is_some()
        {}
        Ok(Id::Text("{…}".to_owned()))
    }
}
