use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::FieldRow;

/// Differences that are listed: a table may have thousands of columns.
pub(crate) const LISTED: usize = 200;

/// Letters of a comment or a default that are told.
const SHORT: usize = 80;

/// What is different about a column in a later schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// `added`, `removed` or `changed`.
    pub kind: String,
    /// With the names of the columns that it belongs to: `price.net`.
    pub column: String,
    /// Its type, or what changed, in words.
    pub said: String,
}

/// The differences between two schemas by field id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differences {
    /// Changed and added ones in the order of the later schema, then those that are gone.
    pub rows: Vec<Difference>,
    /// Differences that are not listed.
    pub more: usize,
    /// What is the same in both.
    pub same: usize,
}

pub(super) struct Known<'a> {
    pub row: &'a FieldRow,
    /// Its name, after those of the columns that it belongs to.
    pub names: Vec<&'a str>,
    parent: Option<&'a str>,
}

impl Known<'_> {
    pub fn path(&self) -> String {
        self.names.join(".")
    }

    fn around(&self) -> &[&str] {
        self.names.split_last().map_or(&[], |(_, around)| around)
    }
}

/// Each with what it belongs to.
pub(super) fn walk(rows: &[FieldRow]) -> impl Iterator<Item = Known<'_>> {
    let mut around: Vec<&FieldRow> = Vec::new();
    rows.iter().map(move |row| {
        around.truncate(row.depth);
        let parent = around.last().map(|parent| parent.id.as_str());
        around.push(row);
        let names = around.iter().map(|row| row.name.as_str()).collect();
        Known { row, names, parent }
    })
}

/// By field id: of two members with the same one the last counts.
fn by_id(rows: &[FieldRow]) -> HashMap<&str, Known<'_>> {
    walk(rows)
        .map(|known| (known.row.id.as_str(), known))
        .collect()
}

impl Differences {
    /// Of schemas as rows.
    pub(crate) fn new(before: &[FieldRow], after: &[FieldRow]) -> Self {
        let (old, new) = (by_id(before), by_id(after));
        let (mut all, mut same) = (Vec::new(), 0);
        for row in after {
            let Some(now) = new
                .get(row.id.as_str())
                .filter(|now| std::ptr::eq(now.row, row))
            else {
                continue;
            };
            match old.get(row.id.as_str()) {
                // What belongs to a new column is new with it.
                None if now.parent.is_some_and(|parent| !old.contains_key(parent)) => {}
                None => all.push(difference("added", now.path(), kind(row))),
                Some(was) => {
                    let moved = was.parent != now.parent && was.around() != now.around();
                    let moved = moved.then(|| format!("moved from {}", was.path()));
                    let said: Vec<_> = changes(was.row, row).into_iter().chain(moved).collect();
                    match said.is_empty() {
                        true => same += 1,
                        false => all.push(difference("changed", now.path(), said.join(", "))),
                    }
                }
            }
        }
        for row in before
            .iter()
            .filter(|row| !new.contains_key(row.id.as_str()))
        {
            let Some(was) = old
                .get(row.id.as_str())
                .filter(|was| std::ptr::eq(was.row, row))
            else {
                continue;
            };
            if was.parent.is_none_or(|parent| new.contains_key(parent)) {
                all.push(difference("removed", was.path(), kind(row)));
            }
        }
        Self::listed(all, same)
    }

    /// As many as are listed.
    pub(crate) fn listed(mut rows: Vec<Difference>, same: usize) -> Self {
        let more = rows.len().saturating_sub(LISTED);
        rows.truncate(LISTED);
        Self { rows, more, same }
    }
}

fn difference(kind: &str, column: String, said: String) -> Difference {
    Difference {
        kind: kind.to_owned(),
        column,
        said,
    }
}

fn kind(row: &FieldRow) -> String {
    let required = if row.required { ", required" } else { "" };
    format!("{}{required}", row.kind)
}

pub(super) fn changes(was: &FieldRow, now: &FieldRow) -> Vec<String> {
    let mut all = Vec::new();
    if was.name != now.name {
        all.push(format!("renamed from {}", was.name));
    }
    // Members of a nested type have rows of their own.
    let outer = |kind: &str| kind.split('<').next().unwrap_or_default().to_owned();
    if outer(&was.kind) != outer(&now.kind) {
        let word = match widens(&was.kind, &now.kind) {
            true => "type widened",
            false => "type changed",
        };
        all.push(format!("{word} from {} to {}", was.kind, now.kind));
    }
    match (was.required, now.required) {
        (true, false) => all.push("made optional".to_owned()),
        (false, true) => all.push("made required".to_owned()),
        _ => {}
    }
    match (was.identifier, now.identifier) {
        (true, false) => all.push("no longer an identifier".to_owned()),
        (false, true) => all.push("made an identifier".to_owned()),
        _ => {}
    }
    let texts = [
        ("comment", &was.doc, &now.doc),
        ("default", &was.write_default, &now.write_default),
        (
            "default of older rows",
            &was.initial_default,
            &now.initial_default,
        ),
    ];
    all.extend(texts.into_iter().filter_map(told));
    all
}

/// How a text became another.
fn told((what, was, now): (&str, &Option<String>, &Option<String>)) -> Option<String> {
    match (was, now) {
        (was, now) if was == now => None,
        (Some(was), Some(now)) => Some(format!(
            "{what} changed from “{}” to “{}”",
            short(was),
            short(now)
        )),
        (None, Some(now)) => Some(format!("{what} “{}” added", short(now))),
        (Some(was), None) => Some(format!("{what} “{}” removed", short(was))),
        (None, None) => None,
    }
}

/// Its beginning, where it is long.
fn short(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The promotions of the specification ("Schema Evolution").
fn widens(was: &str, now: &str) -> bool {
    let decimal = |text: &str| -> Option<(u32, u32)> {
        let (precision, scale) = text
            .strip_prefix("decimal(")?
            .strip_suffix(')')?
            .split_once(',')?;
        Some((precision.trim().parse().ok()?, scale.trim().parse().ok()?))
    };
    match (was, now) {
        ("int", "long")
        | ("float", "double")
        | ("date", "timestamp" | "timestamp_ns")
        | ("unknown", _) => true,
        _ => decimal(was)
            .zip(decimal(now))
            .is_some_and(|((was, scale), (now, same))| now > was && same == scale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(depth: usize, id: &str, name: &str, kind: &str) -> FieldRow {
        FieldRow {
            depth,
            id: id.into(),
            name: name.into(),
            kind: kind.into(),
            required: false,
            identifier: false,
            doc: None,
            initial_default: None,
            write_default: None,
        }
    }

    fn said(before: &[FieldRow], after: &[FieldRow]) -> Vec<String> {
        let rows = Differences::new(before, after).rows.into_iter();
        rows.map(|row| format!("{} {}: {}", row.kind, row.column, row.said))
            .collect()
    }

    #[test]
    fn columns_are_told_apart_by_their_field_ids() {
        let before = [
            FieldRow {
                required: true,
                ..row(0, "1", "id", "int")
            },
            row(0, "2", "full_name", "string"),
            row(0, "3", "total", "decimal(10, 2)"),
            row(0, "4", "price", "struct"),
            row(1, "5", "net", "float"),
            row(0, "6", "gone", "struct"),
            row(1, "7", "with_it", "int"),
        ];
        let after = [
            row(0, "1", "id", "long"),
            row(0, "2", "name", "string"),
            row(0, "3", "total", "decimal(12, 2)"),
            row(0, "4", "price", "struct"),
            FieldRow {
                doc: Some("Without tax".into()),
                ..row(1, "5", "net", "string")
            },
            row(0, "8", "gone", "list<string>"),
            row(1, "9", "element", "string"),
        ];
        assert_eq!(
            said(&before, &after),
            [
                "changed id: type widened from int to long, made optional",
                "changed name: renamed from full_name",
                "changed total: type widened from decimal(10, 2) to decimal(12, 2)",
                "changed price.net: type changed from float to string, comment “Without tax” added",
                "added gone: list<string>",
                "removed gone: struct",
            ]
        );
        assert_eq!(said(&before, &before), [""; 0]);
    }

    #[test]
    fn a_member_of_a_list_is_told_once() {
        let list = |kind| {
            [
                row(0, "1", "tags", &format!("list<{kind}>")),
                row(1, "2", "element", kind),
            ]
        };
        assert_eq!(
            said(&list("int"), &list("long")),
            ["changed tags.element: type widened from int to long"]
        );
    }

    #[test]
    fn the_same_id_twice_and_thousands_of_columns_are_no_trouble() {
        let twice = [row(0, "1", "a", "int"), row(0, "1", "b", "int")];
        assert_eq!(said(&[], &twice), ["added b: int"]);
        let many: Vec<_> = (0..3_000)
            .map(|id| row(0, &id.to_string(), "c", "int"))
            .collect();
        let differences = Differences::new(&many, &[]);
        assert_eq!((differences.rows.len(), differences.more), (200, 2_800));
    }
}
