//! Two catalogs beside each other: what only one of them has, and what has the same name in both and differs.

use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    field::Field,
    format::Moment,
    names::NameKind,
    page::{NamespaceTab, TableTab, ViewTab},
    paths::Place,
    query::Query,
    window::Window,
};

/// The page.
pub const COMPARE_CATALOGS: &str = "/compare";
/// Where its button to stop leads.
pub const STOP_COMPARISON: &str = "/compare/stop";
/// Where its file is.
pub const EXPORT_COMPARISON: &str = "/compare/export";
/// Rows on a page.
pub const PAGE: usize = 200;

/// The connection of the first.
pub const FROM_CONNECTION: Field = Field::text("c", "Connection", "");
/// Its warehouse.
pub const FROM_WAREHOUSE: Field =
    Field::text("w", "Warehouse", "Empty: the one of the connection.");
/// Its branch or tag.
pub const FROM_REFERENCE: Field = Field::text(
    "ref",
    "Branch or tag of the catalog",
    "Of Nessie alone. Empty: the default one.",
);
/// The connection of the second.
pub const TO_CONNECTION: Field = Field::text("to-c", "Connection", "");
/// Its warehouse.
pub const TO_WAREHOUSE: Field =
    Field::text("to-w", "Warehouse", "Empty: the one of the connection.");
/// Its branch or tag.
pub const TO_REFERENCE: Field = Field::text(
    "to-ref",
    "Branch or tag of the catalog",
    "Of Nessie alone. Empty: the default one.",
);

/// Where this catalog, or this warehouse or branch of it, is compared with another one.
pub fn compare_catalog_path(place: &Place) -> String {
    let from = Place {
        warehouse: place.warehouse.clone(),
        reference: place.reference.clone(),
        ..Place::connection(&place.connection)
    };
    Ask {
        from,
        ..Ask::default()
    }
    .path()
}

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ask {
    /// The first; no more than connection, warehouse and reference.
    pub from: Place,
    /// The second.
    pub to: Place,
    /// Which rows are shown; `None`: all.
    pub show: Option<Show>,
    /// Of those that differ, the ones that differ in this.
    pub aspect: Option<Aspect>,
    /// What their names contain.
    pub filter: String,
    /// 1 is the first.
    pub page: usize,
}

/// Some of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Show {
    /// Of the first alone.
    First,
    /// Of the second alone.
    Second,
    /// In both, and not the same.
    Differs,
    /// Of which it is not known.
    Unknown,
}

/// What of an object differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Aspect {
    /// Columns, by field id.
    Schema,
    /// By source column and transform.
    PartitionSpec,
    /// Likewise.
    SortOrder,
    /// Of a view.
    Query,
    /// By key.
    Properties,
    /// The current one, by its id.
    Snapshot,
    /// Of a table.
    FormatVersion,
}

/// What was found of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// The second does not have it.
    First,
    /// The first does not have it.
    Second,
    /// Both have it.
    Differs(Vec<Aspect>),
    /// It could not be read, or not be looked for: a sentence, and whether the second alone is known to have it.
    Unknown(String, bool),
}

/// A name that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it names.
    pub kind: NameKind,
    /// Its namespace and its name.
    pub levels: Vec<String>,
    /// What was found of it.
    pub found: Found,
}

/// How many names there are of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// In both, and nothing that is compared differs.
    pub same: usize,
    /// Of the first alone.
    pub first: usize,
    /// Of the second alone.
    pub second: usize,
    /// In both.
    pub differs: usize,
    /// Of which it is not known.
    pub unknown: usize,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Goes on for as long as somebody asks.
    Running,
    /// Somebody stopped it: what is there is not all.
    Stopped,
    /// To its end.
    Done,
}

/// What is known of the two by now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CatalogComparison {
    /// How far it is.
    pub state: State,
    /// When it began.
    pub at: Moment,
    /// How long it took by now, in seconds.
    pub seconds: u64,
    /// Namespaces that were looked into, and those that are known to have to be.
    pub namespaces: (usize, usize),
    /// Tables and views that were read of both, and those that are known to have to be.
    pub objects: (usize, usize),
    /// Of all rows.
    pub totals: Totals,
    /// How many differ in what.
    pub aspects: Vec<(Aspect, usize)>,
    /// Those that are asked for.
    pub rows: Window<Row>,
    /// What keeps it from being complete; sentences.
    pub notes: Vec<String>,
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparisonPage {
    /// Connections that can be chosen.
    pub connections: Vec<String>,
    /// `None`: not both are chosen, or a link elsewhere led here and nobody asked yet.
    pub comparison: Option<Result<CatalogComparison, AppError>>,
}

impl Show {
    /// In order.
    pub const ALL: [Self; 4] = [Self::First, Self::Second, Self::Differs, Self::Unknown];

    /// In addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Differs => "differs",
            Self::Unknown => "unknown",
        }
    }

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::First => "Only in the first",
            Self::Second => "Only in the second",
            Self::Differs => "Different",
            Self::Unknown => "Not known",
        }
    }
}

impl Aspect {
    /// In order.
    pub const ALL: [Self; 7] = [
        Self::Schema,
        Self::PartitionSpec,
        Self::SortOrder,
        Self::Query,
        Self::Properties,
        Self::Snapshot,
        Self::FormatVersion,
    ];

    /// In addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::PartitionSpec => "spec",
            Self::SortOrder => "order",
            Self::Query => "query",
            Self::Properties => "properties",
            Self::Snapshot => "snapshot",
            Self::FormatVersion => "format",
        }
    }

    /// For people, within a sentence.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::PartitionSpec => "partition spec",
            Self::SortOrder => "sort order",
            Self::Query => "query",
            Self::Properties => "properties",
            Self::Snapshot => "current snapshot",
            Self::FormatVersion => "format version",
        }
    }
}

impl Found {
    /// Among which rows it is.
    pub const fn show(&self) -> Show {
        match self {
            Self::First => Show::First,
            Self::Second => Show::Second,
            Self::Differs(_) => Show::Differs,
            Self::Unknown(..) => Show::Unknown,
        }
    }

    /// In words.
    pub fn said(&self) -> String {
        match self {
            Self::First | Self::Second => self.show().label().to_owned(),
            Self::Differs(aspects) => {
                let all: Vec<_> = aspects.iter().map(|aspect| aspect.label()).collect();
                format!("Different: {}", all.join(", "))
            }
            Self::Unknown(why, _) => why.clone(),
        }
    }
}

impl Totals {
    /// Of a kind of rows.
    pub const fn of(&self, show: Show) -> usize {
        match show {
            Show::First => self.first,
            Show::Second => self.second,
            Show::Differs => self.differs,
            Show::Unknown => self.unknown,
        }
    }

    /// One more.
    pub const fn count(&mut self, found: &Found) {
        match found {
            Found::First => self.first += 1,
            Found::Second => self.second += 1,
            Found::Differs(_) => self.differs += 1,
            Found::Unknown(..) => self.unknown += 1,
        }
    }
}

impl Ask {
    /// What an address says.
    pub fn read(query: &Query) -> Self {
        let side = |connection: &Field, warehouse: &Field, reference: &Field| {
            let given = |field: &Field| {
                let text = query.get(field.name).map(str::trim);
                text.filter(|text| !text.is_empty()).map(str::to_owned)
            };
            Place {
                warehouse: given(warehouse),
                reference: given(reference),
                ..Place::connection(given(connection).unwrap_or_default())
            }
        };
        let (show, aspect) = (query.text("show"), query.text("in"));
        Self {
            from: side(&FROM_CONNECTION, &FROM_WAREHOUSE, &FROM_REFERENCE),
            to: side(&TO_CONNECTION, &TO_WAREHOUSE, &TO_REFERENCE),
            show: Show::ALL.into_iter().find(|it| it.slug() == show),
            aspect: Aspect::ALL.into_iter().find(|it| it.slug() == aspect),
            filter: query.text("q"),
            page: query.page(),
        }
    }

    /// Both are chosen.
    pub fn is_whole(&self) -> bool {
        !self.from.connection.is_empty() && !self.to.connection.is_empty()
    }

    /// The two in an address.
    pub fn sides(&self) -> Query {
        let said = |query: Query, field: &Field, text: Option<&str>| {
            query.and(field.name, text.unwrap_or_default())
        };
        let query = said(
            Query::default(),
            &FROM_CONNECTION,
            Some(&self.from.connection),
        );
        let query = said(query, &FROM_WAREHOUSE, self.from.warehouse.as_deref());
        let query = said(query, &FROM_REFERENCE, self.from.reference.as_deref());
        let query = said(query, &TO_CONNECTION, Some(&self.to.connection));
        let query = said(query, &TO_WAREHOUSE, self.to.warehouse.as_deref());
        said(query, &TO_REFERENCE, self.to.reference.as_deref())
    }

    /// Where the two stand beside each other.
    pub fn path(&self) -> String {
        format!("{COMPARE_CATALOGS}{}", self.sides().link())
    }

    /// All of it as a file.
    pub fn export_path(&self, format: &str) -> String {
        format!(
            "{EXPORT_COMPARISON}{}",
            self.sides().and("format", format).link()
        )
    }

    /// The two the other way round.
    pub fn swapped(&self) -> Self {
        Self {
            from: self.to.clone(),
            to: self.from.clone(),
            ..Self::default()
        }
    }

    /// Whether a row is asked for.
    pub fn has(&self, row: &Row) -> bool {
        let shown = self.show.is_none_or(|show| show == row.found.show());
        let differs = self.aspect.is_none_or(
            |aspect| matches!(&row.found, Found::Differs(aspects) if aspects.contains(&aspect)),
        );
        shown
            && differs
            && (self.filter.is_empty()
                || row
                    .levels
                    .join(".")
                    .to_lowercase()
                    .contains(&self.filter.to_lowercase()))
    }
}

impl Row {
    /// The page of what was found: of the one that has it, or where both stand beside each other.
    pub fn path(&self, ask: &Ask) -> String {
        let place = |side: &Place| match (self.kind, self.levels.split_last()) {
            (NameKind::Namespaces, _) | (_, None) => side.with_namespace(&self.levels),
            (_, Some((name, namespace))) => side.with_namespace(namespace).with_object(name),
        };
        let of = match self.found {
            Found::Second | Found::Unknown(_, true) => place(&ask.to),
            _ => place(&ask.from),
        };
        match (self.kind, &self.found) {
            (NameKind::Tables, Found::Differs(_)) => of.compare_tables_path(&place(&ask.to)),
            (NameKind::Tables, _) => of.table_path(TableTab::Overview),
            (NameKind::Views, _) => of.view_path(ViewTab::Overview),
            _ => of.namespace_tab_path(NamespaceTab::Tables),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_chosen_by_what_differs() {
        let row = |aspects: &[Aspect]| Row {
            kind: NameKind::Tables,
            levels: vec!["a".into()],
            found: Found::Differs(aspects.to_vec()),
        };
        let ask = Ask::read(&Query::parse("c=a&to-c=b&in=snapshot"));
        assert!(ask.has(&row(&[Aspect::Schema, Aspect::Snapshot])));
        assert!(!ask.has(&row(&[Aspect::Schema])));
        for aspect in Aspect::ALL {
            let query = format!("in={}", aspect.slug());
            assert_eq!(Ask::read(&Query::parse(&query)).aspect, Some(aspect));
        }
    }

    #[test]
    fn an_address_restores_what_is_compared() {
        let query = "c=a%26b&w=x&to-c=c&to-ref=dev&show=differs&q=Or&page=3";
        let ask = Ask::read(&Query::parse(query));
        assert!(ask.is_whole());
        assert_eq!(ask.from.connection, "a&b");
        assert_eq!(ask.to.reference.as_deref(), Some("dev"));
        assert_eq!((ask.show, ask.page), (Some(Show::Differs), 3));
        let path = ask.path();
        let again = Ask::read(&Query::parse(path.split_once('?').unwrap().1));
        assert_eq!((again.from, again.to), (ask.from.clone(), ask.to.clone()));
        let row = |name: &str, found| Row {
            kind: NameKind::Tables,
            levels: vec!["sales".into(), name.into()],
            found,
        };
        assert!(ask.has(&row("orders", Found::Differs(vec![Aspect::Schema]))));
        assert!(!ask.has(&row("orders", Found::First)));
        assert!(!ask.has(&row("lines", Found::Differs(vec![]))));
    }
}
