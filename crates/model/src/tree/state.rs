//! Which parts of the tree are open, as the address says it.

use std::collections::HashSet;

use crate::{
    namespaces::TreeAsk,
    paths::{Query, join_levels, split_levels},
};

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

    /// Namespaces around `current` are open unless closed by hand.
    pub fn is_open(&self, node: &[String], current: &[String]) -> bool {
        self.open.iter().any(|open| open == node)
            || (is_around(node, current) && !self.shut.iter().any(|shut| shut == node))
    }

    /// With a node opened that is closed, or closed that is open.
    pub fn toggled(&self, node: &[String], current: &[String]) -> Self {
        let mut next = self.clone();
        next.open.retain(|open| open != node);
        // What was closed elsewhere has no meaning any more.
        next.shut
            .retain(|shut| shut != node && is_around(shut, current));
        if self.is_open(node, current) {
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

    /// The branches to load: those that are open, and so is everything around them.
    pub fn ask(&self, current: &[String]) -> TreeAsk {
        let shut: HashSet<&[String]> = self.shut.iter().map(Vec::as_slice).collect();
        let around = (1..current.len()).map(|depth| &current[..depth]);
        let around = around.filter(|node| !shut.contains(node));
        let mut nodes: Vec<&[String]> = self.open.iter().map(Vec::as_slice).chain(around).collect();
        nodes.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
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

fn is_around(node: &[String], current: &[String]) -> bool {
    node.len() < current.len() && current.starts_with(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Vec<String> {
        split_levels(text)
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
        let current = node("/a/b/c");
        assert_eq!(state.ask(&current).open, [node("/a"), node("/a/b")]);
        assert!(!state.is_open(&current, &current));
    }

    #[test]
    fn what_is_closed_by_hand_stays_closed() {
        let current = node("/a/b/c");
        let closed = TreeState::default().toggled(&node("/a"), &current);
        assert!(!closed.is_open(&node("/a"), &current));
        assert!(closed.ask(&current).open.is_empty());
        let opened = closed.toggled(&node("/a"), &current);
        assert_eq!(opened.ask(&current).open, [node("/a"), node("/a/b")]);
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
        assert_eq!(state.ask(&[]).open.len(), open.len());
    }

    #[test]
    fn a_branch_inside_a_closed_one_is_not_loaded() {
        let state = TreeState {
            open: vec![node("/x/y")],
            ..TreeState::default()
        };
        assert!(state.ask(&[]).open.is_empty());
    }
}
