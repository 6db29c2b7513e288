//! The values of a destination file and where they stand in it.

use crate::keys::{self, Key, Type};
use crate::secret::{Secret, looks_secret, names_secret};
use crate::url;
use serde::Serialize;
use std::fmt;

/// A place in the text of a file, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl Position {
    /// The beginning of a text.
    pub const START: Self = Self { line: 1, column: 1 };
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// A value as the file has it.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// A string that may be shown.
    Text(String),
    /// A string that may not.
    Secret(Secret),
    /// A flag.
    Bool(bool),
    /// Anything else, as it was written: a number, the value of an unknown key, or one of the wrong
    /// type. Masked like a secret unless its key is known to hold none: a misspelt key may.
    Json(Json),
}

/// Without the password that a URL may carry.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => write!(f, "{:?}", url::without_userinfo(text)),
            Value::Secret(secret) => fmt::Debug::fmt(secret, f),
            Value::Bool(on) => fmt::Debug::fmt(on, f),
            Value::Json(json) => fmt::Debug::fmt(json, f),
        }
    }
}

/// JSON text that is kept as it was written, so that no number is rounded and no key is lost.
#[derive(Clone, PartialEq, Eq)]
pub struct Json(pub(crate) String);

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ty())
    }
}

impl Json {
    /// As it was written. May hold a secret.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The JSON type, in words.
    pub fn ty(&self) -> &'static str {
        match self.0.bytes().next() {
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b't' | b'f') => "true or false",
            Some(b'n') => "null",
            _ => "a number",
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.0 == "null"
    }

    /// The text of a JSON string.
    pub(crate) fn string(&self) -> Option<String> {
        serde_json::from_str(&self.0).ok()
    }
}

/// A key, its value, and where the key stands if it was read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As the file spells it.
    pub key: String,
    /// What it is set to.
    pub value: Value,
    /// Where the key stands.
    pub at: Option<Position>,
}

impl Entry {
    /// Types a raw value by what is known about its key.
    pub(crate) fn read(key: String, raw: &str, at: Option<Position>) -> Self {
        let json = Json(raw.to_owned());
        let value = match (keys::find(&key), json.string()) {
            (
                Some(Key {
                    ty: Type::Text,
                    secret: true,
                    ..
                }),
                Some(text),
            ) => Value::Secret(Secret::new(text)),
            (Some(Key { ty: Type::Text, .. }), Some(text)) => Value::Text(text),
            (Some(Key { ty: Type::Bool, .. }), _) if raw == "true" => Value::Bool(true),
            (Some(Key { ty: Type::Bool, .. }), _) if raw == "false" => Value::Bool(false),
            _ => Value::Json(json),
        };
        Self { key, value, at }
    }

    /// The value must not be shown.
    pub fn is_sensitive(&self) -> bool {
        match &self.value {
            Value::Bool(_) => false,
            Value::Text(text) => self.takes_a_word() && looks_secret(text),
            Value::Secret(secret) => !secret.expose().is_empty(),
            Value::Json(json) => match json.ty() {
                "true or false" | "null" => false,
                "a number" | "a string" => keys::find(&self.key).is_none_or(|key| key.secret),
                _ => true,
            },
        }
    }

    /// The value is or may be a secret, by its key's name or its own look. What else is unknown stays readable: a
    /// template that lost it would be another file.
    pub(crate) fn is_probably_secret(&self) -> bool {
        match &self.value {
            Value::Json(json) if keys::find(&self.key).is_none() => {
                let near = keys::called(&self.key, "")
                    .or_else(|| keys::nearest(&self.key))
                    .and_then(keys::find);
                near.is_some_and(|key| key.secret) || holds_secret(&self.key, &json.0)
            }
            _ => self.is_sensitive(),
        }
    }

    /// A key that a secret was pasted under by mistake if its value looks like one.
    fn takes_a_word(&self) -> bool {
        [
            keys::REGION,
            keys::SIGNING_REGION,
            keys::SIGNING_NAME,
            keys::AUTH_TYPE,
            keys::CATALOG_TYPE,
            keys::CATALOG_NAME,
        ]
        .iter()
        .any(|key| keys::same(key, &self.key))
    }
}

/// Whether any part of a JSON value is a secret by its name or its look.
fn holds_secret(key: &str, json: &str) -> bool {
    fn walk(key: &str, value: &serde_json::Value) -> bool {
        use serde_json::Value::*;
        match value {
            Null | Bool(_) => false,
            Number(_) => names_secret(key),
            String(text) => {
                !text.is_empty()
                    && (names_secret(key)
                        || looks_secret(text)
                        || url::without_userinfo(text) != *text)
            }
            Array(parts) => parts.iter().any(|part| walk(key, part)),
            Object(parts) => parts
                .iter()
                .any(|(name, part)| walk(name, part) || (names_secret(key) && walk(key, part))),
        }
    }
    // What is too deep to be read may hold anything.
    serde_json::from_str(json).map_or(true, |value| walk(key, &value))
}
