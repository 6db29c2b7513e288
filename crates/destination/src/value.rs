//! The values of a destination file and where they stand in it.

use crate::keys::{self, Key, Type};
use crate::placeholder::has_placeholder;
use crate::secret::{MASK, Secret, looks_secret, names_secret};
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

/// Without what looks like a secret.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) if !text.contains("://") && looks_secret(text) => f.write_str(MASK),
            Value::Text(text) => write!(f, "{:?}", url::without_secrets(text)),
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
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// As the file spells it.
    pub key: String,
    /// What it is set to.
    pub value: Value,
    /// Where the key stands.
    pub at: Option<Position>,
}

/// Without a secret, be it the value or the name.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut entry = f.debug_struct("Entry");
        match self.hides_name() {
            true => entry.field("key", &MASK),
            false => entry.field("key", &self.key),
        };
        match self.is_sensitive() {
            true => entry.field("value", &MASK),
            false => entry.field("value", &self.value),
        };
        entry.field("at", &self.at).finish()
    }
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

    /// The value must not be shown: it is a secret by its key, or looks like one that was pasted under it.
    pub fn is_sensitive(&self) -> bool {
        match &self.value {
            Value::Bool(_) => false,
            Value::Text(text) => is_pasted(&self.key, text),
            Value::Secret(secret) => !secret.expose().is_empty(),
            Value::Json(json) => match (json.ty(), keys::find(&self.key)) {
                ("true or false" | "null", _) => false,
                ("a number", Some(key)) => key.secret,
                ("a string", Some(key)) => {
                    key.secret
                        || json.string().is_none_or(|text| {
                            is_pasted(&self.key, &text) || url::has_secrets(&text)
                        })
                }
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
                near.is_some_and(|key| key.secret)
                    || self.hides_name()
                    || holds_secret(&self.key, &json.0)
            }
            _ => self.is_sensitive(),
        }
    }

    /// The name is no name: a secret was pasted there.
    pub(crate) fn hides_name(&self) -> bool {
        keys::find(&self.key).is_none()
            && keys::called(&self.key, "").is_none()
            && (looks_secret(&self.key) || url::has_secrets(&self.key))
    }

    /// The secrets in the value, as far as they are known by their look or their key.
    pub(crate) fn secrets(&self) -> Vec<&str> {
        match &self.value {
            Value::Secret(secret) => vec![secret.expose()],
            Value::Text(text) if self.is_sensitive() => vec![text],
            Value::Text(text) => url::secrets(text),
            Value::Bool(_) | Value::Json(_) => Vec::new(),
        }
    }
}

/// Whether a text was pasted under a key that takes none such: a key or a token by its look, or `id:secret` where
/// no colon belongs.
fn is_pasted(key: &str, text: &str) -> bool {
    // What an address carries is told apart from the rest of it.
    if text.contains("://") || text.starts_with("arn:") {
        return false;
    }
    let is = |names: &[&str]| names.iter().any(|name| keys::same(name, key));
    let text = text.trim();
    let pair = text
        .split_once(':')
        .filter(|(id, secret)| !id.is_empty() && !secret.is_empty())
        .filter(|_| !text.contains(' ') && !has_placeholder(text));
    let Some((first, second)) = pair else {
        // Cloudflare calls a warehouse by account and bucket.
        let account = text.get(..32).filter(|account| {
            is(&[keys::WAREHOUSE]) && account.bytes().all(|b| b.is_ascii_hexdigit())
        });
        return looks_secret(account.map_or(text, |account| {
            text[account.len()..].strip_prefix('_').unwrap_or(text)
        }));
    };
    let credential = if is(&[keys::SCOPE, "gcp_auth_scopes"]) {
        let mixed = |what: fn(&u8) -> bool| second.bytes().any(|b| what(&b));
        !first.eq_ignore_ascii_case("principal_role")
            && !second.contains([':', ' '])
            && second.len() > 5
            && mixed(u8::is_ascii_digit)
            && mixed(u8::is_ascii_alphabetic)
    } else if is(&[keys::WAREHOUSE]) {
        // An account of Glue's with a catalog of its own.
        !first.bytes().all(|b| b.is_ascii_digit()) && !text.contains('/')
    } else if is(&ADDRESSES) {
        let port = second.split(['/', ',']).next().unwrap_or_default();
        !port.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('[')
    } else {
        !is(&["sink_jar_path"])
    };
    credential || looks_secret(text)
}

/// Where `host:port` may stand without a scheme.
const ADDRESSES: [&str; 6] = [
    keys::URL,
    keys::OAUTH_URL,
    keys::S3_ENDPOINT,
    keys::HIVE_URL,
    "glue_endpoint",
    "sink_rpc_server_host",
];

/// Whether any part of a JSON value is a secret by its name or its look.
fn holds_secret(key: &str, json: &str) -> bool {
    fn walk(key: &str, value: &serde_json::Value) -> bool {
        use serde_json::Value::*;
        match value {
            Null | Bool(_) => false,
            Number(_) => names_secret(key),
            String(text) => {
                !text.is_empty()
                    && (names_secret(key) || looks_secret(text) || url::has_secrets(text))
            }
            Array(parts) => parts.iter().any(|part| walk(key, part)),
            Object(parts) => parts.iter().any(|(name, part)| {
                looks_secret(name) || walk(name, part) || (names_secret(key) && walk(key, part))
            }),
        }
    }
    // What is too deep to be read may hold anything.
    serde_json::from_str(json).map_or(true, |value| walk(key, &value))
}
