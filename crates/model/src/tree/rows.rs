//! The tree as lines.

use std::slice;

use super::state::{Here, TreeState};
use crate::{
    format::{count, counted},
    names::NameKind,
    namespaces::{Branch, Objects, Tree},
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
    /// What a namespace holds: of this kind, there, of this name.
    Object(NameKind, Vec<String>, String),
    /// The list of all of this kind there; what it says.
    List(NameKind, Vec<String>, String),
    /// Shows a further page of this namespace's children; what it says.
    More(Vec<String>, String),
    /// Says something about the namespace above it.
    Note(String),
}

/// The tree as lines, from the top to the bottom.
pub fn rows(tree: &Tree, state: &TreeState, here: &Here) -> Vec<Row> {
    let mut rows = Vec::new();
    add(&mut rows, tree, state, here, &[]);
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

fn add(rows: &mut Vec<Row>, tree: &Tree, state: &TreeState, here: &Here, parent: &[String]) {
    let around = join_levels(parent);
    let row = |key: String, kind: RowKind| Row {
        key,
        level: parent.len() + 1,
        kind,
    };
    let note = |text: &String| row(format!("{around} {text}"), RowKind::Note(text.clone()));
    let Some(branch) = tree.branches.iter().find(|branch| branch.parent == parent) else {
        rows.push(note(&"Loading…".into()));
        return;
    };
    for name in children(branch, state, here) {
        let node = [parent, &[name]].concat();
        rows.push(row(join_levels(&node), RowKind::Namespace(node.clone())));
        if state.is_open(&node, here) {
            add(rows, tree, state, here, &node);
        }
    }
    if branch.more > 0 {
        let text = format!("Show more ({} left)", count(branch.more));
        let key = format!("{around} more {}", branch.more);
        rows.push(row(key, RowKind::More(parent.to_vec(), text)));
    }
    for objects in &branch.objects {
        let kind = objects.kind;
        for name in objects.names.iter().chain(missing(objects, parent, here)) {
            let key = format!(
                "{} {}",
                kind.noun(),
                join_levels(&[parent, slice::from_ref(name)].concat())
            );
            rows.push(row(
                key,
                RowKind::Object(kind, parent.to_vec(), name.clone()),
            ));
        }
        if let Some(text) = &objects.more {
            let key = format!("{around} {text}");
            rows.push(row(key, RowKind::List(kind, parent.to_vec(), text.clone())));
        }
    }
    rows.extend(branch.notes.iter().map(note));
}

/// What is looked at stands in the tree though it is not among the first ones.
fn missing<'a>(objects: &Objects, parent: &[String], here: &'a Here) -> Option<&'a String> {
    let (kind, name) = here.object.as_ref()?;
    let is_here = *kind == objects.kind && here.namespace == parent;
    (is_here && objects.partial && !objects.names.contains(name)).then_some(name)
}

/// What is open or looked at stands in the tree though a cut or filtered list leaves it out.
fn children(branch: &Branch, state: &TreeState, here: &Here) -> Vec<String> {
    let mut names: Vec<String> = branch.children.iter().map(|it| it.name.clone()).collect();
    if branch.partial {
        let depth = branch.parent.len();
        let inside = |node: &&[String]| node.len() > depth && node.starts_with(&branch.parent);
        let open = state.open.iter().map(Vec::as_slice);
        for node in open.chain([&here.namespace[..]]).filter(inside) {
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
    use crate::{format::Moment, namespaces::Child, paths::split_levels};

    fn branch(parent: &str, names: &[&str]) -> Branch {
        Branch {
            parent: split_levels(parent),
            children: names.iter().map(|name| Child::new(*name)).collect(),
            ..Branch::default()
        }
    }

    fn tables(names: &[&str], more: Option<&str>) -> Objects {
        Objects {
            kind: NameKind::Tables,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            partial: more.is_some(),
            more: more.map(str::to_owned),
        }
    }

    fn tree(branches: Vec<Branch>) -> Tree {
        Tree {
            branches,
            at: Moment::from_ms(0),
        }
    }

    fn at(namespace: &str) -> Here {
        Here {
            namespace: split_levels(namespace),
            object: None,
        }
    }

    fn keys(tree: Tree, here: &Here) -> Vec<String> {
        let rows = rows(&tree, &TreeState::default(), here);
        rows.into_iter().map(|row| row.key).collect()
    }

    #[test]
    fn open_branches_stand_under_their_namespace() {
        let tree = tree(vec![branch("/", &["a", "b"]), branch("/a", &["x"])]);
        let rows = rows(&tree, &TreeState::default(), &at("/a/x"));
        assert_eq!(rows[1].level, 2);
        assert_eq!(keys(tree, &at("/a/x")), ["/a", "/a/x", "/b"]);
    }

    #[test]
    fn objects_stand_after_the_namespaces_and_notes_come_last() {
        let mut inside = branch("/a", &["x"]);
        inside.objects = vec![tables(&["t"], None)];
        inside.notes = vec!["Views not listed: Not allowed".into()];
        let tree = tree(vec![branch("/", &["a", "b"]), inside]);
        let here = Here {
            object: Some((NameKind::Tables, "t".into())),
            ..at("/a")
        };
        let expected = [
            "/a",
            "/a/x",
            "table /a/t",
            "/a Views not listed: Not allowed",
            "/b",
        ];
        assert_eq!(keys(tree, &here), expected);
    }

    #[test]
    fn the_current_object_stands_in_a_cut_list_of_its_own_kind() {
        let mut inside = branch("/a", &[]);
        inside.objects = vec![tables(&["t"], Some("9 tables: open the list"))];
        let tree = tree(vec![branch("/", &["a"]), inside]);
        let mut here = Here {
            object: Some((NameKind::Tables, "z".into())),
            ..at("/a")
        };
        let expected = [
            "/a",
            "table /a/t",
            "table /a/z",
            "/a 9 tables: open the list",
        ];
        assert_eq!(keys(tree.clone(), &here), expected);
        here.object = Some((NameKind::Views, "z".into()));
        assert!(!keys(tree, &here).contains(&"table /a/z".to_owned()));
    }

    #[test]
    fn a_branch_on_its_way_says_so() {
        let tree = tree(vec![branch("/", &["a"])]);
        let rows = rows(&tree, &TreeState::default(), &at("/a/x"));
        assert_eq!(rows[1].kind, RowKind::Note("Loading…".into()));
    }

    #[test]
    fn the_current_namespace_stands_in_a_cut_list() {
        let mut cut = branch("/", &["a"]);
        cut.partial = true;
        cut.more = 5;
        assert_eq!(keys(tree(vec![cut]), &at("/z")), ["/a", "/z", "/ more 5"]);
    }

    #[test]
    fn a_whole_list_is_believed() {
        let whole = tree(vec![branch("/", &["a"])]);
        assert_eq!(keys(whole, &at("/gone")), ["/a"]);
        let mut inside = branch("/a", &[]);
        inside.objects = vec![tables(&["t"], None)];
        let here = Here {
            object: Some((NameKind::Tables, "gone".into())),
            ..at("/a")
        };
        let whole = tree(vec![branch("/", &["a"]), inside]);
        assert_eq!(keys(whole, &here), ["/a", "table /a/t"]);
    }
}
