use std::slice;

use futures_util::future::join_all;
use iceberg_rest::{Client, Completeness, Namespace};
use model::{
    format::{count, counted, plural},
    names::NameKind,
};
use tokio::time::Instant;

use crate::{
    Catalog,
    listing::{ListKind, ListState},
    names::kinds_inside,
    plan::hashed,
};

/// Namespaces that are looked into.
const MOST: usize = 200;

/// What a namespace holds, as far as it was counted.
pub struct Held {
    kinds: Vec<Kind>,
    /// What is in the namespaces in it is counted, too.
    deep: bool,
    /// A hash of all names.
    mark: String,
}

struct Kind {
    kind: NameKind,
    number: usize,
    /// Those are all.
    whole: bool,
}

impl Held {
    /// By lists that are read now, as far as they came until `end`; with `deep` on every level.
    pub async fn count(
        connection: &Catalog,
        client: &Client,
        namespace: &Namespace,
        deep: bool,
        end: Instant,
    ) -> Self {
        let kinds = kinds_inside(connection, client);
        let mut held = Self::of(&kinds, deep);
        let (mut level, mut room) = (vec![namespace.clone()], MOST);
        while !level.is_empty() {
            if level.len() > room {
                level.truncate(room);
                held.is_cut();
            }
            room -= level.len();
            let lists = level.iter().flat_map(|around| {
                let list = |kind: &NameKind| ListKind::of(*kind, Some(around.clone()));
                kinds
                    .iter()
                    .filter_map(move |kind| Some((around, *kind, list(kind)?)))
            });
            let lists = lists.map(|(around, kind, list)| {
                let look = connection.list(client, list, true);
                async move { (around, kind, look.by(end).await) }
            });
            let mut below = Vec::new();
            for (around, kind, state) in join_all(lists).await {
                held.add(kind, &state);
                held.mark = hashed((&held.mark, around.levels(), kind, &state.names));
                if deep && kind == NameKind::Namespaces {
                    let levels = |name: &String| [around.levels(), slice::from_ref(name)].concat();
                    let inside = state.names.iter().map(levels);
                    below.extend(inside.filter_map(|levels| Namespace::try_new(levels).ok()));
                }
            }
            level = below;
        }
        held
    }

    fn of(kinds: &[NameKind], deep: bool) -> Self {
        let kind = |kind: &NameKind| Kind {
            kind: *kind,
            number: 0,
            whole: true,
        };
        Self {
            kinds: kinds.iter().map(kind).collect(),
            deep,
            mark: String::new(),
        }
    }

    fn add(&mut self, kind: NameKind, state: &ListState) {
        let whole = matches!(state.end, Some(Ok(Completeness::Complete)));
        for held in self.kinds.iter_mut().filter(|held| held.kind == kind) {
            held.number += state.names.len();
            held.whole &= whole;
        }
    }

    /// There are namespaces that are not looked into.
    fn is_cut(&mut self) {
        self.kinds.iter_mut().for_each(|held| held.whole = false);
    }

    /// What is another once it holds something else; nothing where not all of it was counted.
    pub fn mark(&self) -> &str {
        match self.is_whole() {
            true => &self.mark,
            false => "",
        }
    }

    pub fn is_whole(&self) -> bool {
        self.kinds.iter().all(|held| held.whole)
    }

    pub fn is_something(&self) -> bool {
        self.kinds.iter().any(|held| held.number > 0)
    }

    /// How many of what there are, and what could not be counted.
    pub fn sentences(&self) -> Vec<String> {
        let number = |held: &Kind| match (held.number, held.whole) {
            (0, _) => None,
            (number, true) => Some(counted(number, held.kind.noun())),
            (number, false) => {
                let noun = plural(number, held.kind.noun());
                Some(format!("at least {} {noun}", count(number)))
            }
        };
        let held: Vec<_> = self.kinds.iter().filter_map(number).collect();
        let unknown = self.kinds.iter().filter(|it| it.number == 0 && !it.whole);
        let unknown = unknown.map(|it| {
            let noun = plural(0, it.kind.noun());
            format!("Its {noun} could not be counted.")
        });
        let unknown: Vec<_> = unknown.collect();
        let levels = if self.deep { " on all levels" } else { "" };
        let holds = match held.as_slice() {
            [] if unknown.is_empty() => Some("As counted just now, it holds nothing.".to_owned()),
            [] => None,
            held => Some(format!(
                "As counted just now, it still holds{levels} {}.",
                held.join(", ")
            )),
        };
        holds.into_iter().chain(unknown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(kinds: &[(NameKind, usize, bool)], deep: bool) -> Held {
        let kind = |(kind, number, whole): &(NameKind, usize, bool)| Kind {
            kind: *kind,
            number: *number,
            whole: *whole,
        };
        Held {
            kinds: kinds.iter().map(kind).collect(),
            deep,
            mark: "names".to_owned(),
        }
    }

    #[test]
    fn what_is_held_is_told_with_what_was_not_counted() {
        use NameKind::{Namespaces, Tables, Views};
        for (held, said) in [
            (
                held(&[(Namespaces, 0, true), (Tables, 0, true)], false),
                vec!["As counted just now, it holds nothing."],
            ),
            (
                held(&[(Namespaces, 1, true), (Tables, 200, false)], true),
                vec![
                    "As counted just now, it still holds on all levels 1 namespace, at least 200 tables.",
                ],
            ),
            (
                held(&[(Tables, 2, true), (Views, 0, false)], false),
                vec![
                    "As counted just now, it still holds 2 tables.",
                    "Its views could not be counted.",
                ],
            ),
            (
                held(&[(Views, 0, false)], true),
                vec!["Its views could not be counted."],
            ),
        ] {
            assert_eq!(held.sentences(), said);
        }
        let mut cut = held(&[(Tables, 3, true)], true);
        assert!(cut.is_whole() && cut.is_something());
        assert_eq!(cut.mark(), "names");
        cut.is_cut();
        assert!(!cut.is_whole() && cut.mark().is_empty());
    }
}
