use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// Commits of a Nessie reference, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommitPage {
    pub reference: String,
    pub commits: Vec<CommitRow>,
    /// Asks for the page behind this one.
    pub next: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommitRow {
    pub hash: String,
    pub message: String,
    pub authors: String,
    pub at: Option<Moment>,
    /// The commit changed the table that the page is about.
    pub of_this_table: bool,
    /// What it changed: `put sales.orders`.
    pub changes: Vec<String>,
    /// Changes that are not listed.
    pub more_changes: usize,
}
