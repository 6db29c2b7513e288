use iceberg_rest::types::{Strings, metadata::TableMetadata};

use super::{Cell, Column, Fact, Facts, Key};
use crate::{
    figures,
    format::{self, Moment},
    health::{Extent, Finding, Severity},
    names::NameKind,
    shown::{Reveal, Shown, plain},
    tables::complete,
};

/// The property that names who answers for it.
pub(super) const OWNER: &str = "owner";
/// Letters of an owner, or of a counter that is no number, that a list shows.
const LETTERS: usize = 40;
/// Letters of it that are shown to who asks for all of it.
const MORE_LETTERS: usize = 400;

impl Facts {
    /// Of a table: `now` is in ms since 1970. `single`: the catalog keeps one snapshot in the metadata of each.
    pub fn new(metadata: &TableMetadata, now: i64, single: bool) -> Self {
        let extent = match complete(metadata) {
            _ if single => Extent::Newest,
            true => Extent::All,
            false => Extent::Named,
        };
        let none = Strings::default();
        let current = metadata.current_snapshot();
        let summary = current.map_or(&none, |current| &current.summary);
        let at = current.and_then(|current| current.timestamp_ms);
        let fact = |column| match column {
            Column::Records => counter(summary, "total-records", format::count),
            Column::Size => counter(summary, "total-files-size", format::bytes),
            Column::Files => counter(summary, "total-data-files", format::count),
            Column::Commit => moment(at),
            Column::Format => metadata
                .format_version
                .map_or(Fact::UNTOLD, |version| Fact {
                    cell: Cell::Text(version.to_string(), None),
                    key: Some(Key::Number(version.into())),
                }),
            Column::Owner => owner(metadata.properties.get(OWNER)),
            Column::Health => Finding::worst(metadata, now, extent).map_or(Fact::UNTOLD, health),
            Column::Version | Column::Dialects | Column::Columns => Fact::UNTOLD,
        };
        Self::of(NameKind::Tables, fact)
    }
}

/// Of the current snapshot. What is no count is told as it is written.
fn counter(summary: &Strings, key: &str, text: fn(u64) -> String) -> Fact {
    let Some(given) = summary.get(key) else {
        return Fact::UNTOLD;
    };
    match figures::counter(given) {
        Some(number) => {
            let (text, all) = (text(number), format::count(number));
            let exact = (text != all).then_some(all);
            Fact {
                cell: Cell::Text(text, exact),
                key: Some(Key::Number(number.into())),
            }
        }
        None => Fact {
            cell: short(&plain(given)),
            key: None,
        },
    }
}

pub(super) fn moment(ms: Option<i64>) -> Fact {
    ms.map_or(Fact::UNTOLD, |ms| Fact {
        cell: Cell::At(Moment::from_ms(ms)),
        key: Some(Key::Number(ms.into())),
    })
}

/// By the property that says it.
pub(super) fn owner(given: Option<&String>) -> Fact {
    let given = given.filter(|given| !given.is_empty());
    given.map_or(Fact::UNTOLD, |given| {
        text(Shown::new(OWNER, given, &Reveal::default()).text())
    })
}

/// Ordered in any case.
pub(super) fn text(text: &str) -> Fact {
    let cell = short(text);
    let key = match &cell {
        Cell::Text(text, _) => Some(Key::Text(text.to_lowercase())),
        _ => None,
    };
    Fact { cell, key }
}

fn health(worst: Finding) -> Fact {
    let found = match worst.severity {
        Severity::Good => "Nothing to mend, by the metadata alone".to_owned(),
        _ => format!("{}: {}", worst.title, worst.figure),
    };
    Fact {
        key: Some(Key::Number(worst.severity as i128)),
        cell: Cell::Health(worst.severity, found),
    }
}

/// As much as there is room for.
fn short(text: &str) -> Cell {
    let cut = |letters| {
        let mut cut: String = text.chars().take(letters).collect();
        if cut.len() < text.len() {
            cut.push('…');
        }
        format::visible(&cut)
    };
    let (short, long) = (cut(LETTERS), cut(MORE_LETTERS));
    let more = (short != long).then_some(long);
    Cell::Text(short, more)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_800_000_000_000;

    fn facts(summary: Value, properties: Value) -> Facts {
        let metadata = json!({
            "format-version": 2, "current-snapshot-id": 9_007_199_254_740_993_i64, "properties": properties,
            "snapshots": [{
                "snapshot-id": 9_007_199_254_740_993_i64, "parent-snapshot-id": 5, "timestamp-ms": NOW - 1000,
                "summary": summary
            }],
            "refs": {"main": {"snapshot-id": 9_007_199_254_740_993_i64, "type": "branch"}}
        });
        Facts::new(&serde_json::from_value(metadata).unwrap(), NOW, false)
    }

    fn cell(facts: &Facts, column: Column) -> Cell {
        facts.fact(column).cell.clone()
    }

    fn text(text: &str, exact: Option<&str>) -> Cell {
        let plain = |text: &str| text.replace(' ', "\u{202f}");
        Cell::Text(text.to_owned(), exact.map(plain))
    }

    #[test]
    fn a_table_that_says_all() {
        let summary = json!({
            "total-records": "9223372036854775807", "total-files-size": "3221225472",
            "total-data-files": "37", "total-delete-files": "26"
        });
        let facts = facts(summary, json!({"owner": "finance"}));
        let records = "9 223 372 036 854 775 807".replace(' ', "\u{202f}");
        assert_eq!(cell(&facts, Column::Records), text(&records, None));
        assert_eq!(
            cell(&facts, Column::Size),
            text("3.0 GiB", Some("3 221 225 472"))
        );
        assert_eq!(cell(&facts, Column::Files), text("37", None));
        assert_eq!(
            cell(&facts, Column::Commit),
            Cell::At(Moment::from_ms(NOW - 1000))
        );
        assert_eq!(cell(&facts, Column::Format), text("2", None));
        assert_eq!(cell(&facts, Column::Owner), text("finance", None));
        let found = "Delete files: 26 delete files to 37 data files".to_owned();
        assert_eq!(
            cell(&facts, Column::Health),
            Cell::Health(Severity::Bad, found)
        );
        assert!(facts.bytes() < 2000);
    }

    #[test]
    fn what_the_metadata_does_not_tell_is_no_zero() {
        let facts = Facts::new(&serde_json::from_value(json!({})).unwrap(), NOW, false);
        for column in [
            Column::Records,
            Column::Size,
            Column::Files,
            Column::Commit,
            Column::Format,
            Column::Owner,
        ] {
            assert_eq!(cell(&facts, column), Cell::Untold, "{column:?}");
        }
    }

    #[test]
    fn what_is_no_count_is_told_as_it_is_written_and_bounded() {
        let summary = json!({"total-records": "-5", "total-files-size": "9".repeat(1000), "total-data-files": "1e3"});
        let facts = facts(summary, json!({"owner": "o\u{202e}".repeat(100_000)}));
        assert_eq!(cell(&facts, Column::Records), text("-5", None));
        assert_eq!(cell(&facts, Column::Files), text("1e3", None));
        let Cell::Text(short, Some(long)) = cell(&facts, Column::Size) else {
            panic!("{facts:?}")
        };
        assert_eq!(
            (short.len(), long.len()),
            (40 + '…'.len_utf8(), 400 + '…'.len_utf8())
        );
        assert!(facts.fact(Column::Size).key.is_none());
        assert!(facts.bytes() < 10_000, "{}", facts.bytes());
    }

    #[test]
    fn an_owner_or_a_counter_that_is_a_key_is_masked() {
        let key = "AKIAIOSFODNN7EXAMPLE";
        let facts = facts(json!({"total-records": key}), json!({"owner": key}));
        assert!(!format!("{facts:?}").contains(key), "{facts:?}");
    }

    #[test]
    fn that_old_snapshots_were_not_read_makes_no_table_unwell() {
        let summary =
            json!({"total-data-files": "1", "total-delete-files": "0", "total-files-size": "1024"});
        let facts = facts(summary, json!({}));
        let Cell::Health(severity, _) = cell(&facts, Column::Health) else {
            panic!("{facts:?}")
        };
        assert_eq!(severity, Severity::Good);
    }
}
