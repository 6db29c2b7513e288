//! Lists of names: tables, views or namespaces, of which one page at a time is sent.

mod facts;
pub mod scroll;
mod shown;

use serde::{Deserialize, Serialize};

use crate::{format::Moment, query::Query};
pub use facts::{Cell, Column, Facts, Figures, RowFacts, by_facts};
pub use shown::{NumberedRow, first_row};

/// Rows on a page of a list.
pub const PAGE: usize = 200;
/// Most rows that one answer holds.
pub const MOST: usize = 3 * PAGE;

/// What a namespace holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// Iceberg tables.
    Tables,
    /// Iceberg views.
    Views,
    /// Tables in other formats than Iceberg.
    GenericTables,
    /// Namespaces right inside it.
    Namespaces,
}

impl NameKind {
    /// For people, in the singular.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Tables => "table",
            Self::Views => "view",
            Self::GenericTables => "generic table",
            Self::Namespaces => "namespace",
        }
    }
}

/// Which rows of a list are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamesAsk {
    /// Part of a name, in any case.
    pub filter: String,
    /// The order reversed.
    pub descending: bool,
    /// The fact that they are ordered by in place of their names.
    #[serde(default)]
    pub by: Option<Column>,
    /// Facts that they are chosen by, as a query.
    #[serde(default)]
    pub only: String,
    /// Rows before the first.
    pub start: usize,
    /// Rows that are wanted, of which no more than [`MOST`] come.
    pub count: usize,
    /// Whether their facts are wanted, too.
    #[serde(default)]
    pub figures: Figures,
}

impl NamesAsk {
    /// What an address asks for, but for which rows.
    pub fn read(query: &Query) -> Self {
        let only = Column::CHOICES
            .iter()
            .fold(Query::default(), |only, column| {
                only.with(column.slug(), &query.text(column.slug()))
            });
        Self {
            filter: query.text("q"),
            descending: query.get("sort") == Some("desc"),
            by: query.get("by").and_then(Column::parse),
            only: only.to_string(),
            ..Self::default()
        }
    }

    /// The same by what lists of this kind tell.
    pub fn in_list_of(self, kind: NameKind) -> Self {
        let columns = Column::all(kind);
        let only = self.only().into_iter();
        let only = only.filter(|(column, _)| columns.contains(column));
        let only = only.fold(Query::default(), |query, (column, value)| {
            query.with(column.slug(), &value)
        });
        Self {
            by: self.by.filter(|column| columns.contains(column)),
            only: only.to_string(),
            ..self
        }
    }

    /// Those rows of the list, and which of them facts are wanted of.
    pub fn of(self, rows: std::ops::Range<usize>, figures: Figures) -> Self {
        Self {
            start: rows.start,
            count: rows.len(),
            figures,
            ..self
        }
    }

    /// Whether which rows come first depends on their facts.
    pub fn is_by_facts(&self) -> bool {
        self.by.is_some() || !self.only.is_empty()
    }

    fn only(&self) -> Vec<(Column, String)> {
        let only = Query::parse(&self.only);
        let chosen = |column: &Column| Some((*column, only.get(column.slug())?.to_owned()));
        Column::CHOICES.iter().filter_map(chosen).collect()
    }
}

/// Rows of a list of names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Names {
    /// In the order that was asked for.
    pub names: Vec<String>,
    /// Rows before these.
    pub start: usize,
    /// Of those that have arrived, the ones that the filter lets through.
    pub matching: usize,
    /// Those that have arrived.
    pub total: usize,
    /// Whether all have arrived.
    pub arrival: Arrival,
    /// What of it cannot be opened; a sentence.
    pub note: Option<String>,
    /// The catalog leaves out what this identity may not see.
    pub hides: bool,
    /// What is known of each of `names`; empty where it was not asked for.
    #[serde(default)]
    pub facts: Vec<RowFacts>,
    /// When to ask for the facts that are missing, in ms; `None` where none is to come.
    #[serde(default)]
    pub pause: Option<u64>,
    /// Rows that the names let through whose facts are known, and all of them, where the order depends on it.
    #[serde(default)]
    pub read: Option<(usize, usize)>,
    /// When the oldest of the facts was read.
    #[serde(default)]
    pub oldest: Option<Moment>,
}

/// How much of a list is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arrival {
    /// Other lists are read first.
    Queued,
    /// More pages are on their way; rows stand in order of arrival.
    Arriving,
    /// All of it.
    Complete,
    /// There may be more; the reason is a sentence.
    Capped(String),
    /// The catalog has no such list; the reason is a sentence.
    Unsupported(String),
}

/// Entries of each list of a namespace, as far as known: `300`, `5 000+`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// Of its tables.
    pub tables: Option<String>,
    /// Of its views.
    pub views: Option<String>,
    /// Of its tables in other formats than Iceberg.
    pub generic_tables: Option<String>,
    /// Of the namespaces right inside it.
    pub namespaces: Option<String>,
    /// There is more to come.
    pub arriving: bool,
}

impl Counts {
    /// Of one list.
    pub fn of(&self, kind: NameKind) -> Option<&str> {
        match kind {
            NameKind::Tables => self.tables.as_deref(),
            NameKind::Views => self.views.as_deref(),
            NameKind::GenericTables => self.generic_tables.as_deref(),
            NameKind::Namespaces => self.namespaces.as_deref(),
        }
    }
}

impl Names {
    /// A list that the catalog does not have.
    pub fn unsupported(reason: String) -> Self {
        Self::empty(Arrival::Unsupported(reason))
    }

    fn empty(arrival: Arrival) -> Self {
        Self {
            names: Vec::new(),
            start: 0,
            matching: 0,
            total: 0,
            arrival,
            note: None,
            hides: false,
            facts: Vec::new(),
            pause: None,
            read: None,
            oldest: None,
        }
    }

    /// `all` is sorted unless it is still arriving.
    pub fn new(all: &[String], arrival: Arrival, ask: &NamesAsk) -> Self {
        let filter = ask.filter.to_lowercase();
        let found: Option<Vec<&String>> = (!filter.is_empty()).then(|| {
            let matches = |name: &&String| name.to_lowercase().contains(&filter);
            all.iter().filter(matches).collect()
        });
        let matching = found.as_ref().map_or(all.len(), Vec::len);
        let backwards = ask.descending && arrival != Arrival::Arriving;
        let row = |index: usize| {
            let index = if backwards {
                matching - 1 - index
            } else {
                index
            };
            found
                .as_ref()
                .map_or_else(|| all[index].clone(), |found| found[index].clone())
        };
        let last_page = matching.saturating_sub(1) / PAGE * PAGE;
        let start = match ask.start < matching {
            true => ask.start,
            false => last_page,
        };
        let end = matching.min(start + ask.count.min(MOST));
        Self {
            names: (start..end).map(row).collect(),
            start,
            matching,
            total: all.len(),
            ..Self::empty(arrival)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<String> {
        (0..count)
            .map(|index| format!("Orders_{index:04}"))
            .collect()
    }

    fn ask(filter: &str, descending: bool, start: usize) -> NamesAsk {
        NamesAsk {
            filter: filter.into(),
            descending,
            start,
            count: PAGE,
            ..NamesAsk::default()
        }
    }

    #[test]
    fn a_page_beyond_the_end_is_the_last() {
        let page = Names::new(&names(401), Arrival::Complete, &ask("", false, 99_999));
        assert_eq!((page.start, page.names.len(), page.matching), (400, 1, 401));
        let page = Names::new(&names(400), Arrival::Complete, &ask("", false, 99_999));
        assert_eq!((page.start, page.names.len()), (200, 200));
        let page = Names::new(&names(400), Arrival::Complete, &ask("", false, 225));
        assert_eq!((page.start, page.names.len()), (225, 175));
    }

    #[test]
    fn filter_and_order_work_over_the_whole_list() {
        let page = Names::new(&names(1000), Arrival::Complete, &ask("ORDERS_00", true, 0));
        assert_eq!((page.matching, page.total), (100, 1000));
        assert_eq!(page.names[0], "Orders_0099");
    }

    #[test]
    fn what_is_still_arriving_keeps_its_order() {
        let page = Names::new(&names(3), Arrival::Arriving, &ask("", true, 0));
        assert_eq!(page.names[0], "Orders_0000");
    }

    #[test]
    fn a_list_is_ordered_and_chosen_by_what_it_tells() {
        let ask = NamesAsk::read(&Query::parse("by=records&health=bad&owner=x"));
        assert_eq!(ask.clone().in_list_of(NameKind::Tables), ask);
        let of_views = ask.clone().in_list_of(NameKind::Views);
        assert_eq!((of_views.by, &*of_views.only), (None, "?owner=x"));
        assert!(!ask.in_list_of(NameKind::Namespaces).is_by_facts());
    }

    #[test]
    fn an_answer_is_bounded() {
        let ask = NamesAsk {
            count: usize::MAX,
            ..NamesAsk::default()
        };
        assert_eq!(
            Names::new(&names(5000), Arrival::Complete, &ask)
                .names
                .len(),
            MOST
        );
        assert_eq!(Names::new(&[], Arrival::Complete, &ask).names.len(), 0);
    }
}
