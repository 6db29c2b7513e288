//! What a list says of its tables beside their names.

use serde::{Deserialize, Serialize};

use super::NameKind;
use crate::{format::Moment, health::Severity};

mod from_wire;
mod order;
mod views;

pub use order::by_facts;

/// One fact of each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Column {
    /// Rows that readers see.
    Records,
    /// Of all its files.
    Size,
    /// Those that hold data.
    Files,
    /// The version of a view that readers see.
    Version,
    /// The dialects of SQL that this is written in.
    Dialects,
    /// How many columns it has.
    Columns,
    /// When its current snapshot or version was made.
    Commit,
    /// Its format version.
    Format,
    /// Its property `owner`.
    Owner,
    /// The worst that its metadata says.
    Health,
}

impl Column {
    /// What a list of this kind says beside the names, as it stands beside each other.
    pub fn all(kind: NameKind) -> &'static [Self] {
        match kind {
            NameKind::Tables => &[
                Self::Records,
                Self::Size,
                Self::Files,
                Self::Commit,
                Self::Format,
                Self::Owner,
                Self::Health,
            ],
            NameKind::Views => &[
                Self::Version,
                Self::Dialects,
                Self::Columns,
                Self::Commit,
                Self::Owner,
            ],
            NameKind::GenericTables | NameKind::Namespaces => &[],
        }
    }

    /// For people.
    pub fn head(self) -> &'static str {
        match self {
            Self::Records => "Records",
            Self::Size => "Size",
            Self::Files => "Files",
            Self::Version => "Version",
            Self::Dialects => "Dialects",
            Self::Columns => "Columns",
            Self::Commit => "Last commit",
            Self::Format => "Format",
            Self::Owner => "Owner",
            Self::Health => "Health",
        }
    }
}

/// A fact as people read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// The metadata does not tell.
    Untold,
    /// And every digit or letter, where the text leaves some out.
    Text(String, Option<String>),
    /// A moment.
    At(Moment),
    /// How bad it is, and what was found.
    Health(Severity, String),
}

/// What is known of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RowFacts {
    /// It was not read yet.
    Unread,
    /// It could not be read; the reason is a sentence.
    Failed(String),
    /// In the order of [`Column::all`].
    Known(Vec<Cell>),
}

/// Which rows of a list their facts are wanted of, and how long an answer may take for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Figures {
    /// Of none.
    #[default]
    None,
    /// Of those that come, as far as that takes no time: a page waits for it.
    Glance,
    /// Of those that come: somebody looks at them.
    View,
    /// Of those that come: somebody waits for them.
    Page,
    /// Of the whole list, those that come first.
    All,
}

/// The facts of a table or a view, to be kept in place of its metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts(Vec<(Column, Fact)>);

#[derive(Clone, Debug, PartialEq)]
struct Fact {
    cell: Cell,
    key: Option<Key>,
}

/// What a fact is ordered by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i128),
    Text(String),
}

impl Fact {
    const UNTOLD: Self = Self {
        cell: Cell::Untold,
        key: None,
    };
}

impl Facts {
    fn of(kind: NameKind, fact: impl Fn(Column) -> Fact) -> Self {
        let columns = Column::all(kind).iter();
        Self(columns.map(|column| (*column, fact(*column))).collect())
    }

    fn fact(&self, column: Column) -> &Fact {
        static NONE: Fact = Fact::UNTOLD;
        let found = self.0.iter().find(|(of, _)| *of == column);
        found.map_or(&NONE, |(_, fact)| fact)
    }

    /// How bad it is, and what was found.
    pub fn health(&self) -> Option<(Severity, &str)> {
        match &self.fact(Column::Health).cell {
            Cell::Health(severity, found) => Some((*severity, found)),
            _ => None,
        }
    }

    /// Whom its property `owner` names, as far as that is shown.
    pub fn owner(&self) -> Option<&str> {
        match &self.fact(Column::Owner).cell {
            Cell::Text(text, more) => Some(more.as_ref().unwrap_or(text)),
            _ => None,
        }
    }

    /// As they are shown.
    pub fn cells(&self) -> Vec<Cell> {
        self.0.iter().map(|(_, fact)| fact.cell.clone()).collect()
    }

    /// For programs: every digit of a number, and no text where the metadata does not tell.
    pub fn plain(&self, column: Column) -> String {
        let Fact { cell, key } = self.fact(column);
        match (cell, key) {
            (Cell::Untold, _) => String::new(),
            (Cell::Text(..), Some(Key::Number(number))) => number.to_string(),
            (Cell::Text(text, more), _) => more.as_ref().unwrap_or(text).clone(),
            (Cell::At(moment), _) => moment.utc.clone(),
            (Cell::Health(severity, _), _) => severity.word().to_owned(),
        }
    }

    /// What was found of its health.
    pub fn finding(&self) -> &str {
        self.health().map_or("", |(_, found)| found)
    }

    /// What they take in memory, about.
    pub fn bytes(&self) -> usize {
        let texts = |cell: &Cell| match cell {
            Cell::Untold => 0,
            Cell::Text(text, exact) => text.len() + exact.as_ref().map_or(0, String::len),
            Cell::At(moment) => moment.utc.len(),
            Cell::Health(_, found) => found.len(),
        };
        let of_fact = |(_, fact): &(Column, Fact)| size_of::<(Column, Fact)>() + texts(&fact.cell);
        self.0.iter().map(of_fact).sum()
    }
}
