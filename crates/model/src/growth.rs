//! How a table has come to hold what it holds: totals by commit.

use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// What the snapshots say that the current one was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Growth {
    /// One for each total that at least two commits tell.
    pub charts: Vec<Chart>,
    /// The same as a table, newest first.
    pub rows: Vec<GrowthRow>,
    /// What is not drawn, and why; sentences.
    pub notes: Vec<String>,
}

/// A total after one commit, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrowthRow {
    /// When it was made.
    pub at: Moment,
    /// Of the table; empty where the commit does not tell.
    pub records: String,
    /// Of the table in bytes; empty where the commit does not tell.
    pub size: String,
    /// Branches and tags that point at it.
    pub refs: String,
}

/// One total over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What it is a total of.
    pub title: String,
    /// What it is now, and how it changed lately.
    pub said: String,
    /// At the bottom, the middle and the top.
    pub ticks: [String; 3],
    /// Of the first commit.
    pub from: Moment,
    /// Of the last commit.
    pub to: Moment,
    /// Oldest first.
    pub marks: Vec<Mark>,
    /// Where branches and tags point: how far to the right, and what they are called.
    pub flags: Vec<(u32, String)>,
}

/// The total from one commit to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Where the commit is, up to [`Chart::WIDTH`].
    pub x: u32,
    /// How far below the top the total is, up to [`Chart::HEIGHT`].
    pub y: u32,
    /// When, and the exact total.
    pub said: String,
}

mod chart;
mod from_wire;
