//! Namespaces, and the tree of them.

use serde::{Deserialize, Serialize};

use crate::{
    format::{Moment, counted},
    names::NameKind,
    paths::{Query, join_levels},
    settings::Setting,
};

/// A namespace by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamespaceView {
    /// What its owner keeps with it.
    pub properties: Vec<Setting>,
}

/// Those branches of the tree that are open; the first is the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// The open ones, each after the one around it.
    pub branches: Vec<Branch>,
    /// When the top was read.
    pub at: Moment,
}

/// What is right inside one namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// Levels of the namespace; empty at the top.
    pub parent: Vec<String>,
    /// The namespaces in it.
    pub children: Vec<Child>,
    /// How many more namespaces there are.
    pub more: usize,
    /// Further pages are on their way.
    pub arriving: bool,
    /// Not all of the namespaces: still arriving, cut, or narrowed by the filter.
    pub partial: bool,
    /// The tables, the views, and whatever else it holds.
    pub objects: Vec<Objects>,
    /// What of it is not here, and why; a few words each.
    pub notes: Vec<String>,
}

/// A namespace as a line of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// Its last level.
    pub name: String,
    /// How much is in it, as far as is known: `0`, `230`, `5 000+`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<String>,
}

/// Objects of one kind that a namespace holds: the first of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objects {
    /// Never namespaces.
    pub kind: NameKind,
    /// The first ones.
    pub names: Vec<String>,
    /// There are others, or may be.
    pub partial: bool,
    /// Where there are more: how many in all, and that they are in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
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

impl Child {
    /// A namespace of which nothing is known but its name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            inside: None,
        }
    }

    /// It was seen to hold nothing.
    pub fn is_hollow(&self) -> bool {
        self.inside.as_deref() == Some("0")
    }
}

impl Branch {
    const PAGE: usize = 200;

    /// The namespaces of a branch. `all` is sorted. Those that are open stay, whatever the filter and the page say.
    pub fn new(parent: &[String], all: &[String], ask: &TreeAsk) -> Self {
        let filter = ask.filter.to_lowercase();
        let pages = 1 + ask.more.iter().filter(|node| *node == parent).count();
        let is_open = |name: &str| {
            ask.open.iter().any(|node| {
                node.split_last()
                    .is_some_and(|(last, outer)| last == name && outer == parent)
            })
        };
        let (mut children, mut more) = (Vec::new(), 0);
        let mut shown = 0;
        for name in all {
            let matches = name.to_lowercase().contains(&filter);
            if matches && shown < pages * Self::PAGE {
                shown += 1;
                children.push(Child::new(name));
            } else if is_open(name) {
                children.push(Child::new(name));
            } else if matches {
                more += 1;
            }
        }
        Self {
            parent: parent.to_vec(),
            partial: more > 0 || !filter.is_empty(),
            children,
            more,
            ..Self::default()
        }
    }
}

impl Objects {
    const MOST: usize = 50;
    /// Of the names in one branch: each line holds its own twice.
    const BYTES: usize = 16 * 1024;

    /// The first of `all`, sorted once they are `whole`, and no more of them than `lines`.
    pub fn new(kind: NameKind, all: &[String], whole: bool, filter: &str, lines: usize) -> Self {
        let lower = filter.to_lowercase();
        let matching = |name: &&String| lower.is_empty() || name.to_lowercase().contains(&lower);
        let (mut names, mut total, mut bytes) = (Vec::new(), 0, 0);
        for name in all.iter().filter(matching) {
            total += 1;
            bytes += name.len();
            if total <= lines.min(Self::MOST) && bytes <= Self::BYTES {
                names.push(name.clone());
            }
        }
        let left = total > names.len();
        let noun = counted(total, kind.noun());
        let more = match (filter.is_empty(), whole) {
            (true, true) => format!("{noun}: open the list"),
            (true, false) => format!("{noun} or more: open the list"),
            (false, _) => format!("{noun} of such names: open the list"),
        };
        Self {
            kind,
            names,
            partial: left || !whole || !filter.is_empty(),
            more: left.then_some(more),
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
        assert_eq!((branch.children.len(), branch.more), (201, 249));
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
        let branch = Branch::new(&[], &all, &ask);
        let names: Vec<&str> = branch.children.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["Alpha", "gamma"]);
    }

    fn objects(count: usize, whole: bool, filter: &str, lines: usize) -> Objects {
        let all: Vec<String> = (0..count).map(|index| format!("Feed_{index:03}")).collect();
        Objects::new(NameKind::Tables, &all, whole, filter, lines)
    }

    #[test]
    fn the_first_objects_stand_in_the_tree_and_the_rest_in_the_list() {
        let few = objects(50, true, "", 1000);
        assert_eq!((few.names.len(), few.partial, few.more), (50, false, None));
        let many = objects(230, true, "", 1000);
        assert_eq!((many.names.len(), many.partial), (50, true));
        assert_eq!(many.more.unwrap(), "230 tables: open the list");
        let arriving = objects(230, false, "", 1000).more.unwrap();
        assert_eq!(arriving, "230 tables or more: open the list");
        assert!(objects(3, false, "", 1000).partial);
    }

    #[test]
    fn a_filter_goes_over_all_objects_that_were_read() {
        let found = objects(230, true, "fEED_22", 1000);
        assert_eq!(
            (found.names.len(), found.partial, found.more),
            (10, true, None)
        );
        let many = objects(230, true, "feed_1", 1000).more.unwrap();
        assert_eq!(many, "100 tables of such names: open the list");
    }

    #[test]
    fn objects_stay_within_the_lines_and_bytes_that_are_left() {
        let none = objects(3, true, "", 0);
        assert_eq!(none.more.as_deref(), Some("3 tables: open the list"));
        assert!(none.names.is_empty());
        let long = ["x".repeat(10_000), "y".repeat(10_000)];
        let objects = Objects::new(NameKind::Views, &long, true, "", 1000);
        assert_eq!(objects.names.len(), 1);
        assert_eq!(objects.more.unwrap(), "2 views: open the list");
    }
}
