//! What is set of a connection.

mod json;
mod secrets;
mod value;

use crate::keys::{self, Input, KEYS, Key};
use std::collections::BTreeMap;
use std::fmt;

pub use secrets::clears;
pub(crate) use secrets::{ADDRESSES, is_plain, without_user};
pub(crate) use value::MAX_PAIRS;
use value::MAX_VALUE;
pub use value::{Unfit, Value};

/// Values by key, in the order of [`KEYS`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Settings(BTreeMap<usize, Value>);

impl Settings {
    /// Nothing is set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(&place(key)?)
    }

    /// The text of a key; none where it is not set, or is no text.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether a flag is on.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The pairs of a table; none where there are none.
    pub fn table(&self, key: &str) -> &[(String, String)] {
        match self.get(key) {
            Some(Value::Table(pairs)) => pairs,
            _ => &[],
        }
    }

    /// The way to sign in: `none` unless set.
    pub fn auth_type(&self) -> &str {
        self.text(keys::AUTH_TYPE).unwrap_or("none")
    }

    /// Sets a key. Of pairs of one name the last is kept.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) -> Result<(), Unfit> {
        let Some(place) = place(key) else {
            let known = KEYS.iter().map(|key| key.name);
            return Err(Unfit::Unknown(keys::nearest(key, known)));
        };
        let value = value.into();
        let length = match (&value, KEYS[place].input) {
            (Value::Flag(_), Input::Flag) => 0,
            (Value::Table(pairs), Input::Pairs) if pairs.len() > MAX_PAIRS => MAX_VALUE + 1,
            (Value::Table(pairs), Input::Pairs) => pairs
                .iter()
                .map(|(name, text)| name.len() + text.len())
                .sum(),
            (Value::Text(text), Input::Text | Input::Secret | Input::Choice(_)) => text.len(),
            (_, input) => return Err(Unfit::Shape(shape(input))),
        };
        if length > MAX_VALUE {
            return Err(Unfit::TooLong);
        }
        self.0.insert(place, once(value));
        Ok(())
    }

    /// Takes a key away.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.0.remove(&place(key)?)
    }

    /// What is set, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Key, &Value)> {
        self.0.iter().map(|(place, value)| (&KEYS[*place], value))
    }
}

impl fmt::Debug for Settings {
    /// Secrets are dots; what else is set is told from them by its key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.without_secrets();
        let mut map = f.debug_map();
        for (key, value) in self.iter() {
            match shown.get(key.name) {
                Some(Value::Text(text)) => map.entry(&key.name, text),
                Some(other) if other == value => match other {
                    Value::Table(pairs) => map.entry(&key.name, pairs),
                    _ => map.entry(&key.name, other),
                },
                _ => map.entry(&key.name, value),
            };
        }
        map.finish()
    }
}

fn place(key: &str) -> Option<usize> {
    KEYS.iter().position(|known| known.name == key)
}

/// What a value has to be, in words.
fn shape(input: Input) -> &'static str {
    match input {
        Input::Text | Input::Secret | Input::Choice(_) => "a text",
        Input::Flag => "true or false",
        Input::Pairs => "a table of texts",
    }
}

fn once(value: Value) -> Value {
    let Value::Table(pairs) = value else {
        return value;
    };
    let mut kept: Vec<(String, String)> = Vec::with_capacity(pairs.len());
    for (name, text) in pairs {
        match kept.iter_mut().find(|(known, _)| *known == name) {
            Some((_, before)) => *before = text,
            None => kept.push((name, text)),
        }
    }
    Value::Table(kept)
}
