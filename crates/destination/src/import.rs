//! Reading a file that somebody else wrote.

use crate::destination::Destination;
use crate::detect;
use crate::error::{ImportError, MAX_BYTES, MAX_KEYS};
use crate::keys;
use crate::kind::{Auth, Target};
use crate::release::Release;
use crate::repair::{Repair, Slip, quoted, repair};
use crate::value::{Entry, Json, Position, Value};
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::fmt;

impl Destination {
    /// Reads any `destination.json` as it is. What is wrong with its keys and values is for
    /// [`lint`](crate::lint) to say; an error means that there is no destination in it.
    pub fn import(bytes: &[u8]) -> Result<Self, ImportError> {
        if bytes.len() > MAX_BYTES {
            return Err(ImportError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| ImportError::NotUtf8 {
            at: position(
                &String::from_utf8_lossy(&bytes[..error.valid_up_to()]),
                error.valid_up_to(),
            ),
        })?;
        read(text)
    }

    /// Reads a file as [`Destination::import`] does, and one that is no JSON as it was meant: with what was wrong
    /// with it, by place. Lines keep their numbers, columns only nearly.
    pub fn mended(bytes: &[u8]) -> Result<(Self, Vec<Slip>), ImportError> {
        let error = match Self::import(bytes) {
            Ok(file) => return Ok((file, Vec::new())),
            Err(error) => error,
        };
        let (ImportError::Syntax { .. }, Ok(text)) = (&error, std::str::from_utf8(bytes)) else {
            return Err(error);
        };
        let Repair {
            slips,
            text: mended,
        } = repair(text);
        let file = read(&mended.ok_or(error)?)?;
        let mut cursor = Cursor::default();
        let slips = slips
            .into_iter()
            .map(|(what, at)| Slip {
                what,
                at: cursor.advance(text, at.min(text.len())),
            })
            .collect();
        Ok((file, slips))
    }
}

fn read(text: &str) -> Result<Destination, ImportError> {
    let start = text.len() - text.trim_start().len();
    match text[start..].chars().next() {
        None => return Err(ImportError::Empty),
        Some('{') => {}
        Some(_) => {
            let raw: &RawValue =
                serde_json::from_str(text).map_err(|error| syntax(text, text, &error))?;
            if quoted(text).is_some() {
                return Err(syntax(text, text, &serde_json::Error::custom("a text")));
            }
            let found = Json(raw.get().to_owned()).ty();
            let at = position(text, start);
            return Err(if found == "a string" {
                ImportError::Encrypted { at }
            } else {
                ImportError::NotObject { found, at }
            });
        }
    }

    let mut envelope = entries(text, text)?;
    // The last of several wins, as in OLake.
    let writer = envelope
        .iter()
        .rposition(|(entry, raw)| keys::same(&entry.key, "writer") && raw.starts_with('{'));
    let parsed = match writer {
        Some(place) => {
            let (entry, raw) = envelope.remove(place);
            Some((entries(text, raw)?, entry.at))
        }
        None => None,
    };
    let envelope: Vec<Entry> = envelope
        .into_iter()
        .map(|(entry, _)| typed(entry))
        .collect();
    if let Some(parquet) = envelope.iter().find(|entry| is_type(entry, "PARQUET")) {
        return Err(ImportError::Parquet { at: parquet.at });
    }
    let (entries, writer_at) = parsed.unwrap_or((Vec::new(), Some(Position::START)));
    let mut file = Destination {
        kind: None,
        guessed: false,
        auth: Auth::None,
        target: Target::Classic,
        release: Release::READ,
        envelope,
        writer: entries.into_iter().map(|(entry, _)| entry).collect(),
        slot: writer,
        writer_at,
    };
    detect::choices(&mut file);
    Ok(file)
}

/// `type` is the one known key beside `writer`.
fn typed(mut entry: Entry) -> Entry {
    if let (true, Value::Json(json)) = (keys::same(&entry.key, "type"), &entry.value)
        && let Some(text) = json.string()
    {
        entry.value = Value::Text(text);
    }
    entry
}

fn is_type(entry: &Entry, wanted: &str) -> bool {
    keys::same(&entry.key, "type")
        && matches!(&entry.value, Value::Text(text) if text.eq_ignore_ascii_case(wanted))
}

/// The keys of one object, each with its raw value and where it stands in the whole text.
fn entries<'a>(text: &'a str, object: &'a str) -> Result<Vec<(Entry, &'a str)>, ImportError> {
    let read: Object<'a> =
        serde_json::from_str(object).map_err(|error| syntax(text, object, &error))?;
    let mut cursor = Cursor::default();
    // The opening brace, then after each value.
    let mut end = offset(text, object);
    let mut entries = Vec::with_capacity(read.entries.len());
    for (key, raw) in read.entries {
        let value = offset(text, raw.get());
        let quote = text[end..value]
            .find('"')
            .map_or(value, |quote| end + quote);
        let at = cursor.advance(text, quote);
        if entries.len() == MAX_KEYS {
            return Err(ImportError::TooManyKeys {
                count: read.count,
                at,
            });
        }
        let entry = Entry::read(key, raw.get(), Some(at));
        entries.push((entry, raw.get()));
        end = value + raw.get().len();
    }
    Ok(entries)
}

/// Where a part of the text begins in it, in bytes.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// One level of an object with its keys in order, the repeated ones too, and untouched values.
struct Object<'a> {
    /// At most one more than may be kept.
    entries: Vec<(String, &'a RawValue)>,
    count: usize,
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut object = Object {
                    entries: Vec::new(),
                    count: 0,
                };
                while object.entries.len() <= MAX_KEYS {
                    let Some(key) = map.next_key()? else { break };
                    object.entries.push((key, map.next_value()?));
                    object.count += 1;
                }
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                    object.count += 1;
                }
                Ok(object)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// Counts lines and columns in one pass over the text.
#[derive(Default)]
struct Cursor {
    offset: usize,
    line: usize,
    column: usize,
}

impl Cursor {
    /// Moves on to a byte offset, which must not lie behind.
    fn advance(&mut self, text: &str, to: usize) -> Position {
        for c in text[self.offset..to].chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 0;
            } else {
                self.column += 1;
            }
        }
        self.offset = to;
        Position {
            line: self.line + 1,
            column: self.column + 1,
        }
    }
}

fn position(text: &str, offset: usize) -> Position {
    Cursor::default().advance(text, offset.min(text.len()))
}

/// What a person would call the fault; else what the parser says, which counts columns in bytes, within the part
/// it was given, and puts the place into the message: all three are undone here.
fn syntax(text: &str, part: &str, error: &serde_json::Error) -> ImportError {
    let Repair {
        slips,
        text: mended,
    } = repair(text);
    let mends = mended.is_some_and(|mended| serde_json::from_str::<IgnoredAny>(&mended).is_ok());
    if let Some((what, at)) = slips.first() {
        return ImportError::Syntax {
            problem: (*what).to_owned(),
            more: slips.len() - 1,
            mends,
            at: position(text, *at),
        };
    }
    let lines = part
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let within = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
    let mut place = (offset(text, part) + within).min(text.len());
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    let message = error.to_string();
    let problem = message
        .split(" at line ")
        .next()
        .unwrap_or("invalid JSON")
        .to_owned();
    ImportError::Syntax {
        problem,
        more: 0,
        mends: false,
        at: position(text, place),
    }
}
