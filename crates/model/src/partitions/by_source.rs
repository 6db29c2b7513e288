//! Partition specs and sort orders that need not be of one table: a field is what is made of which column.

use std::collections::{HashMap, HashSet, VecDeque};

use super::{PartitionRow, SortRow, Source, from_wire::applied};
use crate::schema::{Difference, Differences};

/// What a field is told apart by.
type Key<'a> = (&'a str, Vec<&'a str>);

/// What one field says.
struct Said<'a> {
    transform: &'a str,
    sources: &'a [Source],
    /// What else it says, by what that is.
    details: Vec<(&'static str, String)>,
}

impl Said<'_> {
    fn in_words(&self) -> String {
        applied(self.transform, self.sources)
    }

    fn ids(&self) -> Vec<&str> {
        let ids = self.sources.iter().map(|source| source.id.as_str());
        ids.collect()
    }

    /// What is made of which columns, by their field ids or by their names; `None` where one of them has no name.
    fn key(&self, by_names: bool) -> Option<Key<'_>> {
        let names = self.sources.iter().map(|source| source.name.as_deref());
        let columns = match by_names {
            true => names.collect::<Option<_>>()?,
            false => self.ids(),
        };
        Some((self.transform, columns))
    }

    fn changes(&self, now: &Self) -> String {
        let of_column = [
            ("column", self.in_words(), now.in_words()),
            (
                "field id of the column",
                self.ids().join(" and "),
                now.ids().join(" and "),
            ),
        ];
        let details = self.details.iter().zip(&now.details);
        let details = details.map(|((what, was), (_, now))| (*what, was.clone(), now.clone()));
        let all = of_column.into_iter().chain(details);
        let changed = all.filter(|(_, was, now)| was != now);
        let words = changed.map(|(what, was, now)| format!("{what} from {was} to {now}"));
        words.collect::<Vec<_>>().join(", ")
    }

    fn row(&self, kind: &str, said: String) -> Difference {
        Difference {
            kind: kind.to_owned(),
            column: self.in_words(),
            said,
        }
    }

    fn alone(&self, kind: &str) -> Difference {
        let detail = |(what, said): &(&str, String)| match *what {
            "direction" | "nulls" => said.clone(),
            what => format!("{what} {said}"),
        };
        let details: Vec<_> = self.details.iter().map(detail).collect();
        self.row(kind, details.join(", "))
    }
}

impl<'a> From<&'a PartitionRow> for Said<'a> {
    fn from(field: &'a PartitionRow) -> Self {
        Self {
            transform: &field.transform,
            sources: &field.sources,
            details: vec![("name", field.name.clone())],
        }
    }
}

/// From one partition spec to another.
pub(crate) fn spec_differences(from: &[PartitionRow], to: &[PartitionRow]) -> Differences {
    let [from, to] = [from, to].map(|fields| fields.iter().map(Said::from).collect());
    differences(from, to)
}

/// From one sort order to another: where a field stands says how much it weighs.
pub(crate) fn order_differences(from: &[SortRow], to: &[SortRow]) -> Differences {
    fn said((field, position): (&SortRow, usize)) -> Said<'_> {
        Said {
            transform: &field.transform,
            sources: &field.sources,
            details: vec![
                ("direction", field.direction.clone()),
                ("nulls", field.nulls.clone()),
                ("position", position.to_string()),
            ],
        }
    }
    let [from, to] = [from, to].map(|fields| fields.iter().zip(1..).map(said).collect());
    differences(from, to)
}

/// The same field stands in both with the same field ids, or else with the same names.
fn differences(from: Vec<Said>, to: Vec<Said>) -> Differences {
    let mut partners: Vec<Option<usize>> = vec![None; to.len()];
    let mut left: Vec<usize> = (0..from.len()).collect();
    for by_names in [false, true] {
        let mut free: HashMap<Key, VecDeque<usize>> = HashMap::new();
        for was in left {
            if let Some(key) = from[was].key(by_names) {
                free.entry(key).or_default().push_back(was);
            }
        }
        for (now, partner) in to.iter().zip(&mut partners) {
            if partner.is_none() {
                let free = now.key(by_names).and_then(|key| free.get_mut(&key));
                *partner = free.and_then(VecDeque::pop_front);
            }
        }
        let taken: HashSet<usize> = partners.iter().copied().flatten().collect();
        left = (0..from.len()).filter(|was| !taken.contains(was)).collect();
    }
    let (mut rows, mut same) = (Vec::new(), 0);
    for (now, partner) in to.iter().zip(partners) {
        let Some(was) = partner.map(|was| &from[was]) else {
            rows.push(now.alone("added"));
            continue;
        };
        match was.changes(now) {
            said if said.is_empty() => same += 1,
            said => rows.push(now.row("changed", said)),
        }
    }
    rows.extend(left.into_iter().map(|was| from[was].alone("removed")));
    Differences::listed(rows, same)
}
