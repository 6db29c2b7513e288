//! How single fields are read when a server sends less, more or something else than the spec says, without
//! ever taking much more memory than the text that was sent.

mod list;
mod object;

use std::collections::BTreeMap;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error},
};
use serde_json::value::RawValue;

use super::{
    Id, allowance,
    text::{self, Text},
};

pub use list::{list, map};
pub use object::object;
pub(crate) use object::{each_string, object_map, objects};

/// Longest text of a small field, in bytes.
const SMALL: usize = 64 * 1024;

/// `null` counts as missing.
pub fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A small field of any other shape, or longer than 64 KiB, counts as missing.
pub fn small<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let value = is_small(&raw).then(|| serde_json::from_str(raw.get()).ok());
    Ok(value.flatten().unwrap_or_default())
}

/// A small field that must not get lost: any other shape is an error, and so is more than 64 KiB.
/// `null` counts as missing.
pub fn whole<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    if !is_small(&raw) {
        return Err(D::Error::custom("a field is longer than 64 KiB"));
    }
    let value: Option<T> = serde_json::from_str(raw.get()).map_err(D::Error::custom)?;
    Ok(value.unwrap_or_default())
}

/// Counts what the parts of a value may take at most: each is announced by one of four characters.
fn is_small(raw: &RawValue) -> bool {
    let parts = raw.get().bytes().filter(|byte| b",:[{".contains(byte));
    raw.get().len() <= SMALL && allowance::spend(72 * parts.count())
}

/// Anything as text; objects and lists as JSON, cut at 4 KiB. `null` counts as missing.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Text.deserialize(deserializer)
}

/// Anything as text, as [`text`] has it; empty where nothing is sent.
pub fn string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(text(deserializer)?.unwrap_or_default())
}

/// The texts of a small list; what is no text is left out. Anything but a list counts as missing.
pub fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let list: Option<Vec<serde_json::Value>> = small(deserializer)?;
    let text = |value: serde_json::Value| value.as_str().map(str::to_owned);
    Ok(list.map(|list| list.into_iter().filter_map(text).collect()))
}

/// Any value as JSON, cut at 4 KiB. `null` counts as missing.
pub fn json<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Some(text::json(deserializer)?).filter(|json| json != "null"))
}

/// An integer, also when written as `12.0` or `"12"`; anything else is passed over.
pub fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let id = Id::deserialize(deserializer)?;
    let integer = as_integer(&id);
    if integer.is_none() && id != Id::default() {
        allowance::pass_over();
    }
    Ok(integer)
}

/// The integer that was meant.
pub(crate) fn as_integer(id: &Id) -> Option<i64> {
    // From 2^53 a float no longer says which one.
    let integral = |number: f64| number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    match id {
        Id::Exact(value) => Some(*value),
        Id::Text(text) => {
            let number = text.parse().ok().filter(|number| integral(*number));
            number.map(|number| number as i64)
        }
    }
}

/// A string map whose values may be of any kind: they become text, `null` is dropped. Anything but an
/// object counts as empty.
pub fn string_map<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let strings: Option<Strings> = object(deserializer)?;
    Ok(strings.unwrap_or_default().0)
}

#[derive(Default)]
struct Strings(BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut strings = BTreeMap::new();
        each_string(deserializer, |key, value| {
            // A map allocates room for eleven entries at once, and each entry two texts.
            let fresh = if strings.is_empty() { 512 } else { 0 };
            if strings.insert(key, value).is_some() {
                allowance::pass_over();
            }
            allowance::spend(fresh + 128)
        })?;
        Ok(Self(strings))
    }
}
