//! How a table has come to hold what it holds: totals by commit.

use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// What the snapshots say that the current one was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Growth {
    /// One for each total that at least two commits tell.
    pub charts: Vec<Chart>,
    /// What the commits did, of all that are left.
    pub operations: Option<Operations>,
    /// Who wrote them, and how many of them; a sentence.
    pub writers: Option<String>,
    /// The same as a table, newest first.
    pub rows: Vec<GrowthRow>,
    /// What is not drawn, and why; sentences.
    pub notes: Vec<String>,
}

/// A total after one commit, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrowthRow {
    /// The snapshot.
    pub id: String,
    /// When it was made.
    pub at: Moment,
    /// What it did; empty where it does not tell.
    pub operation: String,
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
    /// The commits from this one to the next that is drawn: a span of time, as an address has it.
    pub within: String,
}

/// Commits by what they did, in equally long spans of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operations {
    /// How many did what, in all.
    pub said: String,
    /// Which of [`Operations::KINDS`] there are.
    pub kinds: [bool; 5],
    /// In the span that has most.
    pub most: String,
    /// When the first span begins.
    pub from: Moment,
    /// When the last span ends.
    pub to: Moment,
    /// Those that have any, oldest first.
    pub bars: Vec<Bar>,
}

impl Operations {
    /// What is stacked, from the bottom.
    pub const KINDS: [&str; 5] = ["append", "overwrite", "delete", "replace", "other"];
    /// Room of one bar, in the drawing's own units.
    pub const STEP: u32 = 10;
    /// Of the drawing, in its own units.
    pub const WIDTH: u32 = 400;
    /// Of the drawing, in its own units.
    pub const HEIGHT: u32 = 40;
}

/// A span of time in which something was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// How far to the right.
    pub x: u32,
    /// A kind, how far below the top its part begins, and how high that is.
    pub parts: Vec<(usize, u32, u32)>,
    /// When, and how many did what.
    pub said: String,
    /// The span of time, as an address has it.
    pub within: String,
}

mod chart;
mod from_wire;
mod operations;
