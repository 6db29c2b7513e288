use std::{ops::Range, path::Path, sync::Arc};

use toml::de::{DeTable, DeValue};

use super::{
    entry::{Entries, Entry, Value},
    error::{Error, Place},
    keys::{CONNECTION, Key, PROVIDER, SERVER, Shape, find},
    suggest::unknown,
};

/// What one file says.
#[derive(Default)]
pub struct File {
    pub server: Entries,
    /// In order, each with the place of its `[[connection]]`.
    pub connections: Vec<(Place, Entries)>,
    /// The same of each `[[provider]]`.
    pub providers: Vec<(Place, Entries)>,
}

impl File {
    pub fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        let source = Source {
            path: path.into(),
            text,
        };
        let table = DeTable::parse(text).map_err(|error| {
            Error::at(
                &source.place(error.span().unwrap_or_default()),
                error.message(),
            )
        })?;
        let mut file = Self::default();
        for (name, value) in table.get_ref() {
            let place = source.place(name.span());
            if name.get_ref() == "connection" {
                file.connections = source.tables("connection", &place, value.get_ref())?;
            } else if name.get_ref() == "provider" {
                file.providers = source.tables("provider", &place, value.get_ref())?;
            } else {
                source.setting(
                    &mut file.server,
                    SERVER,
                    "",
                    name.get_ref(),
                    place,
                    value.get_ref(),
                )?;
            }
        }
        Ok(file)
    }
}

struct Source<'a> {
    path: Arc<Path>,
    text: &'a str,
}

impl Source<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        Place::File {
            path: self.path.clone(),
            line: before.matches('\n').count() + 1,
        }
    }

    /// Each `[[noun]]`.
    fn tables(
        &self,
        noun: &str,
        place: &Place,
        value: &DeValue<'_>,
    ) -> Result<Vec<(Place, Entries)>, Error> {
        let misshaped = || {
            let why = format_args!("each {noun} is a table of its own: write [[{noun}]]");
            Error::at(place, why)
        };
        let DeValue::Array(tables) = value else {
            return Err(misshaped());
        };
        let entries = |table| match noun {
            "connection" => self.connection(table),
            _ => self.provider(table),
        };
        tables
            .iter()
            .map(|value| match value.get_ref() {
                DeValue::Table(table) => Ok((self.place(value.span()), entries(table)?)),
                _ => Err(misshaped()),
            })
            .collect()
    }

    fn provider(&self, table: &DeTable<'_>) -> Result<Entries, Error> {
        let mut entries = Entries::default();
        for (name, value) in table {
            let place = self.place(name.span());
            let name = name.get_ref();
            self.setting(&mut entries, PROVIDER, "", name, place, value.get_ref())?;
        }
        Ok(entries)
    }

    fn connection(&self, table: &DeTable<'_>) -> Result<Entries, Error> {
        let mut entries = Entries::default();
        for (name, value) in table {
            let place = self.place(name.span());
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("auth", DeValue::Table(auth)) => {
                    for (name, value) in auth {
                        let place = self.place(name.span());
                        self.setting(
                            &mut entries,
                            CONNECTION,
                            "auth.",
                            name.get_ref(),
                            place,
                            value.get_ref(),
                        )?;
                    }
                }
                ("auth", _) => {
                    return Err(Error::at(
                        &place,
                        "“auth” is a table: write [connection.auth]",
                    ));
                }
                (name, value) => self.setting(&mut entries, CONNECTION, "", name, place, value)?,
            }
        }
        Ok(entries)
    }

    fn setting(
        &self,
        entries: &mut Entries,
        keys: &[Key],
        prefix: &str,
        name: &str,
        place: Place,
        value: &DeValue<'_>,
    ) -> Result<(), Error> {
        let full = format!("{prefix}{name}");
        // A quoted key may hold a dot; only a nested table may mean one.
        let Some(key) = find(keys, &full).filter(|_| !name.contains('.')) else {
            let mut known: Vec<String> = keys.iter().flat_map(Key::names).collect();
            if std::ptr::eq(keys, SERVER) {
                known.extend(["connection".into(), "provider".into()]);
            } else if std::ptr::eq(keys, CONNECTION) {
                known.push("auth".into());
            }
            let known = known
                .iter()
                .filter_map(|known| match known.strip_prefix(prefix) {
                    Some(short) if !short.contains('.') => Some(short),
                    _ => None,
                });
            return Err(Error::at(&place, unknown("key", name, known)));
        };
        let value = shaped(key.shape, value).ok_or_else(|| {
            Error::at(
                &place,
                format_args!("“{full}” must be {}", key.shape.name()),
            )
        })?;
        entries.insert(&full, Entry { value, place });
        Ok(())
    }
}

/// The value in the shape that its key asks for.
pub fn shaped(shape: Shape, value: &DeValue<'_>) -> Option<Value> {
    match (shape, value) {
        (Shape::Text, DeValue::String(text)) => Some(Value::Text(text.to_string())),
        (Shape::Flag, DeValue::Boolean(flag)) => Some(Value::Flag(*flag)),
        (Shape::List, DeValue::Array(items)) => items
            .iter()
            .map(|item| Some(item.get_ref().as_str()?.to_owned()))
            .collect::<Option<_>>()
            .map(Value::List),
        (Shape::Table, DeValue::Table(table)) => table
            .iter()
            .map(|(name, value)| {
                Some((
                    name.get_ref().to_string(),
                    value.get_ref().as_str()?.to_owned(),
                ))
            })
            .collect::<Option<_>>()
            .map(Value::Table),
        _ => None,
    }
}
