//! How a table fares, by what its metadata says alone: no manifest is read for it.

use serde::{Deserialize, Serialize};

use crate::{growth::Growth, page::ChangePage};

/// What is told of a table beside what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Worst first.
    pub findings: Vec<Finding>,
    /// How it came to hold what it holds.
    pub growth: Growth,
}

/// Which of a table's snapshots it is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All that its metadata names.
    All,
    /// Those at its branches and tags: the others were not read.
    Named,
    /// The newest: the catalog keeps what came before elsewhere.
    Newest,
}

/// As bad as it gets first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Readers pay for it.
    Bad,
    /// It grows into something bad.
    Warning,
    /// The metadata does not say.
    Unknown,
    /// Nothing to do.
    Good,
}

impl Severity {
    /// As people read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bad => "Bad",
            Self::Warning => "Warning",
            Self::Unknown => "Unknown",
            Self::Good => "Good",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What was looked at.
    pub title: String,
    /// What was found, or why that is not known.
    pub figure: String,
    /// From where on it is worse than good, and who says so.
    pub threshold: String,
    /// What mends it; `None` where nothing has to be.
    pub mend: Option<Mend>,
}

/// What mends a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mend {
    /// What it does.
    pub words: String,
    /// A statement for Spark, whose catalog is called `lake`.
    pub call: String,
    /// The page that does it, or the part of it that a catalog does by itself.
    pub change: Option<ChangePage>,
}

mod mend;
mod rules;
mod summary;

#[cfg(test)]
mod tests;
