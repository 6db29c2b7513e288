use std::fmt;

use serde::{Deserialize, Deserializer};

use super::{allowance, lenient};

/// Pairs of strings in order of their keys, in one piece of memory: a table may have a hundred thousand
/// snapshots, each with a dozen counters.
#[derive(Clone, Default)]
pub struct Strings {
    text: Box<str>,
    /// Where in `text` each key begins, its value begins, and its value ends.
    entries: Box<[[u32; 3]]>,
}

impl Strings {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        let entry = |at: &[u32; 3]| self.entry(at).0;
        let at = self
            .entries
            .binary_search_by(|at| entry(at).cmp(key))
            .ok()?;
        Some(self.entry(&self.entries[at]).1)
    }

    /// Keys and values, in order of key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|at| self.entry(at))
    }

    /// Whether it has no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn entry(&self, at: &[u32; 3]) -> (&str, &str) {
        let [key, value, end] = at.map(|at| at as usize);
        (&self.text[key..value], &self.text[value..end])
    }
}

impl PartialEq for Strings {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Strings {}

/// Of equal keys the last one holds.
impl<K: AsRef<str>, V: AsRef<str>> FromIterator<(K, V)> for Strings {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut builder = Builder::default();
        for (key, value) in pairs {
            builder.push(key.as_ref(), value.as_ref());
        }
        builder.build()
    }
}

/// Anything but an object counts as empty, values of any kind become text.
impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let builder: Option<Builder> = lenient::object(deserializer)?;
        Ok(builder.unwrap_or_default().build())
    }
}

impl fmt::Debug for Strings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[derive(Default)]
struct Builder {
    text: String,
    entries: Vec<[u32; 3]>,
}

impl Builder {
    /// `false` when there is no room.
    fn push(&mut self, key: &str, value: &str) -> bool {
        let length = self.text.len();
        let at = |offset: usize| u32::try_from(length + offset).ok();
        let (Some(start), Some(middle), Some(end)) =
            (at(0), at(key.len()), at(key.len() + value.len()))
        else {
            return false;
        };
        self.text.push_str(key);
        self.text.push_str(value);
        self.entries.push([start, middle, end]);
        allowance::spend(32)
    }

    fn build(mut self) -> Strings {
        let text = self.text.into_boxed_str();
        let key = |at: &[u32; 3]| &text[at[0] as usize..at[1] as usize];
        self.entries
            .sort_by(|a, b| key(a).cmp(key(b)).then(b.cmp(a)));
        let all = self.entries.len();
        self.entries.dedup_by(|a, b| key(a) == key(b));
        if self.entries.len() < all {
            allowance::pass_over();
        }
        Strings {
            entries: self.entries.into_boxed_slice(),
            text,
        }
    }
}

impl<'de> Deserialize<'de> for Builder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut builder = Self::default();
        lenient::each_string(deserializer, |key, value| builder.push(&key, &value))?;
        Ok(builder)
    }
}

#[cfg(test)]
mod tests {
    use super::Strings;

    #[test]
    fn pairs_are_found_by_key_and_stand_in_its_order() {
        let json =
            r#"{"b": "2", "a": 1.0, "": "é", "b": "3", "none": null, "list": [1, {"x": "y"}]}"#;
        let strings: Strings = serde_json::from_str(json).unwrap();
        let pairs: Vec<_> = strings.iter().collect();
        let list = r#"[1,{"x":"y"}]"#;
        assert_eq!(pairs, [("", "é"), ("a", "1.0"), ("b", "3"), ("list", list)]);
        assert_eq!((strings.get("b"), strings.get("none")), (Some("3"), None));
        assert_eq!(strings, pairs.into_iter().collect());
        for json in ["null", "[1]", "7", r#""x""#] {
            assert!(
                serde_json::from_str::<Strings>(json).unwrap().is_empty(),
                "{json}"
            );
        }
    }
}
