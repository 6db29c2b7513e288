use std::slice;

use iceberg_rest::Completeness;
use model::{
    error::AppError,
    format::counted,
    names::NameKind,
    namespaces::{Branch, Objects, TreeAsk},
};

use super::known::{Insides, is_absent};
use crate::listing::ListState;

/// Lines of the tree: each repeats the address, which says what is open.
const LINES: usize = 1_000;

/// What was read of a namespace, or of the top.
pub struct Read {
    pub parent: Vec<String>,
    pub lists: Vec<(NameKind, ListState)>,
    /// Why nothing was.
    pub note: Option<String>,
}

/// Namespaces have their lines before the objects do: those are in lists of their own as well.
pub fn branches(read: &[Read], ask: &TreeAsk, insides: &Insides) -> Vec<Branch> {
    let mut left = LINES;
    let mut branches = Vec::new();
    for read in read {
        let mut branch = namespaces(read, ask);
        cut(&mut branch, left);
        left -= branch.children.len();
        for child in &mut branch.children {
            let node = [&read.parent[..], slice::from_ref(&child.name)].concat();
            child.inside = insides.count(&node);
        }
        branches.push(branch);
    }
    for (branch, read) in branches.iter_mut().zip(read) {
        for (kind, state) in &read.lists {
            if *kind != NameKind::Namespaces {
                let objects = Objects::new(*kind, &state.names, is_whole(state), &ask.filter, left);
                left -= objects.names.len();
                branch.objects.push(objects);
            }
        }
        branch.notes.extend(notes(read));
        let is_empty = |objects: &Objects| objects.names.is_empty() && objects.more.is_none();
        let empty = branch.children.is_empty() && branch.objects.iter().all(is_empty);
        if empty && branch.notes.is_empty() {
            branch.notes.push(nothing(read, ask).to_owned());
        }
    }
    branches
}

fn namespaces(read: &Read, ask: &TreeAsk) -> Branch {
    let mut lists = read.lists.iter();
    let list = lists.find(|(kind, _)| *kind == NameKind::Namespaces);
    let none = ListState::default();
    let state = list.map_or(&none, |(_, state)| state);
    let mut branch = Branch::new(&read.parent, &state.names, ask);
    branch.arriving = read.lists.iter().any(|(_, state)| state.end.is_none());
    branch.partial |= list.is_some_and(|(kind, state)| match &state.end {
        Some(Err(error)) => !is_absent(*kind, error),
        _ => !is_whole(state),
    });
    branch.notes.extend(read.note.clone());
    branch
}

fn is_whole(state: &ListState) -> bool {
    matches!(state.end, Some(Ok(Completeness::Complete)))
}

fn cut(branch: &mut Branch, left: usize) {
    if branch.children.len() <= left {
        return;
    }
    branch.children.truncate(left);
    branch.more = 0;
    branch.partial = true;
    branch.notes.push(format!(
        "The tree has at most {}. Type a part of a name to find others.",
        counted(LINES, "line")
    ));
}

/// What is missing, and why.
fn notes(read: &Read) -> Vec<String> {
    let mut notes = Vec::new();
    let mut failed: Vec<(&str, String)> = Vec::new();
    let mut reading = Vec::new();
    let mut queued = false;
    for (kind, state) in &read.lists {
        let so_far = counted(state.names.len(), kind.noun());
        match &state.end {
            Some(Ok(Completeness::Complete)) => {}
            Some(Ok(Completeness::Capped { reason })) => {
                notes.push(format!("{so_far} or more. {reason}"));
            }
            Some(Err(error)) if is_absent(*kind, error) => {}
            Some(Err(error)) => {
                let error = AppError::from(error.clone());
                if read.parent.is_empty() {
                    notes.push(format!("{}: {}", error.title(), error.message));
                    continue;
                }
                let title = error.title();
                match failed.iter_mut().find(|(other, _)| *other == title) {
                    Some((_, nouns)) => *nouns += &format!(", {}s", kind.noun()),
                    None => failed.push((title, format!("{}s", kind.noun()))),
                }
            }
            None if !state.begun => queued = true,
            None if state.names.is_empty() => reading.push(format!("{}s", kind.noun())),
            None => notes.push(format!("{so_far} so far")),
        }
    }
    let failed = failed.into_iter();
    notes.extend(failed.map(|(title, nouns)| format!("{title}: no list of {nouns}")));
    if !reading.is_empty() {
        notes.push(format!("Reading {}…", reading.join(", ")));
    }
    if queued {
        notes.push("Waiting: other lists of this connection are read first".to_owned());
    }
    notes
}

fn nothing(read: &Read, ask: &TreeAsk) -> &'static str {
    match (read.parent.is_empty(), ask.filter.is_empty()) {
        (true, true) => "No namespaces are listed",
        (true, false) => "Not among the namespaces that are shown",
        (false, true) => "Nothing is listed inside",
        (false, false) => "Nothing inside is called so",
    }
}
