//! Namespaces, and the tree of them.

use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    format::Moment,
    paths::{Query, join_levels},
    settings::Setting,
};

/// A namespace by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamespaceView {
    /// What its owner keeps with it.
    pub properties: Vec<Setting>,
}

/// Those branches of the namespace tree that are open; the first is the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// False where namespaces have one level: nothing opens.
    pub nested: bool,
    /// The open ones, each after the one around it.
    pub branches: Vec<Branch>,
    /// When the top was read.
    pub at: Moment,
}

/// The namespaces right inside one namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// Levels of the namespace; empty at the top.
    pub parent: Vec<String>,
    /// Names of its children.
    pub names: Vec<String>,
    /// How many more there are.
    pub more: usize,
    /// Further pages are on their way.
    pub arriving: bool,
    /// Not all of it: still arriving, cut, or narrowed by the filter.
    pub partial: bool,
    /// What of it is not here, and why; a few words.
    pub note: Option<String>,
    /// Why its children could not be listed.
    pub problem: Option<AppError>,
}

/// Which part of the tree is looked at; travels as a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeAsk {
    /// Namespaces whose children are shown. Each stands after the one around it.
    pub open: Vec<Vec<String>>,
    /// A namespace once for each further page of its children.
    pub more: Vec<Vec<String>>,
    /// Part of a name, in any case.
    pub filter: String,
}

impl TreeAsk {
    /// From the query of an address.
    pub fn read(query: &Query) -> Self {
        let all = |key| query.all(key).map(crate::paths::split_levels).collect();
        Self {
            open: all("open"),
            more: all("more"),
            filter: query.get("find").unwrap_or_default().to_owned(),
        }
    }

    /// As the query of an address.
    pub fn query(&self) -> Query {
        let query = Query::default().with("find", &self.filter);
        let query = self
            .open
            .iter()
            .fold(query, |query, node| query.and("open", &join_levels(node)));
        self.more
            .iter()
            .fold(query, |query, node| query.and("more", &join_levels(node)))
    }
}

impl Branch {
    const PAGE: usize = 200;

    /// `all` is sorted. Namespaces that are open stay, whatever the filter and the page say.
    pub fn new(parent: &[String], all: &[String], ask: &TreeAsk) -> Self {
        let filter = ask.filter.to_lowercase();
        let pages = 1 + ask.more.iter().filter(|node| *node == parent).count();
        let is_open = |name: &str| {
            ask.open.iter().any(|node| {
                node.split_last()
                    .is_some_and(|(last, outer)| last == name && outer == parent)
            })
        };
        let (mut names, mut more) = (Vec::new(), 0);
        let mut shown = 0;
        for name in all {
            let matches = name.to_lowercase().contains(&filter);
            if matches && shown < pages * Self::PAGE {
                shown += 1;
                names.push(name.clone());
            } else if is_open(name) {
                names.push(name.clone());
            } else if matches {
                more += 1;
            }
        }
        Self {
            parent: parent.to_vec(),
            partial: more > 0 || !filter.is_empty(),
            names,
            more,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::split_levels;

    fn levels(text: &str) -> Vec<String> {
        split_levels(text)
    }

    #[test]
    fn an_ask_travels_as_a_query() {
        let ask = TreeAsk {
            open: vec![vec!["a.b".into(), "c/d %".into()], vec!["ünï&=".into()]],
            more: vec![vec![], vec!["a.b".into()]],
            filter: "x y".into(),
        };
        assert_eq!(TreeAsk::read(&Query::parse(&ask.query().to_string())), ask);
    }

    #[test]
    fn a_branch_shows_a_page_and_what_is_open() {
        let all: Vec<String> = (0..450).map(|index| format!("n{index:03}")).collect();
        let mut ask = TreeAsk {
            open: vec![levels("/n300")],
            ..TreeAsk::default()
        };
        let branch = Branch::new(&[], &all, &ask);
        assert_eq!((branch.names.len(), branch.more), (201, 249));
        ask.more = vec![vec![]];
        assert_eq!(Branch::new(&[], &all, &ask).more, 50);
    }

    #[test]
    fn a_filter_keeps_open_namespaces() {
        let all = ["Alpha", "beta", "gamma"].map(str::to_owned);
        let ask = TreeAsk {
            open: vec![levels("/gamma")],
            filter: "ALP".into(),
            ..TreeAsk::default()
        };
        assert_eq!(Branch::new(&[], &all, &ask).names, ["Alpha", "gamma"]);
    }
}
