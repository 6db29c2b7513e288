//! Which snapshots expire, and which branches and tags: as Iceberg itself decides it (`RemoveSnapshots` of its Java
//! core, and "Snapshot Retention Policy" of the specification).

mod page;
#[cfg(test)]
mod tests;
mod words;

use std::collections::HashMap;

use iceberg_rest::{
    Id,
    types::metadata::{Snapshot, SnapshotRef, TableMetadata},
};

use crate::refs::MAIN;
pub use page::{ExpiryPage, FateRow};
pub use words::told;

const MAX_AGE: &str = "history.expire.max-snapshot-age-ms";
const LEAST: &str = "history.expire.min-snapshots-to-keep";
const MAX_REF_AGE: &str = "history.expire.max-ref-age-ms";
const GC: &str = "gc.enabled";
const TAG: &str = "tag";

/// By what snapshots expire where a branch or tag says nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The moment that ages are counted back from: Unix time, ms.
    pub now: i64,
    /// Snapshots that are older expire, in ms.
    pub max_age: i64,
    /// So many of each branch stay, however old.
    pub least: i64,
    /// Branches and tags whose snapshot is older expire themselves, in ms.
    pub max_ref_age: i64,
}

impl Policy {
    /// The table's own one, by its properties. Fails where nothing of the table may expire, with a sentence.
    pub fn of(metadata: &TableMetadata, now: i64) -> Result<Self, String> {
        let gc = metadata.properties.get(GC);
        // As Java reads it: whatever is not `true` is false.
        if gc.is_some_and(|gc| !gc.eq_ignore_ascii_case("true")) {
            return Err(format!(
                "The table’s property {GC} is off: its files may belong to other tables as well, and then nothing expires."
            ));
        }
        let number = |key: &str, otherwise| match metadata.properties.get(key) {
            None => Ok(otherwise),
            Some(value) => value.parse().map_err(|_| {
                format!("The table’s property {key} is no whole number, and then nothing expires.")
            }),
        };
        Ok(Self {
            now,
            max_age: number(MAX_AGE, 432_000_000)?,
            least: number(LEAST, 1)?,
            max_ref_age: number(MAX_REF_AGE, i64::MAX)?,
        })
    }

    /// With an age, a number, or both that hold in the place of the table's own. What branches and tags say of
    /// themselves still goes before them.
    pub fn typed(self, age: Option<i64>, least: Option<i64>) -> Self {
        Self {
            max_age: age.unwrap_or(self.max_age),
            least: least.unwrap_or(self.least),
            ..self
        }
    }

    /// When a snapshot has to be made for not being too old.
    fn since(&self, max_age: Option<i64>) -> i64 {
        self.now.saturating_sub(max_age.unwrap_or(self.max_age))
    }

    /// Whether a branch or tag stays that points at `to`.
    fn keeps(&self, name: &str, of: &SnapshotRef, to: Option<&Snapshot>) -> bool {
        let most = of.max_ref_age_ms.unwrap_or(self.max_ref_age);
        let made = |to: &Snapshot| to.timestamp_ms.unwrap_or(self.now);
        name == MAIN || to.is_some_and(|to| self.now.saturating_sub(made(to)) <= most)
    }
}

/// What becomes of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate<'a> {
    /// It expires.
    Goes,
    /// A branch or tag of this name points at it.
    Named(&'a str),
    /// This branch keeps so many, however old.
    Counted(&'a str),
    /// It is not too old for this branch.
    Young(&'a str),
    /// No branch or tag leads to it, and it is not too old for that.
    Loose,
    /// No commit can name it: its id is no integer of 64 bits.
    Unnameable,
}

/// What expires.
#[derive(Debug)]
pub struct Expiry<'a> {
    /// All there are, oldest first; of two with one id, one.
    pub snapshots: Vec<(&'a Snapshot, Fate<'a>)>,
    /// Branches and tags that go, by name.
    pub refs: Vec<(&'a str, &'a SnapshotRef)>,
}

impl<'a> Expiry<'a> {
    /// Of metadata that holds all snapshots.
    pub fn new(metadata: &'a TableMetadata, policy: &Policy) -> Self {
        let line = Line::new(&metadata.snapshots);
        let refs = metadata.refs.iter().map(|(name, to)| (name.as_str(), to));
        let (mut kept, gone): (Vec<_>, Vec<_>) =
            refs.partition(|(name, to)| policy.keeps(name, to, line.get(&to.snapshot_id)));
        // What keeps for longest goes first, so that whoever comes to the same snapshot later can stop there.
        kept.sort_by_key(|(name, to)| {
            let is_main = *name == MAIN;
            (policy.since(to.max_snapshot_age_ms), !is_main)
        });
        let mut fates = vec![Fate::Goes; line.all.len()];
        for (name, to) in kept.iter().rev() {
            if let Some(at) = line.at(&to.snapshot_id) {
                fates[at] = Fate::Named(name);
            }
        }
        let (branches, tags): (Vec<_>, Vec<_>) =
            kept.into_iter().partition(|(_, to)| to.kind != TAG);
        line.keep_branches(&branches, policy, &mut fates);
        let referenced = line.referenced(&branches, &tags);
        for (at, one) in line.all.iter().enumerate() {
            if fates[at] != Fate::Goes {
                continue;
            }
            if one.snapshot_id.exact().is_none() {
                fates[at] = Fate::Unnameable;
            } else if !referenced[at] && is_since(one, policy.since(None)) {
                fates[at] = Fate::Loose;
            }
        }
        let own = |(at, one): (usize, &'a Snapshot)| {
            (line.at(&one.snapshot_id) == Some(at)).then_some((one, fates[at]))
        };
        Self {
            snapshots: line.all.iter().enumerate().filter_map(own).collect(),
            refs: gone,
        }
    }

    /// Those that expire, oldest first.
    pub fn going(&self) -> Vec<&'a Snapshot> {
        let going = self.snapshots.iter();
        let going = going.filter(|(_, fate)| *fate == Fate::Goes);
        going.map(|(one, _)| *one).collect()
    }
}

/// Which snapshot was made from which, by their places.
struct Line<'a> {
    all: &'a [Snapshot],
    places: HashMap<&'a Id, usize>,
    parents: Vec<Option<usize>>,
}

impl<'a> Line<'a> {
    fn new(all: &'a [Snapshot]) -> Self {
        let places = all.iter().enumerate();
        let places: HashMap<_, _> = places.map(|(at, one)| (&one.snapshot_id, at)).collect();
        let parent = |one: &Snapshot| places.get(one.parent_snapshot_id.as_ref()?).copied();
        let parents = all.iter().map(parent).collect();
        Self {
            all,
            places,
            parents,
        }
    }

    fn at(&self, id: &Id) -> Option<usize> {
        self.places.get(id).copied()
    }

    fn get(&self, id: &Id) -> Option<&'a Snapshot> {
        self.at(id).map(|at| &self.all[at])
    }

    /// Each branch keeps its snapshots from the newest on, up to the first that is too old and beyond its number.
    fn keep_branches(
        &self,
        branches: &[(&'a str, &SnapshotRef)],
        policy: &Policy,
        fates: &mut [Fate<'a>],
    ) {
        // How many the one that came by had left to keep, however old: with as many or fewer left and a shorter
        // age, nobody keeps more from there on. That also ends a line that leads back to itself.
        let mut passed: Vec<Option<i64>> = vec![None; self.all.len()];
        for (name, to) in branches {
            let since = policy.since(to.max_snapshot_age_ms);
            let mut left = to.min_snapshots_to_keep.unwrap_or(policy.least).max(0);
            let mut next = self.at(&to.snapshot_id);
            while let Some(at) = next.filter(|at| passed[*at] < Some(left)) {
                let young = is_since(&self.all[at], since);
                if left == 0 && !young {
                    break;
                }
                if fates[at] == Fate::Goes {
                    fates[at] = match young {
                        true => Fate::Young(name),
                        false => Fate::Counted(name),
                    };
                }
                passed[at] = Some(left);
                left = (left - 1).max(0);
                next = self.parents[at];
            }
        }
    }

    /// To which snapshots a branch leads, or a tag points.
    fn referenced(
        &self,
        branches: &[(&str, &SnapshotRef)],
        tags: &[(&str, &SnapshotRef)],
    ) -> Vec<bool> {
        let mut referenced = vec![false; self.all.len()];
        for (_, to) in branches {
            let mut next = self.at(&to.snapshot_id);
            while let Some(at) = next.filter(|at| !referenced[*at]) {
                referenced[at] = true;
                next = self.parents[at];
            }
        }
        for at in tags.iter().filter_map(|(_, to)| self.at(&to.snapshot_id)) {
            referenced[at] = true;
        }
        referenced
    }
}

/// Whether it is young enough. What does not say when it was made is.
fn is_since(one: &Snapshot, since: i64) -> bool {
    one.timestamp_ms.is_none_or(|made| made >= since)
}
