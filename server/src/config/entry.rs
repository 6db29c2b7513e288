use std::{collections::BTreeMap, fmt};

use super::{
    error::{Error, Place},
    keys::{CONNECTION, Key, SERVER, find},
};

/// Has no `Debug`: it may be a secret.
#[derive(Clone)]
pub enum Value {
    Text(String),
    Flag(bool),
    List(Vec<String>),
    Table(Vec<(String, String)>),
}

/// A value and where it was written.
#[derive(Clone)]
pub struct Entry {
    pub value: Value,
    pub place: Place,
}

/// Settings by their name. Every value has the shape that its key asks for.
#[derive(Clone, Default)]
pub struct Entries(BTreeMap<String, Entry>);

impl Entries {
    pub fn insert(&mut self, name: &str, entry: Entry) {
        self.0.insert(name.to_owned(), entry);
    }

    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.0.get(name)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(name, entry)| (name.as_str(), entry))
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)?.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// A text as something narrower; what `read` says is wrong with it gets its place.
    pub fn parse<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Error> {
        self.text(name)
            .map(|text| read(text).map_err(|reason| self.error(name, reason)))
            .transpose()
    }

    /// An error about the setting `name`.
    pub fn error(&self, name: &str, message: impl fmt::Display) -> Error {
        match self.get(name) {
            Some(entry) => Error::at(&entry.place, message),
            None => Error::new(message),
        }
    }

    /// Puts the settings of a higher layer over these. A secret in one form replaces the same
    /// secret in another.
    pub fn overlay(&mut self, above: Self) {
        for (name, entry) in above.0 {
            let key = find(CONNECTION, &name).or_else(|| find(SERVER, &name));
            for form in key.map(Key::names).unwrap_or_default() {
                self.0.remove(&form);
            }
            self.0.insert(name, entry);
        }
    }
}

impl Entry {
    pub fn text(text: &str, place: Place) -> Self {
        Self {
            value: Value::Text(text.to_owned()),
            place,
        }
    }
}
