//! The lists of the management API.

use serde::{Deserialize, Serialize};

use crate::{format::Moment, paths::Place, window::Window};

/// A list of the management API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Listing {
    /// Of the server.
    Catalogs,
    /// Of the server.
    Principals,
    /// Of the server.
    PrincipalRoles,
    /// Of the catalog that the place names.
    CatalogRoles,
}

impl Listing {
    /// For people, in the singular.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Catalogs => "catalog",
            Self::Principals => "principal",
            Self::PrincipalRoles => "principal role",
            Self::CatalogRoles => "catalog role",
        }
    }

    /// The page of one entry.
    pub fn href(self, place: &Place, name: &str) -> String {
        match self {
            Self::Catalogs => place.catalog_path(name),
            Self::Principals => place.principal_path(name),
            Self::PrincipalRoles => place.principal_role_path(name),
            Self::CatalogRoles => place.catalog_role_path(catalog(place), name),
        }
    }

    /// The form that creates one.
    pub fn new_href(self, place: &Place) -> String {
        match self {
            Self::Catalogs => place.catalog_new_path(),
            Self::Principals => place.principal_new_path(),
            Self::PrincipalRoles => place.principal_role_new_path(),
            Self::CatalogRoles => place.catalog_role_new_path(catalog(place)),
        }
    }
}

/// The catalog that a place names; empty for none.
pub fn catalog(place: &Place) -> &str {
    place.warehouse.as_deref().unwrap_or_default()
}

/// Which rows are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListAsk {
    /// Part of a name or of what stands beside it, in any case.
    pub filter: String,
    /// Order of names reversed.
    pub descending: bool,
    /// From 1.
    pub page: usize,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Those that the filter lets through.
    pub rows: Window<Row>,
    /// Before the filter.
    pub total: usize,
}

/// An entry: its name, and a text for each column after it but the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Unique in the list.
    pub name: String,
    /// What the columns between name and change hold.
    pub facts: Vec<String>,
    /// When it was changed last, if it was.
    pub changed: Option<Moment>,
}

impl Listed {
    const SIZE: usize = 200;

    /// `all` is in order of name.
    pub fn new(all: &[Row], ask: &ListAsk) -> Self {
        let filter = ask.filter.to_lowercase();
        let holds = |text: &String| text.to_lowercase().contains(&filter);
        let mut found: Vec<&Row> = all
            .iter()
            .filter(|row| holds(&row.name) || row.facts.iter().any(holds))
            .collect();
        if ask.descending {
            found.reverse();
        }
        Self {
            rows: Window::new(found.len(), ask.page, Self::SIZE, |index| {
                found[index].clone()
            }),
            total: all.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filter_and_order_work_over_the_whole_list() {
        let row = |index: usize| Row {
            name: format!("svc_{index:03}"),
            facts: vec![if index == 7 { "Nightly" } else { "" }.into()],
            changed: None,
        };
        let all: Vec<Row> = (0..401).map(row).collect();
        let ask = |filter: &str, descending, page| ListAsk {
            filter: filter.into(),
            descending,
            page,
        };
        let last = Listed::new(&all, &ask("", false, 99));
        assert_eq!(
            (last.rows.rows.len(), last.rows.start, last.total),
            (1, 400, 401)
        );
        assert_eq!(
            Listed::new(&all, &ask("", true, 1)).rows.rows[0].name,
            "svc_400"
        );
        assert_eq!(
            Listed::new(&all, &ask("nightly", false, 1)).rows.rows[0].name,
            "svc_007"
        );
    }
}
