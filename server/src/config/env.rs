use std::collections::BTreeMap;

use toml::de::DeValue;

use super::{
    entry::{Entries, Entry, Value},
    error::{Error, Place},
    file::shaped,
    keys::{CONNECTION, Key, SERVER, Shape, variable},
    suggest::{nearest, unknown},
};

/// Variables by name.
pub type Variables = BTreeMap<String, String>;

const PREFIX: &str = "CROWSNEST_";
/// The variable that names the file; `--config` stands above it.
pub const CONFIG: &str = "CROWSNEST_CONFIG";

/// What the environment says.
#[derive(Default)]
pub struct Environment {
    pub server: Entries,
    /// By [`id`] of the connection.
    pub connections: BTreeMap<String, Entries>,
}

/// A connection's name as it stands in the name of a variable: `prod-eu` is `PROD_EU`.
pub fn id(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect()
}

impl Environment {
    /// An empty variable counts as absent. Variables that only share the prefix are somebody
    /// else's (Kubernetes sets `CROWSNEST_PORT` for a service of that name) and left alone; one
    /// that looks like a misspelt setting is refused.
    pub fn parse(variables: &Variables) -> Result<Self, Error> {
        let mut environment = Self::default();
        for (name, text) in variables {
            let Some(rest) = name.strip_prefix(PREFIX) else {
                continue;
            };
            if text.is_empty() || name == CONFIG {
                continue;
            }
            if let Some(rest) = rest.strip_prefix("CONNECTION_") {
                let (id, key, full) = split(rest).ok_or_else(|| misspelt(name, rest))?;
                let connection = environment.connections.entry(id).or_default();
                connection.insert(&full, entry(name, key.shape, text)?);
            } else if let Some((key, full)) = forms().find(|(_, full)| variable(full) == rest) {
                environment
                    .server
                    .insert(&full, entry(name, key.shape, text)?);
            } else if let Some(known) = SERVER
                .iter()
                .map(|key| variable(key.name))
                .find(|known| strsim::damerau_levenshtein(rest, known) <= known.len() / 3)
            {
                return Err(Error::at(
                    &Place::Variable(name.clone()),
                    format_args!("unknown variable; did you mean “{PREFIX}{known}”?"),
                ));
            }
        }
        Ok(environment)
    }
}

/// Every setting of the console itself, in each of its forms.
fn forms() -> impl Iterator<Item = (&'static Key, String)> {
    let keys = SERVER.iter();
    keys.flat_map(|key| key.names().into_iter().map(move |name| (key, name)))
}

/// `PROD_AUTH_TOKEN` is `auth.token` of `PROD`: the longest key that fits.
fn split(rest: &str) -> Option<(String, &'static Key, String)> {
    CONNECTION
        .iter()
        .flat_map(|key| key.names().into_iter().map(move |name| (key, name)))
        .filter_map(|(key, name)| {
            let id = rest.strip_suffix(&variable(&name))?.strip_suffix('_')?;
            (!id.is_empty()).then(|| (id.to_owned(), key, name))
        })
        .max_by_key(|(_, _, name)| name.len())
}

fn misspelt(name: &str, rest: &str) -> Error {
    let known: Vec<String> = CONNECTION
        .iter()
        .flat_map(Key::names)
        .map(|name| variable(&name))
        .collect();
    let place = Place::Variable(name.to_owned());
    // Where the connection's name ends is not known: the first ending that looks like a key.
    let ending = rest
        .match_indices('_')
        .map(|(at, _)| &rest[at + 1..])
        .find(|ending| nearest(ending, known.iter().map(String::as_str)).is_some())
        .unwrap_or(rest);
    Error::at(
        &place,
        unknown("key", ending, known.iter().map(String::as_str)),
    )
}

fn entry(name: &str, shape: Shape, text: &str) -> Result<Entry, Error> {
    let value = match shape {
        Shape::Text => Some(Value::Text(text.to_owned())),
        Shape::Flag => text.parse().ok().map(Value::Flag),
        Shape::List => Some(Value::List(
            text.split(',')
                .map(|item| item.trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect(),
        )),
        Shape::Table => DeValue::parse(text)
            .ok()
            .and_then(|value| shaped(shape, value.get_ref())),
    };
    let place = Place::Variable(name.to_owned());
    match value {
        Some(value) => Ok(Entry { value, place }),
        None if shape == Shape::Table => Err(Error::at(
            &place,
            "must be an inline table such as { Polaris-Realm = \"main\" }",
        )),
        None => Err(Error::at(&place, format_args!("must be {}", shape.name()))),
    }
}
