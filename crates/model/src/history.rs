//! Commits of a catalog that keeps history itself (Nessie).

use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// Commits of a Nessie reference, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommitPage {
    /// The branch or tag.
    pub reference: String,
    /// As many as the server sent at once.
    pub commits: Vec<CommitRow>,
    /// Asks for the page behind this one.
    pub next: Option<String>,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommitRow {
    /// Hexadecimal.
    pub hash: String,
    /// As its author wrote it.
    pub message: String,
    /// Joined by commas.
    pub authors: String,
    /// When it was committed.
    pub at: Option<Moment>,
    /// The commit changed the table that the page is about.
    pub of_this_table: bool,
    /// What it changed: `put sales.orders`.
    pub changes: Vec<String>,
    /// Changes that are not listed.
    pub more_changes: usize,
}
