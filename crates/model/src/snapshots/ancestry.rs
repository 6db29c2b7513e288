use std::collections::HashMap;

use iceberg_rest::{
    Id,
    types::metadata::{Snapshot, SnapshotRef, TableMetadata},
};

/// The branches and tags that point at each snapshot, in order of name.
pub(crate) fn pointing(metadata: &TableMetadata) -> HashMap<&Id, Vec<(&str, &SnapshotRef)>> {
    let mut pointing: HashMap<_, Vec<_>> = HashMap::new();
    for (name, to) in &metadata.refs {
        let all = pointing.entry(&to.snapshot_id).or_default();
        all.push((name.as_str(), to));
    }
    pointing
}

/// Which snapshot was made from which.
pub(crate) struct Ancestry<'a>(HashMap<&'a Id, &'a Snapshot>);

impl<'a> Ancestry<'a> {
    pub fn new(metadata: &'a TableMetadata) -> Self {
        let all = metadata.snapshots.iter();
        Self(all.map(|one| (&one.snapshot_id, one)).collect())
    }

    pub fn get(&self, id: &Id) -> Option<&'a Snapshot> {
        self.0.get(id).copied()
    }

    /// A snapshot and those that it was made from, newest first, as far as they are there. One that is its own
    /// ancestor ends it.
    pub fn of(&self, id: &Id) -> impl Iterator<Item = &'a Snapshot> {
        let parent = |child: &&'a Snapshot| self.get(child.parent_snapshot_id.as_ref()?);
        std::iter::successors(self.get(id), parent).take(self.0.len())
    }

    /// The commits that lead from one snapshot to another, newest first: none where it is the same one; `None` where
    /// none do.
    pub fn between(&self, from: &Snapshot, to: &Snapshot) -> Option<Vec<&'a Snapshot>> {
        let mut commits = Vec::new();
        for one in self.of(&to.snapshot_id) {
            if one.snapshot_id == from.snapshot_id {
                return Some(commits);
            }
            commits.push(one);
        }
        None
    }
}
