use std::collections::{BTreeMap, HashSet};

use iceberg_rest::{
    Id,
    types::metadata::{Snapshot, TableMetadata},
};
use serde::{Deserialize, Serialize};

use super::Ancestry;
use crate::{
    figures::{self, Compared},
    format::{Moment, count, counted},
    schema::{Differences, Schemas},
    shown::plain,
};

/// Kinds of operation, or engines, that are listed.
const KINDS: usize = 12;

/// Two snapshots of a table beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The older one, where one was made from the other.
    pub from: Side,
    /// The newer one, likewise.
    pub to: Side,
    /// How one comes from the other; a sentence.
    pub relation: String,
    /// What each says that the table holds.
    pub totals: Vec<Compared>,
    /// What the commits did that lead from one to the other; `None` where none do.
    pub between: Option<Between>,
    /// What is different about their schemas; `None` where that is not known or there is nothing.
    pub differences: Option<Differences>,
    /// How their schemas relate; a sentence.
    pub schema: String,
}

/// One of two snapshots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Unique in the table.
    pub id: String,
    /// When it was made.
    pub at: Option<Moment>,
    /// The id of the schema that was current.
    pub schema: Option<String>,
}

/// What commits did, all of them together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Between {
    /// What was added and removed: a label and `+3 −1`.
    pub sums: Vec<(String, String)>,
    /// What they did, most often first.
    pub operations: Vec<(String, usize)>,
    /// What wrote them, most often first.
    pub engines: Vec<(String, usize)>,
    /// What was left out; sentences.
    pub notes: Vec<String>,
}

impl Comparison {
    /// Fails with the id of the snapshot that the metadata does not hold. `partial`: not all of them were read.
    pub fn new(metadata: &TableMetadata, from: &Id, to: &Id, partial: bool) -> Result<Self, Id> {
        let ancestry = Ancestry::new(metadata);
        let found = |id: &Id| ancestry.get(id).ok_or_else(|| id.clone());
        let (from, to) = (found(from)?, found(to)?);
        let (from, to, commits) = match ancestry.between(to, from) {
            Some(commits) => (to, from, Some(commits)),
            None => (from, to, ancestry.between(from, to)),
        };
        let (schema, differences) = schemas(metadata, from, to);
        Ok(Self {
            relation: match &commits {
                Some(commits) => lead(commits.len()),
                None => apart(&ancestry, from, to, partial),
            },
            totals: figures::compared(&from.summary, &to.summary),
            between: commits
                .filter(|all| !all.is_empty())
                .map(|all| between(&all)),
            from: side(from),
            to: side(to),
            schema,
            differences,
        })
    }
}

fn side(snapshot: &Snapshot) -> Side {
    Side {
        id: snapshot.snapshot_id.to_string(),
        at: snapshot.timestamp_ms.map(Moment::from_ms),
        schema: snapshot.schema_id.as_ref().map(ToString::to_string),
    }
}

fn lead(commits: usize) -> String {
    match commits {
        0 => "Both are the same snapshot.".to_owned(),
        1 => "The second was made from the first, by one commit.".to_owned(),
        _ => format!(
            "{} commits lead from the first to the second.",
            count(commits)
        ),
    }
}

/// Neither was made from the other, as far as is known.
fn apart(ancestry: &Ancestry, from: &Snapshot, to: &Snapshot, partial: bool) -> String {
    let of_from: HashSet<_> = ancestry
        .of(&from.snapshot_id)
        .map(|one| &one.snapshot_id)
        .collect();
    let shared = ancestry
        .of(&to.snapshot_id)
        .find(|one| of_from.contains(&one.snapshot_id));
    if let Some(shared) = shared {
        return format!(
            "They are on different branches, which part after snapshot {}: what was done between them is no single line of commits.",
            shared.snapshot_id
        );
    }
    let cut = |snapshot: &Snapshot| {
        let first = ancestry.of(&snapshot.snapshot_id).last();
        first.is_some_and(|first| first.parent_snapshot_id.is_some())
    };
    match cut(from) || cut(to) {
        true if partial => "The table is too large to read all of its snapshots, so whether commits lead from one to the other is not known.".to_owned(),
        true => "They are on different branches, or snapshots between them have expired: no line of commits from one to the other is left.".to_owned(),
        false => "They are on different branches: neither was made from the other.".to_owned(),
    }
}

fn between(commits: &[&Snapshot]) -> Between {
    let mut notes = Vec::new();
    let mut sums = Vec::new();
    for (label, added, removed, bytes) in figures::CHANGES {
        let sum = figures::sum(
            commits.iter().map(|one| &one.summary),
            added,
            removed,
            bytes,
        );
        if sum.odd > 0 {
            notes.push(format!(
                "{label}: what {} of them {} is no count and is left out.",
                count(sum.odd),
                if sum.odd == 1 { "says" } else { "say" }
            ));
        }
        let text = match sum.text.is_empty() {
            true => "nothing told".to_owned(),
            false => sum.text,
        };
        sums.push((label.to_owned(), text));
    }
    let operations = commits
        .iter()
        .map(|one| one.operation().map_or("not told".to_owned(), plain));
    let engines = commits.iter().map(|one| engine(one));
    Between {
        operations: most_often(operations, "operation", &mut notes),
        engines: most_often(engines, "engine", &mut notes),
        sums,
        notes,
    }
}

/// Stands for what says nothing of itself.
pub(crate) const UNTOLD: &str = "not told";

/// What wrote a snapshot, by what it wrote about itself.
pub(crate) fn engine(snapshot: &Snapshot) -> String {
    const MARKS: [(&str, &str); 3] = [
        ("spark.app.id", "Spark"),
        ("flink.job-id", "Flink"),
        ("trino_query_id", "Trino"),
    ];
    let summary = &snapshot.summary;
    if let Some(name) = summary.get("engine-name") {
        let version = summary.get("engine-version").unwrap_or_default();
        return plain(format!("{name} {version}").trim_end());
    }
    let mark = MARKS.iter().find(|(key, _)| summary.get(key).is_some());
    mark.map_or(UNTOLD, |(_, name)| name).to_owned()
}

fn most_often(
    names: impl Iterator<Item = String>,
    noun: &str,
    notes: &mut Vec<String>,
) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if counts.len() > KINDS {
        notes.push(format!(
            "{} more are not listed.",
            counted(counts.len() - KINDS, noun)
        ));
        counts.truncate(KINDS);
    }
    counts
}

fn schemas(
    metadata: &TableMetadata,
    from: &Snapshot,
    to: &Snapshot,
) -> (String, Option<Differences>) {
    let (Some(old), Some(new)) = (&from.schema_id, &to.schema_id) else {
        let said =
            "Not both snapshots say which schema was current, so what changed in it is not known.";
        return (said.to_owned(), None);
    };
    if old == new {
        return (format!("Both were made with schema {old}."), None);
    }
    Schemas::from(metadata).compared(old, new)
}

#[cfg(test)]
mod tests;
