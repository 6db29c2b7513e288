use std::ops::Range;

use super::{Arrival, NameKind, Names, NamesAsk, PAGE};
use crate::{
    format::{count, counted},
    query::Query,
};

/// The place of a row in the whole list, and its name once it is loaded.
pub type NumberedRow = (usize, Option<String>);

/// No list is longer, and positions in px stay exact.
const LAST_ROW: usize = 10_000_000;

/// `row=` is where the list was scrolled to, `page=` (from 1) what the links without scripts choose.
pub fn first_row(query: &Query) -> usize {
    let number = |key| query.get(key).and_then(|text| text.parse::<usize>().ok());
    let page = || number("page").map(|page| page.saturating_sub(1).saturating_mul(PAGE));
    number("row").or_else(page).unwrap_or(0).min(LAST_ROW)
}

impl Names {
    /// The rows of `window`, those on their way among them; without one, all that were loaded.
    pub fn rows(&self, window: Option<Range<usize>>) -> Vec<NumberedRow> {
        let loaded = self.start..self.start + self.names.len();
        let rows = window.unwrap_or(loaded);
        let row = |index: usize| {
            let loaded = index.checked_sub(self.start);
            (index, loaded.and_then(|at| self.names.get(at)).cloned())
        };
        (rows.start..rows.end.min(self.matching)).map(row).collect()
    }

    /// Of how many the order or the choice knows the facts, and whether that is all; nothing where neither
    /// depends on facts.
    pub fn known(&self, kind: NameKind, ask: &NamesAsk) -> Option<String> {
        let (read, of) = self.read?;
        let what = match ask.by {
            Some(column) => format!("Sorted by {}", column.head().to_lowercase()),
            None if ask.only.is_empty() => "Read".to_owned(),
            None => "Chosen by figures".to_owned(),
        };
        if of == 0 {
            return None;
        }
        Some(match read == of && self.arrival == Arrival::Complete {
            true if of == 1 => format!("{what}: the one {} was read.", kind.noun()),
            true => format!("{what}: all {} were read.", counted(of, kind.noun())),
            false => format!(
                "{what}, by what is known: {} of {} were read.",
                count(read),
                counted(of, kind.noun())
            ),
        })
    }

    /// How many there are, and whether that is all.
    pub fn sentence(&self, kind: NameKind, filtered: bool) -> String {
        let total = counted(self.total, kind.noun());
        let found = match filtered {
            true => format!("{} of {total}", count(self.matching)),
            false => total.clone(),
        };
        match &self.arrival {
            Arrival::Queued => "Waiting: other lists of this connection are read first…".into(),
            Arrival::Arriving => format!("{found} so far, more are arriving…"),
            Arrival::Complete if self.total == 0 && self.hides => {
                format!("No {}s that this identity may see.", kind.noun())
            }
            Arrival::Complete if filtered && self.matching == 0 && self.total > 0 => {
                format!("None of {total} matches the filter.")
            }
            Arrival::Complete => found,
            Arrival::Capped(reason) if self.total == 0 => reason.clone(),
            Arrival::Capped(reason) => format!("{found} or more. {reason}"),
            Arrival::Unsupported(_) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_position_is_the_beginning() {
        let row = |search| first_row(&Query::parse(search));
        assert_eq!(row("?page=3"), 400);
        assert_eq!(row("?page=3&row=17"), 17);
        assert_eq!(row("?page=-1&row=x"), 0);
        assert_eq!(row("?page=0"), 0);
        assert_eq!(row("?page=4294967295"), LAST_ROW);
    }

    fn names(start: usize, count: usize, matching: usize) -> Names {
        Names {
            names: (start..start + count)
                .map(|index| format!("t{index}"))
                .collect(),
            start,
            matching,
            total: matching,
            ..Names::empty(Arrival::Complete)
        }
    }

    #[test]
    fn without_scripts_a_page_is_shown_whole() {
        let rows = names(200, 200, 1000).rows(None);
        assert_eq!((rows[0].0, rows.len()), (200, 200));
    }

    #[test]
    fn rows_that_are_on_their_way_keep_their_place() {
        let rows = names(0, 200, 1000).rows(Some(195..205));
        assert_eq!(rows[4], (199, Some("t199".into())));
        assert_eq!(rows[5], (200, None));
        assert_eq!(rows.len(), 10);
    }

    #[test]
    fn a_window_ends_with_the_list() {
        assert_eq!(names(0, 3, 3).rows(Some(0..40)).len(), 3);
    }

    #[test]
    fn the_sentence_says_whether_that_is_all() {
        let say = |arrival, filtered| {
            let names = Names {
                total: 100,
                arrival,
                ..names(0, 0, 7)
            };
            names.sentence(NameKind::Tables, filtered)
        };
        assert_eq!(say(Arrival::Complete, false), "100 tables");
        assert_eq!(say(Arrival::Complete, true), "7 of 100 tables");
        let unmatched = Names {
            total: 100,
            ..names(0, 0, 0)
        };
        assert_eq!(
            unmatched.sentence(NameKind::Tables, true),
            "None of 100 tables matches the filter."
        );
        assert!(say(Arrival::Arriving, false).starts_with("100 tables so far"));
        assert_eq!(
            say(Arrival::Capped("Cut.".into()), false),
            "100 tables or more. Cut."
        );
        let none = Names {
            arrival: Arrival::Capped("Cut.".into()),
            ..names(0, 0, 0)
        };
        assert_eq!(none.sentence(NameKind::Views, false), "Cut.");
    }

    #[test]
    fn an_order_by_facts_says_what_it_knows() {
        let say = |read, search| {
            let names = Names {
                read,
                ..names(0, 0, 7)
            };
            names.known(NameKind::Tables, &NamesAsk::read(&Query::parse(search)))
        };
        assert_eq!(say(None, "by=size"), None);
        assert_eq!(
            say(Some((50, 230)), "by=commit").as_deref(),
            Some("Sorted by last commit, by what is known: 50 of 230 tables were read.")
        );
        assert_eq!(
            say(Some((230, 230)), "health=bad").as_deref(),
            Some("Chosen by figures: all 230 tables were read.")
        );
    }

    #[test]
    fn an_empty_list_is_no_fact_where_the_catalog_hides() {
        let say = |total, hides| {
            let names = Names {
                total,
                hides,
                ..names(0, 0, total)
            };
            names.sentence(NameKind::Views, false)
        };
        assert_eq!(say(0, false), "0 views");
        assert_eq!(say(0, true), "No views that this identity may see.");
        assert_eq!(say(2, true), "2 views");
    }
}
