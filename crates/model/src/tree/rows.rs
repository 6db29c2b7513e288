//! The tree of namespaces as lines.

use super::state::TreeState;
use crate::{
    format::counted,
    namespaces::{Branch, Tree},
    paths::join_levels,
};

/// One line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Tells lines apart; changes with what a line says.
    pub key: String,
    /// 1 at the top.
    pub level: usize,
    /// What it stands for.
    pub kind: RowKind,
}

/// What a line of the tree stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A namespace, by its levels.
    Namespace(Vec<String>),
    /// Shows a further page of this namespace's children.
    More(Vec<String>, usize),
    /// Says something about the namespace above it.
    Note(String),
}

/// The tree as lines, from the top to the bottom.
pub fn rows(tree: &Tree, state: &TreeState, current: &[String]) -> Vec<Row> {
    let mut rows = Vec::new();
    add(&mut rows, tree, state, current, &[]);
    rows
}

/// The first lines, and a word on the rest.
pub fn cut(mut rows: Vec<Row>, most: usize) -> Vec<Row> {
    if rows.len() > most {
        rows.truncate(most);
        rows.push(Row {
            key: " cut".into(),
            level: 1,
            kind: RowKind::Note(format!(
                "Cut after {}: this page’s address is long, and each line repeats it. Close branches, or open the namespace by itself.",
                counted(most, "line")
            )),
        });
    }
    rows
}

fn add(rows: &mut Vec<Row>, tree: &Tree, state: &TreeState, current: &[String], parent: &[String]) {
    let level = parent.len() + 1;
    let note = |text: String| Row {
        key: format!("{} {text}", join_levels(parent)),
        level,
        kind: RowKind::Note(text),
    };
    let Some(branch) = tree.branches.iter().find(|branch| branch.parent == parent) else {
        rows.push(note("Loading…".into()));
        return;
    };
    for name in names(branch, state, current) {
        let mut node = parent.to_vec();
        node.push(name);
        rows.push(Row {
            key: join_levels(&node),
            level,
            kind: RowKind::Namespace(node.clone()),
        });
        if tree.nested && state.is_open(&node, current) {
            add(rows, tree, state, current, &node);
        }
    }
    if let Some(problem) = &branch.problem {
        rows.push(note(format!("{}: {}", problem.title(), problem.message)));
    } else if branch.names.is_empty() && branch.note.is_none() {
        rows.push(note(nothing(branch, state).into()));
    }
    rows.extend(branch.note.clone().map(note));
    if branch.more > 0 {
        rows.push(Row {
            key: format!("{} more {}", join_levels(parent), branch.more),
            level,
            kind: RowKind::More(parent.to_vec(), branch.more),
        });
    }
}

fn nothing(branch: &Branch, state: &TreeState) -> &'static str {
    if !state.filter.is_empty() {
        "Not among the namespaces that are shown"
    } else if branch.parent.is_empty() {
        "No namespaces are listed"
    } else {
        "No namespaces are listed inside"
    }
}

/// What is open or current stands in the tree though a cut or filtered list leaves it out.
fn names(branch: &Branch, state: &TreeState, current: &[String]) -> Vec<String> {
    let mut names = branch.names.clone();
    if branch.partial {
        let depth = branch.parent.len();
        let inside = |node: &&[String]| node.len() > depth && node.starts_with(&branch.parent);
        let open = state.open.iter().map(Vec::as_slice);
        for node in open.chain([current]).filter(inside) {
            if !names.contains(&node[depth]) {
                names.push(node[depth].clone());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{format::Moment, paths::split_levels};

    fn branch(parent: &str, names: &[&str]) -> Branch {
        Branch {
            parent: split_levels(parent),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Branch::default()
        }
    }

    fn tree(branches: Vec<Branch>) -> Tree {
        Tree {
            nested: true,
            branches,
            at: Moment::from_ms(0),
        }
    }

    fn keys(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.key.as_str()).collect()
    }

    #[test]
    fn open_branches_stand_under_their_namespace() {
        let tree = tree(vec![branch("/", &["a", "b"]), branch("/a", &["x"])]);
        let rows = rows(&tree, &TreeState::default(), &split_levels("/a/x"));
        assert_eq!(keys(&rows), ["/a", "/a/x", "/b"]);
        assert_eq!(rows[1].level, 2);
    }

    #[test]
    fn a_branch_on_its_way_says_so() {
        let tree = tree(vec![branch("/", &["a"])]);
        let rows = rows(&tree, &TreeState::default(), &split_levels("/a/x"));
        assert_eq!(rows[1].kind, RowKind::Note("Loading…".into()));
    }

    #[test]
    fn the_current_namespace_stands_in_a_cut_list() {
        let mut cut = branch("/", &["a"]);
        cut.partial = true;
        cut.more = 5;
        let rows = rows(&tree(vec![cut]), &TreeState::default(), &split_levels("/z"));
        assert_eq!(keys(&rows), ["/a", "/z", "/ more 5"]);
    }

    #[test]
    fn a_whole_list_is_believed() {
        let rows = rows(
            &tree(vec![branch("/", &["a"])]),
            &TreeState::default(),
            &split_levels("/gone"),
        );
        assert_eq!(keys(&rows), ["/a"]);
    }
}
