//! What is found by a word: of what was read of all catalogs, and what was not read of them.

use serde::{Deserialize, Serialize};

use crate::{
    format::Moment,
    paths::{Query, SEARCH},
};

/// Of each connection, where all are searched.
pub const FEW: usize = 8;
/// Of one connection by itself, on a page.
pub const MANY: usize = 200;
/// Pages of results; the rest is found by more of its name.
pub const PAGES: usize = 50;
/// Letters of what is looked for; more are left out.
pub const LONGEST: usize = 200;

/// What something that is found is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum What {
    /// Of any catalog.
    Namespace,
    /// Of any catalog.
    Table,
    /// Of any catalog.
    View,
    /// Of another format than Iceberg.
    GenericTable,
    /// Of a Polaris.
    Principal,
    /// Of a Polaris.
    PrincipalRole,
    /// Of one of a Polaris' catalogs.
    CatalogRole,
    /// Of this console, or what can be done on it.
    Page,
}

impl What {
    /// In the order of the filter.
    pub const ALL: [Self; 8] = [
        Self::Namespace,
        Self::Table,
        Self::View,
        Self::GenericTable,
        Self::Principal,
        Self::PrincipalRole,
        Self::CatalogRole,
        Self::Page,
    ];

    /// In an address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Namespace => "namespace",
            Self::Table => "table",
            Self::View => "view",
            Self::GenericTable => "generic-table",
            Self::Principal => "principal",
            Self::PrincipalRole => "principal-role",
            Self::CatalogRole => "catalog-role",
            Self::Page => "page",
        }
    }

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::GenericTable => "generic table",
            Self::PrincipalRole => "principal role",
            Self::CatalogRole => "catalog role",
            other => other.slug(),
        }
    }

    fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.slug() == slug)
    }
}

/// What is looked for; travels as a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchAsk {
    /// As it was typed.
    pub text: String,
    /// Nothing else.
    pub kind: Option<What>,
    /// One connection by itself.
    pub within: Option<String>,
    /// Of the results of that; the first is 1.
    pub page: usize,
}

impl SearchAsk {
    /// From the query of an address.
    pub fn read(query: &Query) -> Self {
        Self {
            text: query.text("q").trim().chars().take(LONGEST).collect(),
            kind: query.get("kind").and_then(What::parse),
            within: query.get("in").map(str::to_owned),
            page: query.page(),
        }
    }

    /// As the query of an address.
    pub fn query(&self) -> Query {
        Query::default()
            .and("q", &self.text)
            .and("kind", self.kind.map(What::slug).unwrap_or_default())
            .and("in", self.within.as_deref().unwrap_or_default())
            .and(
                "page",
                &match self.page {
                    0 | 1 => String::new(),
                    page => page.to_string(),
                },
            )
    }

    /// Its address.
    pub fn path(&self) -> String {
        format!("{SEARCH}{}", self.query())
    }

    /// The same of one connection by itself, or of all.
    pub fn within(&self, connection: Option<&str>) -> Self {
        Self {
            within: connection.map(str::to_owned),
            page: 1,
            ..self.clone()
        }
    }

    /// The same of one kind alone, or of all.
    pub fn of(&self, kind: Option<What>) -> Self {
        Self {
            kind,
            page: 1,
            ..self.clone()
        }
    }

    /// How many of a connection are looked at: those that are shown, and those on pages before.
    pub fn most(&self) -> usize {
        match self.within {
            Some(_) => MANY * self.page.clamp(1, PAGES),
            None => FEW,
        }
    }

    /// How many of so many stand on pages before; a page beyond the end is the last.
    pub fn start(&self, total: usize) -> usize {
        let last = total.div_ceil(MANY).clamp(1, PAGES);
        match self.within {
            Some(_) => (self.page.clamp(1, last) - 1) * MANY,
            None => 0,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// By connection, those with the closest first.
    pub groups: Vec<Group>,
}

/// What was found of one connection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its name; `None` for what belongs to none.
    pub connection: Option<String>,
    /// The closest, no more than are asked for, or those on the page that is.
    pub hits: Vec<Hit>,
    /// How many stand on pages before.
    pub start: usize,
    /// How many there are.
    pub total: usize,
    /// Of how much was searched, and what was not seen; sentences.
    pub seen: Vec<String>,
    /// Not all of it was seen.
    pub partial: bool,
    /// The rest is being read.
    pub reading: bool,
    /// What is said of reading the rest, where somebody may ask for it: what it costs.
    pub rest: Option<String>,
    /// Where the whole name that was typed can be opened, though nothing that was read has it.
    pub open: Option<String>,
    /// When the oldest of it was read.
    pub at: Option<Moment>,
}

/// One that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// What it is.
    pub what: What,
    /// Its full name in pieces, with those marked that match.
    pub pieces: Vec<Piece>,
    /// Where else than in the connection's own warehouse it is; whose role it is.
    pub warehouse: Option<String>,
    /// Its page.
    pub href: String,
    /// What of it is what was looked for, where that is not its name.
    pub note: Option<String>,
}

/// A piece of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// As it stands in the name.
    pub text: String,
    /// It is what was looked for.
    pub marked: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ask_travels_as_a_query() {
        for kind in What::ALL {
            let ask = SearchAsk {
                text: "sales.orders &=#".into(),
                kind: Some(kind),
                within: Some("a/b".into()),
                page: 3,
            };
            assert_eq!(
                SearchAsk::read(&Query::parse(&ask.query().to_string())),
                ask
            );
        }
        let pages = |page| SearchAsk {
            within: Some("a".into()),
            page,
            ..SearchAsk::default()
        };
        assert_eq!([0, 1, 3].map(|page| pages(page).start(401)), [0, 0, 400]);
        assert_eq!(pages(usize::MAX).start(401), 400);
        assert_eq!(pages(usize::MAX).most(), 10_000);
        assert_eq!(pages(3).within(None).start(401), 0);
        let long = Query::default().and("q", &"é".repeat(10_000));
        assert_eq!(SearchAsk::read(&long).text.chars().count(), LONGEST);
    }
}
