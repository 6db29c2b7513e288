use std::{borrow::Cow, cmp::Ordering, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::value::RawValue;

/// A 64-bit id or counter of Iceberg metadata: exact, or the text a server sent when it is no `i64`.
///
/// Writers have been seen to store `9223372036854775808` and `4.59e18`; such a value stays visible, digit by
/// digit, without failing the table around it. Serialised as a string, because a browser's numbers end at 2^53.
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

    /// Whether writers put it where there is none.
    pub(crate) fn is_none(&self) -> bool {
        match self {
            Self::Exact(value) => *value == -1,
            Self::Text(text) => text.is_empty(),
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
        // As text: a float would lose the digits that its writer gave it.
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let json = raw.get();
        Ok(match json.as_bytes().first() {
            Some(b'"') => {
                let text: Cow<str> = serde_json::from_str(json).map_err(D::Error::custom)?;
                Self::from(&*text)
            }
            Some(b'[') => Self::Text("[…]".to_owned()),
            Some(b'{') => Self::Text("{…}".to_owned()),
            Some(b'n') => Self::default(),
            _ => Self::from(json),
        })
    }
}
