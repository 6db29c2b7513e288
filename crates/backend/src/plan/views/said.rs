use std::collections::BTreeSet;

use iceberg_rest::types::{Representation, ViewMetadata, ViewVersion, metadata::Field};
use model::preview::Difference;
use serde_json::{Value, from_value};

use crate::plan::Text;

/// What a version of a view says.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub texts: Vec<Representation>,
    pub namespace: Vec<String>,
    pub fields: Vec<Field>,
}

impl Said {
    /// The current version.
    pub fn of(metadata: &ViewMetadata) -> Option<Self> {
        Some(Self::by(metadata, metadata.current_version()?))
    }

    pub fn by(metadata: &ViewMetadata, version: &ViewVersion) -> Self {
        let schema = metadata.schema_of(version);
        Self {
            texts: version.representations.clone(),
            namespace: version.default_namespace.clone(),
            fields: schema.map(|it| it.fields.clone()).unwrap_or_default(),
        }
    }

    pub fn text(&self, dialect: &str) -> Option<String> {
        let text = self.texts.iter().find(|text| is_of(text, dialect))?;
        text.sql.clone()
    }

    pub fn dialects(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().filter_map(|text| text.dialect.as_deref())
    }

    /// Dialects that the other has no text in.
    pub fn lost<'a>(&'a self, then: &'a Said) -> impl Iterator<Item = &'a str> {
        self.dialects()
            .filter(|dialect| then.text(dialect).is_none())
    }

    /// The columns of a schema's JSON.
    pub fn fields(schema: &Value) -> Vec<Field> {
        from_value(schema["fields"].clone()).unwrap_or_default()
    }

    /// What is another once `then` is in its place, in sentences.
    pub fn differences(&self, then: &Said, current: &str) -> Vec<String> {
        let now = self;
        let mut says = Vec::new();
        let of = |dialects: Vec<&str>, what: &str| {
            (!dialects.is_empty()).then(|| format!("{what} {}.", dialects.join(", ")))
        };
        let new = then.dialects().filter(|it| now.text(it).is_none());
        let other = then.dialects().filter(|it| {
            let before = now.text(it);
            before.is_some() && before != then.text(it)
        });
        says.extend(of(other.collect(), "Another text for"));
        says.extend(of(new.collect(), "For the first time a text for"));
        says.extend(of(now.lost(then).collect(), "No text any more for"));
        if now.namespace != then.namespace {
            says.push(match then.namespace.is_empty() {
                true => "Unqualified names are no longer looked up in a namespace of the view."
                    .to_owned(),
                false => format!(
                    "Unqualified names are looked up in {}.",
                    then.namespace.join(".")
                ),
            });
        }
        says.extend(columns(now, then));
        says.push(format!("Version {current} stays in the metadata until it expires, and the view can be taken back to it."));
        says
    }

    /// Text by text.
    pub fn texts<'a>(&'a self, then: &'a Said) -> impl Iterator<Item = Text> {
        let dialects: BTreeSet<&str> = self.dialects().chain(then.dialects()).collect();
        dialects.into_iter().map(move |dialect| {
            let [before, after] = [self, then].map(|said| said.text(dialect).unwrap_or_default());
            Text::new(format!("SQL for {dialect}"), before, after)
        })
    }

    /// Text by text, those that differ or that are others than a form was filled in from.
    pub fn rows(&self, seen: &Said, then: &Said) -> Vec<Difference> {
        let now = self;
        let dialects: BTreeSet<&str> = now.dialects().chain(then.dialects()).collect();
        let row = |dialect: &str| Difference {
            key: format!("SQL for {dialect}"),
            seen: seen.text(dialect),
            now: now.text(dialect),
            wanted: then.text(dialect),
        };
        let rows = dialects.into_iter().map(row);
        rows.filter(|row| row.now != row.wanted || row.moved())
            .collect()
    }
}

/// Whether a text is of this dialect, in whatever case.
pub fn is_of(text: &Representation, dialect: &str) -> bool {
    let own = text.dialect.as_deref();
    own.is_some_and(|own| own.eq_ignore_ascii_case(dialect))
}

fn columns(now: &Said, then: &Said) -> Option<String> {
    if now.fields == then.fields {
        return None;
    }
    let names = |said: &Said| -> BTreeSet<String> {
        said.fields.iter().map(|field| field.name.clone()).collect()
    };
    let (before, after) = (names(now), names(then));
    let list = |names: Vec<&String>, what: &str| {
        let names: Vec<_> = names.into_iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")))
    };
    let parts = [
        list(after.difference(&before).collect(), "new:"),
        list(before.difference(&after).collect(), "gone:"),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    Some(match parts.is_empty() {
        true => "Its columns change in type, order or description.".to_owned(),
        false => format!("Its columns change; {}.", parts.join("; ")),
    })
}
