use crate::keys::{self, Key, Type};
use crate::kind::{Auth, Kind, Target};
use crate::order;
use crate::placeholder::has_placeholder;
use crate::release::Release;
use crate::secret::{BLANK, Secret};
use crate::url;
use crate::value::{Entry, Json, Position, Value};

/// The value of `type` in a file for the Iceberg writer, compared exactly by OLake.
pub(crate) const TYPE: &str = "ICEBERG";

/// A `destination.json`: `{"type": "ICEBERG", "writer": {…}}`, with every key in its place.
///
/// Keys are found as OLake finds them: in any case, and the last of several wins.
#[derive(Clone, Debug, PartialEq)]
pub struct Destination {
    pub(crate) kind: Option<Kind>,
    /// The kind was told by signs that others have too.
    pub(crate) guessed: bool,
    pub(crate) auth: Auth,
    pub(crate) target: Target,
    pub(crate) release: Release,
    /// The keys beside `writer`.
    pub(crate) envelope: Vec<Entry>,
    pub(crate) writer: Vec<Entry>,
    /// How many envelope keys precede `writer`; `None` if the file has no such object.
    pub(crate) slot: Option<usize>,
    /// Where `writer` stands, or the beginning without one; `None` if the file was not read from
    /// text.
    pub(crate) writer_at: Option<Position>,
}

impl Destination {
    /// `None`: a catalog that OLake supports and this crate leaves as it is (Glue, JDBC, Hive, …).
    pub fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// Whether the kind is no more than a guess: another program may well have such an address.
    pub fn is_guess(&self) -> bool {
        self.guessed
    }

    /// How OLake signs in.
    pub fn auth(&self) -> Auth {
        self.auth
    }

    /// Which OLake the file is for.
    pub fn target(&self) -> Target {
        self.target
    }

    /// The OLake that it is judged for and that commands name; it does not stand in the file.
    pub fn release(&self) -> Release {
        self.release
    }

    /// Judges it for another OLake.
    pub fn set_release(&mut self, release: Release) {
        self.release = release;
    }

    /// All keys of `writer`, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.writer
    }

    /// The entry whose value OLake would use.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.writer
            .iter()
            .rev()
            .find(|entry| keys::same(&entry.key, key))
    }

    /// The text of a key that is no secret; empty if it is absent or no string.
    pub fn text(&self, key: &str) -> &str {
        match self.entry(key).map(|entry| &entry.value) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The text of a key as it may be shown: without what in it looks like a secret.
    pub fn shown(&self, key: &str) -> String {
        match self.entry(key) {
            Some(entry) if entry.is_sensitive() => BLANK.to_owned(),
            _ => url::without_secrets(self.text(key).trim()),
        }
    }

    /// Every secret of the file, whatever key it stands under, the longest first: for [`hushed`](crate::hushed).
    pub fn secrets(&self) -> Vec<&str> {
        /// Passwords of examples that are words of the texts, too.
        const WORDS: [&str; 4] = ["password", "secret", "credential", "client_secret"];
        let mut secrets: Vec<&str> = self
            .envelope
            .iter()
            .chain(&self.writer)
            .flat_map(|entry| {
                let mut all = entry.secrets();
                if entry.hides_name() {
                    all.push(&entry.key);
                }
                all
            })
            .map(str::trim)
            .flat_map(|secret| {
                [
                    secret,
                    secret.split_once(':').map_or("", |(_, secret)| secret),
                ]
            })
            .filter(|secret| {
                secret.len() > 5 && !has_placeholder(secret) && !WORDS.contains(secret)
            })
            .collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets
    }

    /// The value of a secret key.
    pub fn secret(&self, key: &str) -> Option<&Secret> {
        match self.entry(key).map(|entry| &entry.value) {
            Some(Value::Secret(secret)) => Some(secret),
            _ => None,
        }
    }

    /// Whether a flag is on.
    pub fn is_true(&self, key: &str) -> bool {
        matches!(
            self.entry(key),
            Some(Entry {
                value: Value::Bool(true),
                ..
            })
        )
    }

    /// Whether the key is there with something in it.
    pub fn is_set(&self, key: &str) -> bool {
        match self.entry(key).map(|entry| &entry.value) {
            None => false,
            Some(Value::Text(text)) => !text.is_empty(),
            Some(Value::Secret(secret)) => !secret.expose().is_empty(),
            Some(Value::Bool(_)) => true,
            Some(Value::Json(json)) => !json.is_null(),
        }
    }

    /// Sets a key as a form field gives it: empty text removes it; for a flag, `true` and `on`
    /// mean true, anything else removes it. Keys that are not known are left alone.
    pub fn set(&mut self, key: &str, text: &str) {
        let Some(Key {
            name, ty, secret, ..
        }) = keys::find(key)
        else {
            return;
        };
        match ty {
            Type::Bool => self.set_bool(name, matches!(text, "true" | "on")),
            _ if text.is_empty() => self.remove(name),
            Type::Int if text.parse::<i64>().is_ok() => {
                self.put(name, Value::Json(Json(text.into())))
            }
            Type::Int => {}
            Type::Text if *secret => self.put(name, Value::Secret(Secret::new(text))),
            Type::Text => self.put(name, Value::Text(text.into())),
        }
    }

    /// Sets a flag; false is OLake's default for all of them, so it is left out of the file.
    pub fn set_bool(&mut self, key: &'static str, on: bool) {
        if on {
            self.put(key, Value::Bool(true));
        } else {
            self.remove(key);
        }
    }

    /// Removes a key in every spelling.
    pub fn remove(&mut self, key: &str) {
        self.writer.retain(|entry| !keys::same(&entry.key, key));
    }

    /// Replaces a value where it stands, or adds the key where it belongs.
    pub(crate) fn put(&mut self, key: &'static str, value: Value) {
        if let Some(entry) = self
            .writer
            .iter_mut()
            .rev()
            .find(|entry| keys::same(&entry.key, key))
        {
            entry.value = value;
            return;
        }
        let order = order::of(self.kind.unwrap_or(Kind::Generic), self.target);
        let before = order
            .iter()
            .position(|name| *name == key)
            .map(|place| &order[..place]);
        let at = match before {
            None => self.writer.len(),
            Some(before) => self
                .writer
                .iter()
                .rposition(|entry| before.iter().any(|name| keys::same(name, &entry.key)))
                .map_or(0, |last| last + 1),
        };
        self.writer.insert(
            at,
            Entry {
                key: key.into(),
                value,
                at: None,
            },
        );
    }
}
