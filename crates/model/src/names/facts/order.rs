//! Which rows of a list its facts let through, and in what order.

use std::cmp::Ordering;

use super::{Cell, Column, Facts, Key};
use crate::names::{NameKind, NamesAsk};

impl Column {
    /// Those whose values rows are chosen by.
    pub const CHOICES: [Self; 3] = [Self::Health, Self::Format, Self::Owner];

    /// In an address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Size => "size",
            Self::Files => "files",
            Self::Version => "version",
            Self::Dialects => "dialects",
            Self::Columns => "columns",
            Self::Commit => "commit",
            Self::Format => "format",
            Self::Owner => "owner",
            Self::Health => "health",
        }
    }

    /// That an address names.
    pub fn parse(slug: &str) -> Option<Self> {
        let all = [NameKind::Tables, NameKind::Views].into_iter();
        let mut all = all.flat_map(Self::all).copied();
        all.find(|column| column.slug() == slug)
    }

    /// Whether the largest comes first where nobody says otherwise; of health the worst does.
    pub fn descends(self) -> bool {
        !matches!(
            self,
            Self::Dialects | Self::Format | Self::Owner | Self::Health
        )
    }
}

impl Facts {
    fn key(&self, column: Column) -> Option<&Key> {
        self.fact(column).key.as_ref()
    }

    /// Whether a fact is the one that was chosen.
    fn is(&self, column: Column, chosen: &str) -> bool {
        match &self.fact(column).cell {
            // A part of a name is enough, in any case.
            Cell::Text(text, _) if column == Column::Owner => {
                text.to_lowercase().contains(&chosen.to_lowercase())
            }
            Cell::Text(text, _) => text == chosen,
            Cell::Health(severity, _) => severity.word().eq_ignore_ascii_case(chosen),
            Cell::Untold | Cell::At(_) => false,
        }
    }
}

/// The names of rows that are chosen by their facts, in the order that is asked for. What is not known is not
/// chosen, and stands at the end, as it came.
pub fn by_facts(mut rows: Vec<(&String, Option<&Facts>)>, ask: &NamesAsk) -> Vec<String> {
    let only = ask.only();
    rows.retain(|(_, facts)| {
        let is =
            |(column, chosen): &(Column, String)| facts.is_some_and(|it| it.is(*column, chosen));
        only.iter().all(is)
    });
    match ask.by {
        Some(column) => rows.sort_by(|(_, one), (_, other)| {
            match (
                one.and_then(|it| it.key(column)),
                other.and_then(|it| it.key(column)),
            ) {
                (Some(one), Some(other)) if ask.descending => other.cmp(one),
                (Some(one), Some(other)) => one.cmp(other),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => Ordering::Equal,
            }
        }),
        None if ask.descending => rows.reverse(),
        None => {}
    }
    rows.into_iter().map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::query::Query;

    fn facts(records: &str, format: i64) -> Facts {
        let metadata = json!({
            "format-version": format, "current-snapshot-id": 7,
            "snapshots": [{"snapshot-id": 7, "summary": {"total-records": records}}]
        });
        Facts::new(&serde_json::from_value(metadata).unwrap(), 0, false)
    }

    fn ordered(search: &str) -> Vec<String> {
        let names = ["a", "b", "c", "d", "e"].map(String::from);
        let known = [
            Some(facts("9223372036854775807", 2)),
            Some(facts("9223372036854775806", 1)),
            None,
            Some(facts("many", 2)),
            Some(facts("3", 2)),
        ];
        let rows = names.iter().zip(known.iter().map(Option::as_ref));
        by_facts(rows.collect(), &NamesAsk::read(&Query::parse(search)))
    }

    #[test]
    fn numbers_are_ordered_to_their_last_digit_and_what_is_not_known_comes_last() {
        assert_eq!(ordered("by=records&sort=desc"), ["a", "b", "e", "c", "d"]);
        assert_eq!(ordered("by=records"), ["e", "b", "a", "c", "d"]);
        assert_eq!(ordered("by=owner"), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn rows_are_chosen_by_what_is_known() {
        assert_eq!(ordered("format=2"), ["a", "d", "e"]);
        assert_eq!(ordered("format=2&sort=desc"), ["e", "d", "a"]);
        assert_eq!(ordered("format=2&health=good"), Vec::<String>::new());
        assert_eq!(ordered("format=&health="), ["a", "b", "c", "d", "e"]);
        // Nobody is told to own one of them.
        assert_eq!(ordered("format=&owner=x"), Vec::<String>::new());
    }

    #[test]
    fn a_part_of_an_owners_name_chooses_what_is_theirs() {
        let owned = |owner: &str| {
            let metadata = json!({"format-version": 2, "properties": {"owner": owner}});
            Facts::new(&serde_json::from_value(metadata).unwrap(), 0, false)
        };
        let names = ["a", "b", "c"].map(String::from);
        let known = ["Finance-EU", "finance", "iot"].map(owned);
        let rows = || names.iter().zip(known.iter().map(Some)).collect();
        let of = |owner: &str| {
            by_facts(
                rows(),
                &NamesAsk::read(&Query::default().and("owner", owner)),
            )
        };
        assert_eq!(of("finance"), ["a", "b"]);
        assert_eq!(of("EU"), ["a"]);
    }

    #[test]
    fn every_column_has_an_address() {
        for kind in [NameKind::Tables, NameKind::Views] {
            for column in Column::all(kind) {
                assert_eq!(Column::parse(column.slug()), Some(*column));
            }
        }
        assert_eq!(Column::parse("name"), None);
    }
}
