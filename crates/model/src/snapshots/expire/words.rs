use std::collections::HashSet;

use iceberg_rest::{
    Id,
    types::metadata::{Snapshot, TableMetadata},
};

use super::{Expiry, Fate, Policy};
use crate::{
    age::age_text,
    format::{Moment, count, counted, names_and_more},
};

/// What becomes of the files.
const FILES_STAY: &str = "This changes metadata only. The files stay until an engine removes them: remove_orphan_files of Spark finds them. Spark’s own expire_snapshots finds only those of snapshots that it expires itself.";

/// What it comes to that these snapshots go; sentences.
pub fn told(metadata: &TableMetadata, going: &[&Snapshot]) -> Vec<String> {
    let total = metadata.snapshots.len();
    if going.is_empty() {
        return vec![format!("None of {} goes.", counted(total, "snapshot"))];
    }
    let verb = if going.len() == 1 { "goes" } else { "go" };
    let number = format!(
        "{} of {} {verb}.",
        count(going.len()),
        counted(total, "snapshot")
    );
    let gone: HashSet<_> = going.iter().map(|one| &one.snapshot_id).collect();
    let kept = metadata.snapshots.iter();
    let kept = kept.filter(|one| !gone.contains(&one.snapshot_id));
    let stays = span(kept).map(|[oldest, newest]| match oldest == newest {
        true => format!("What stays was made at {oldest}."),
        false => format!("What stays was made from {oldest} to {newest}."),
    });
    let lost = span(going.iter().copied()).map(|[oldest, newest]| {
        let made = match oldest == newest {
            true => format!("at {oldest}"),
            false => format!("from {oldest} to {newest}"),
        };
        format!(
            "What goes was made {made}: nobody reads the table any more as it was then, nor rolls it back to that."
        )
    });
    let files = [FILES_STAY.to_owned()];
    let told = [number].into_iter().chain(stays).chain(lost);
    told.chain(cut(metadata, &gone)).chain(files).collect()
}

/// That the log of what was current when loses what stands before its newest entry that goes (`TableMetadata.Builder`
/// of Java's core), and what of the rest is found by its id alone then; a sentence.
fn cut(metadata: &TableMetadata, gone: &HashSet<&Id>) -> Option<String> {
    let log = &metadata.snapshot_log;
    let cut = log
        .iter()
        .rposition(|entry| gone.contains(&entry.snapshot_id))?;
    let there: HashSet<_> = metadata
        .snapshots
        .iter()
        .map(|one| &one.snapshot_id)
        .collect();
    let before: HashSet<_> = log[..cut].iter().map(|entry| &entry.snapshot_id).collect();
    let after: HashSet<_> = log[cut..].iter().map(|entry| &entry.snapshot_id).collect();
    let by_id = before
        .iter()
        .filter(|id| there.contains(*id) && !gone.contains(*id));
    let by_id = by_id.filter(|id| !after.contains(*id)).count();
    let (stays, is) = if by_id == 1 {
        ("stays", "is")
    } else {
        ("stay", "are")
    };
    (by_id > 0).then(|| {
        format!(
            "{} that {stays} {is} older than one that goes, and from then on found by id alone: the table’s log of which one was current at a moment begins after that.",
            counted(by_id, "snapshot")
        )
    })
}

/// The oldest and the newest moment that they were made at.
fn span<'a>(snapshots: impl Iterator<Item = &'a Snapshot>) -> Option<[String; 2]> {
    let (mut oldest, mut newest) = (i64::MAX, i64::MIN);
    for made in snapshots.filter_map(|one| one.timestamp_ms) {
        (oldest, newest) = (oldest.min(made), newest.max(made));
    }
    (oldest <= newest).then(|| [oldest, newest].map(|ms| Moment::from_ms(ms).utc))
}

impl Policy {
    /// What it says, in a sentence.
    pub fn says(&self) -> String {
        let refs = match self.max_ref_age {
            i64::MAX => "Branches and tags stay.".to_owned(),
            most => format!(
                "Branches and tags go themselves once their snapshot is older than {}.",
                age_text(most)
            ),
        };
        format!(
            "Snapshots older than {} go, but for the last {} of each branch. {refs}",
            age_text(self.max_age),
            count(self.least)
        )
    }
}

impl Expiry<'_> {
    /// That branches and tags go, where any do; a sentence.
    pub fn refs_told(&self) -> Option<String> {
        let names: Vec<_> = self.refs.iter().map(|(name, _)| *name).collect();
        let noun = if names.len() == 1 {
            "branch or tag, older than it is kept, goes"
        } else {
            "branches and tags, older than they are kept, go"
        };
        let told = || {
            format!(
                "{} {noun} as well: {}.",
                count(names.len()),
                names_and_more(&names)
            )
        };
        (!names.is_empty()).then(told)
    }
}

impl Fate<'_> {
    /// Why it stays; empty where it does not.
    pub fn why(self) -> String {
        match self {
            Self::Goes => String::new(),
            Self::Named(name) => format!("{name} points at it"),
            Self::Counted(name) => format!("one of the last of {name}, however old"),
            Self::Young(name) => format!("young enough on {name}"),
            Self::Loose => "on no branch, and young enough".to_owned(),
            Self::Unnameable => "no commit can name its id".to_owned(),
        }
    }
}
