//! Two tables beside each other, of one catalog or of two.

use std::collections::{BTreeMap, BTreeSet};

use iceberg_rest::types::metadata::TableMetadata;
use serde::{Deserialize, Serialize};

use crate::{
    catalog_comparison::Aspect,
    error::{AppError, Kind},
    field::Field,
    format::Moment,
    partitions::{Layout, PartitionRow, SortRow, Version, order_differences, spec_differences},
    paths::Place,
    schema::{Alike, Differences, FieldRow, LISTED, Schemas, flat},
    shown::{Reveal, Shown, plain},
};

/// The connection of the second table.
pub const OTHER_CONNECTION: Field = Field::text("to-c", "Connection", "");
/// The full name of the second table.
pub const OTHER_NAME: Field = Field::text(
    "to-name",
    "Table",
    "With its namespace, as sales.eu.orders. Every way to read the dots is looked up.",
)
.required();
/// The warehouse of the second table.
pub const OTHER_WAREHOUSE: Field = Field::text(
    "to-w",
    "Warehouse",
    "Empty: as of the first on the same connection, else the connection’s own.",
);
/// The branch or tag that the second table is read at.
pub const OTHER_REFERENCE: Field = Field::text(
    "to-ref",
    "Branch or tag of the catalog",
    "Of Nessie alone. Empty: likewise.",
);

/// Two tables, each read for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableComparison {
    /// The second, as it was found.
    pub other: Place,
    /// What the first is, or why it cannot be read.
    pub from: Result<TableSide, AppError>,
    /// The same of the second.
    pub to: Result<TableSide, AppError>,
    /// What differs; `None` where one of them cannot be read.
    pub differences: Option<TableDifferences>,
}

/// One of them, at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSide {
    /// When it was read.
    pub at: Moment,
    /// `2`; `None` where it is not given.
    pub format_version: Option<String>,
    /// At the top level.
    pub columns: usize,
    /// How it is partitioned and sorted; a sentence.
    pub layout: String,
    /// How many it has.
    pub properties: usize,
}

/// What differs from the first table to the second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableDifferences {
    /// What is to be known of both, in sentences.
    pub notes: Vec<String>,
    /// Format version and location.
    pub basics: Pairs,
    /// Of the current schemas, by field id.
    pub schema: Differences,
    /// Columns of one name and two field ids.
    pub alike: Vec<Alike>,
    /// Those that are not listed.
    pub more_alike: usize,
    /// Of the current partition specs, by source column and transform.
    pub spec: Differences,
    /// Of the current sort orders, by source column and transform.
    pub order: Differences,
    /// By key.
    pub properties: Pairs,
}

/// What both have a text for, where that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairs {
    /// By name.
    pub rows: Vec<Pair>,
    /// Those that are not listed.
    pub more: usize,
    /// What is the same in both.
    pub same: usize,
}

/// A text of both that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// What it is.
    pub key: String,
    /// Of the first, as far as it is shown; `None` where it has none.
    pub from: Option<String>,
    /// Of the second.
    pub to: Option<String>,
    /// They differ in what is not shown.
    pub hidden: bool,
}

/// What of a table is compared. Holds what people are not shown, and never goes to them.
#[derive(Clone)]
pub struct Shape {
    uuid: Option<String>,
    format_version: Option<String>,
    location: Option<String>,
    schema: Vec<FieldRow>,
    spec: Vec<PartitionRow>,
    order: Vec<SortRow>,
    /// How it is partitioned and sorted; a sentence.
    layout: String,
    properties: BTreeMap<String, String>,
    /// What its metadata does not hold; sentences.
    notes: Vec<String>,
}

impl From<&TableMetadata> for Shape {
    fn from(metadata: &TableMetadata) -> Self {
        fn current<T>(all: Vec<Version<T>>) -> Vec<T> {
            let current = all.into_iter().find(|version| version.current);
            current.map(|version| version.fields).unwrap_or_default()
        }
        let schemas = Schemas::from(metadata);
        let layout = Layout::from(metadata);
        let in_words = layout.in_words();
        let Layout {
            specs,
            sort_orders,
            notes,
            ..
        } = layout;
        let without = schemas.current.is_none().then_some(schemas.without);
        Self {
            uuid: metadata.table_uuid.clone(),
            format_version: metadata.format_version.map(|version| version.to_string()),
            location: metadata.location.clone(),
            schema: schemas.current.map(flat).unwrap_or_default(),
            spec: current(specs),
            order: current(sort_orders),
            layout: in_words,
            properties: metadata.properties.clone(),
            notes: without.into_iter().chain(notes).collect(),
        }
    }
}

impl TableComparison {
    /// One of them is not read yet.
    pub fn is_waiting(&self) -> bool {
        let sides = [&self.from, &self.to];
        let mut errors = sides.into_iter().filter_map(|side| side.as_ref().err());
        errors.any(|error| error.kind == Kind::StillWaiting)
    }

    /// What is wrong with what was typed into a field.
    pub fn wrong(&self, field: &Field) -> Option<&str> {
        let error = self.to.as_ref().err()?;
        (error.field.as_deref() == Some(field.name)).then_some(&*error.message)
    }
}

impl TableSide {
    /// Of a table that was read then.
    pub fn new(shape: &Shape, at: Moment) -> Self {
        Self {
            at,
            format_version: shape.format_version.clone(),
            columns: shape.schema.iter().filter(|row| row.depth == 0).count(),
            layout: shape.layout.clone(),
            properties: shape.properties.len(),
        }
    }
}

impl Shape {
    /// What its metadata does not hold; sentences.
    pub fn lacks(&self) -> &[String] {
        &self.notes
    }

    /// What differs from one to the other, but where they lie.
    pub fn aspects(&self, other: &Self) -> Vec<Aspect> {
        let found = TableDifferences::new(self, other, &Reveal::default());
        let some = |all: &Differences| !all.rows.is_empty();
        [
            (self.format_version != other.format_version).then_some(Aspect::FormatVersion),
            (some(&found.schema) || !found.alike.is_empty()).then_some(Aspect::Schema),
            some(&found.spec).then_some(Aspect::PartitionSpec),
            some(&found.order).then_some(Aspect::SortOrder),
            (self.properties != other.properties).then_some(Aspect::Properties),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl TableDifferences {
    /// From one table to another. `reveal` says which properties are shown whatever they are.
    pub fn new(from: &Shape, to: &Shape, reveal: &Reveal) -> Self {
        let mut alike = Alike::all(&from.schema, &to.schema);
        let more_alike = alike.len().saturating_sub(LISTED);
        alike.truncate(LISTED);
        Self {
            notes: notes(from, to),
            basics: basics(from, to),
            schema: Differences::new(&from.schema, &to.schema),
            alike,
            more_alike,
            spec: spec_differences(&from.spec, &to.spec),
            order: order_differences(&from.order, &to.order),
            properties: properties(from, to, reveal),
        }
    }

    /// Nothing that is compared differs.
    pub fn is_empty(&self) -> bool {
        let none = |all: &Differences| all.rows.is_empty();
        [&self.schema, &self.spec, &self.order]
            .into_iter()
            .all(none)
            && self.basics.rows.is_empty()
            && self.properties.rows.is_empty()
            && self.alike.is_empty()
    }
}

fn notes(from: &Shape, to: &Shape) -> Vec<String> {
    let of = |which: &str, shape: &Shape| {
        let said = |note: &String| format!("Of the {which} table: {note}");
        shape.notes.iter().map(said).collect::<Vec<_>>()
    };
    let is_one = from.uuid.is_some() && from.uuid == to.uuid;
    let is_one = is_one.then(|| {
        "Both have the same UUID: it is one table, at two places or at two times.".to_owned()
    });
    let shares = is_one.is_none() && from.location.is_some() && from.location == to.location;
    let shares = shares.then(|| {
        "They are two tables with one location: what removes files of one may remove those of the other.".to_owned()
    });
    let both = is_one.into_iter().chain(shares);
    both.chain(of("first", from))
        .chain(of("second", to))
        .collect()
}

fn basics(from: &Shape, to: &Shape) -> Pairs {
    let both = [
        ("Format version", &from.format_version, &to.format_version),
        ("Location", &from.location, &to.location),
    ];
    let both = both.map(|(key, from, to)| (key, from.as_deref(), to.as_deref()));
    Pairs::of(both.into_iter(), |_, text| plain(text))
}

fn properties(from: &Shape, to: &Shape, reveal: &Reveal) -> Pairs {
    let keys: BTreeSet<&String> = from.properties.keys().chain(to.properties.keys()).collect();
    let both = keys.into_iter().map(|key| {
        let [from, to] = [from, to].map(|of| of.properties.get(key).map(String::as_str));
        (key.as_str(), from, to)
    });
    Pairs::of(both, |key, value| {
        Shown::new(key, value, reveal).text().to_owned()
    })
}

impl Pairs {
    fn of<'a>(
        both: impl Iterator<Item = (&'a str, Option<&'a str>, Option<&'a str>)>,
        shown: impl Fn(&str, &str) -> String,
    ) -> Self {
        let mut pairs = Self::default();
        for (key, from, to) in both {
            if from == to {
                pairs.same += usize::from(from.is_some());
                continue;
            }
            if pairs.rows.len() == LISTED {
                pairs.more += 1;
                continue;
            }
            let [from, to] = [from, to].map(|text| text.map(|text| shown(key, text)));
            pairs.rows.push(Pair {
                key: key.to_owned(),
                hidden: from == to,
                from,
                to,
            });
        }
        pairs
    }
}

#[cfg(test)]
mod tests;
