//! Which parts of the tree are open, as the address says it.

use std::collections::HashSet;

use crate::{
    names::NameKind,
    namespaces::TreeAsk,
    page::{Page, PolarisPage},
    paths::{Place, Query, join_levels, split_levels},
};

/// What the page beside the tree is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Here {
    /// Empty at the top.
    pub namespace: Vec<String>,
    /// A table, or what else is in that namespace.
    pub object: Option<(NameKind, String)>,
}

impl Here {
    /// As an address says it.
    pub fn read(page: Option<Page>, place: &Place, query: &Query) -> Self {
        let (kind, name) = match page {
            Some(Page::Polaris(PolarisPage::GenericTable)) => {
                (NameKind::GenericTables, query.get("name"))
            }
            _ if query.get("t").is_none() => (NameKind::Views, place.object.as_deref()),
            _ => (NameKind::Tables, place.object.as_deref()),
        };
        Self {
            namespace: place.namespace.clone(),
            object: name.map(|name| (kind, name.to_owned())),
        }
    }

    /// Whether `node` is around it.
    fn is_inside(&self, node: &[String]) -> bool {
        let outer = node.len() < self.namespace.len() || self.object.is_some();
        !node.is_empty() && outer && self.namespace.starts_with(node)
    }
}

/// What the address says about the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeState {
    /// Opened by hand.
    pub open: Vec<Vec<String>>,
    /// Closed by hand, though the current namespace is inside.
    pub shut: Vec<Vec<String>>,
    /// A namespace once for each further page of its children.
    pub more: Vec<Vec<String>>,
    /// Part of a name, in any case.
    pub filter: String,
}

impl TreeState {
    /// `None` for an address that leaves the tree as it is.
    pub fn read(query: &Query) -> Option<Self> {
        let speaks =
            |(key, _): &(String, String)| ["open", "shut", "more", "find"].contains(&&**key);
        query.pairs().iter().any(speaks).then(|| {
            let all = |key| query.all(key).map(split_levels).collect();
            Self {
                open: all("open"),
                shut: all("shut"),
                more: all("more"),
                filter: query.get("find").unwrap_or_default().to_owned(),
            }
        })
    }

    /// Replaces what `query` says about the tree.
    pub fn write(&self, query: Query) -> Query {
        let query = query.with("open", "").with("shut", "").with("more", "");
        let query = query.with("find", &self.filter);
        [
            ("open", &self.open),
            ("shut", &self.shut),
            ("more", &self.more),
        ]
        .into_iter()
        .flat_map(|(key, nodes)| nodes.iter().map(move |node| (key, node)))
        .fold(query, |query, (key, node)| {
            query.and(key, &join_levels(node))
        })
    }

    /// Namespaces around what is looked at are open unless closed by hand.
    pub fn is_open(&self, node: &[String], here: &Here) -> bool {
        self.open.iter().any(|open| open == node)
            || (here.is_inside(node) && !self.shut.iter().any(|shut| shut == node))
    }

    /// With a node opened that is closed, or closed that is open.
    pub fn toggled(&self, node: &[String], here: &Here) -> Self {
        let mut next = self.clone();
        next.open.retain(|open| open != node);
        // What was closed elsewhere has no meaning any more.
        next.shut
            .retain(|shut| shut != node && here.is_inside(shut));
        if self.is_open(node, here) {
            next.shut.push(node.to_vec());
        } else {
            next.open.push(node.to_vec());
        }
        next
    }

    /// With a further page of the children of `parent`.
    pub fn with_more(&self, parent: &[String]) -> Self {
        let mut next = self.clone();
        next.more.push(parent.to_vec());
        next
    }

    /// The branches to load: those that are open, and so is everything around them; first those that lead to
    /// what is looked at.
    pub fn ask(&self, here: &Here) -> TreeAsk {
        let shut: HashSet<&[String]> = self.shut.iter().map(Vec::as_slice).collect();
        let around = (1..=here.namespace.len()).map(|depth| &here.namespace[..depth]);
        let around = around.filter(|node| here.is_inside(node) && !shut.contains(node));
        let mut nodes: Vec<&[String]> = self.open.iter().map(Vec::as_slice).chain(around).collect();
        nodes.sort_by_key(|node| (!here.is_inside(node), node.len(), *node));
        nodes.dedup();
        // Each comes after the one around it: whether that is shown has been said by then.
        let mut shown: HashSet<&[String]> = HashSet::from([&[][..]]);
        nodes.retain(|node| match node.split_last() {
            Some((_, outer)) => shown.contains(outer) && shown.insert(*node),
            None => false,
        });
        TreeAsk {
            open: nodes.into_iter().map(<[String]>::to_vec).collect(),
            more: self.more.clone(),
            filter: self.filter.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Vec<String> {
        split_levels(text)
    }

    fn at(namespace: &str) -> Here {
        Here {
            namespace: node(namespace),
            object: None,
        }
    }

    fn on(namespace: &str, table: &str) -> Here {
        Here {
            object: Some((NameKind::Tables, table.into())),
            ..at(namespace)
        }
    }

    #[test]
    fn the_address_holds_the_state() {
        let state = TreeState {
            open: vec![vec!["a.b".into(), "c/d".into()]],
            shut: vec![vec!["+ %".into()]],
            more: vec![vec![]],
            filter: "x".into(),
        };
        let query = state.write(Query::parse("?ns=a&open=/old&find=old"));
        let back = Query::parse(&query.to_string());
        assert_eq!(TreeState::read(&back), Some(state));
        assert_eq!(back.get("ns"), Some("a"));
    }

    #[test]
    fn an_address_may_leave_the_tree_as_it_is() {
        assert_eq!(TreeState::read(&Query::parse("?ns=a&tab=views")), None);
        let cleared = TreeState::read(&Query::parse("?ns=a&find="));
        assert_eq!(cleared, Some(TreeState::default()));
    }

    #[test]
    fn namespaces_around_the_current_one_open_by_themselves() {
        let state = TreeState::default();
        let here = at("/a/b/c");
        assert_eq!(state.ask(&here).open, [node("/a"), node("/a/b")]);
        assert!(!state.is_open(&node("/a/b/c"), &here));
    }

    #[test]
    fn the_namespace_of_the_current_object_opens_by_itself() {
        let state = TreeState::default();
        let here = on("/a/b", "t");
        assert_eq!(state.ask(&here).open, [node("/a"), node("/a/b")]);
        let closed = state.toggled(&node("/a/b"), &here);
        assert!(!closed.is_open(&node("/a/b"), &here));
        assert_eq!(closed.ask(&here).open, [node("/a")]);
        assert!(state.ask(&on("/", "t")).open.is_empty());
    }

    #[test]
    fn what_leads_to_the_current_object_is_asked_for_first() {
        let state = TreeState {
            open: vec![node("/a"), node("/b"), node("/b/c")],
            ..TreeState::default()
        };
        let asked = state.ask(&on("/z/y", "t")).open;
        assert_eq!(asked[..2], [node("/z"), node("/z/y")]);
        assert_eq!(asked.len(), 5);
    }

    #[test]
    fn an_address_says_what_is_looked_at() {
        let here = |address: &str| {
            let (path, search) = address.split_once('?').unwrap();
            let place = Place::read(path, search).unwrap();
            Here::read(Page::parse(path), &place, &Query::parse(search)).object
        };
        let (table, view) = (NameKind::Tables, NameKind::Views);
        assert_eq!(here("/c/p/t/schema?ns=a&t=b"), Some((table, "b".into())));
        assert_eq!(here("/c/p/v/sql?ns=a&v=b"), Some((view, "b".into())));
        assert_eq!(here("/c/p/ns?ns=a&name=b"), None);
        let generic = Place::connection("p").with_namespace(&node("/a"));
        assert_eq!(
            here(&generic.generic_table_path("g")),
            Some((NameKind::GenericTables, "g".into()))
        );
    }

    #[test]
    fn what_is_closed_by_hand_stays_closed() {
        let here = at("/a/b/c");
        let closed = TreeState::default().toggled(&node("/a"), &here);
        assert!(!closed.is_open(&node("/a"), &here));
        assert!(closed.ask(&here).open.is_empty());
        let opened = closed.toggled(&node("/a"), &here);
        assert_eq!(opened.ask(&here).open, [node("/a"), node("/a/b")]);
    }

    #[test]
    fn many_open_branches_are_looked_at_once_each() {
        // 5,000 chains of 64: a look at every pair of them would not end today.
        let chain = |n: usize| (0..64).map(|depth| format!("{n}-{depth}")).collect();
        let open: Vec<Vec<String>> = (0..5_000).map(chain).collect();
        let state = TreeState {
            open: open
                .iter()
                .flat_map(|chain| [chain[..1].to_vec(), chain.clone()])
                .collect(),
            ..TreeState::default()
        };
        assert_eq!(state.ask(&Here::default()).open.len(), open.len());
    }

    #[test]
    fn a_branch_inside_a_closed_one_is_not_loaded() {
        let state = TreeState {
            open: vec![node("/x/y")],
            ..TreeState::default()
        };
        assert!(state.ask(&Here::default()).open.is_empty());
    }
}
