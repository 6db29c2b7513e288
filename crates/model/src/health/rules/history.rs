//! What was written when, and what of it is kept for how long.

use std::collections::HashSet;

use iceberg_rest::types::metadata::SnapshotRef;

use super::{Look, METADATA_FILES, OLD_SNAPSHOTS, finding};
use crate::{
    format::{count, counted, duration},
    health::{Extent, Finding, Severity, summary},
    page::ChangePage,
};

const MANY_SNAPSHOTS: usize = 500;
const DAY: i64 = 86_400_000;
const STALE: i64 = 90 * DAY;
/// Iceberg's default `write.metadata.previous-versions-max`.
const MANY_METADATA_FILES: usize = 100;
/// Of a catalog that keeps one snapshot in the metadata of each table.
const ELSEWHERE: &str =
    "The catalog keeps them, not the table's metadata: how many there are is not known.";

pub fn snapshots(look: &Look) -> Option<Finding> {
    let (age, kept) = (
        summary::snapshot_age(look.metadata),
        summary::snapshots_kept(look.metadata),
    );
    let title = OLD_SNAPSHOTS;
    let limit = i64::try_from(age.value).unwrap_or(i64::MAX);
    let threshold = format!(
        "Any beyond {}, {}, that no branch or tag names; bad from {MANY_SNAPSHOTS} on. {} kept at any age, {}.",
        duration(limit),
        age.origin,
        count(kept.value),
        kept.origin
    );
    let all = &look.metadata.snapshots;
    let unread = match look.extent {
        Extent::All => None,
        Extent::Named => Some("Not all snapshots could be read, so how many are old is not known."),
        Extent::Newest => Some(ELSEWHERE),
    };
    if let Some(why) = unread {
        return Some(finding(Severity::Unknown, title, why.to_owned(), threshold));
    }
    let untold = all.iter().filter(|it| it.timestamp_ms.is_none()).count();
    if untold > 0 {
        let why = format!(
            "{} of {} without a time.",
            count(untold),
            counted(all.len(), "snapshot")
        );
        return Some(finding(Severity::Unknown, title, why, threshold));
    }
    let refs = look.metadata.refs.values();
    let named: HashSet<_> = refs.map(|to| &to.snapshot_id).collect();
    let keep = usize::try_from(kept.value).unwrap_or(usize::MAX);
    let before = look.now.saturating_sub(limit);
    let old = all
        .iter()
        .rev()
        .skip(keep)
        .filter(|it| it.timestamp_ms.is_some_and(|at| at < before))
        .filter(|it| !named.contains(&it.snapshot_id))
        .count();
    let severity = match old {
        0 => Severity::Good,
        MANY_SNAPSHOTS.. => Severity::Bad,
        _ => Severity::Warning,
    };
    let figure = format!("{} of {}", count(old), counted(all.len(), "snapshot"));
    let mend = look.table.procedure(
        "Drops snapshots by the table’s own limits, and the files that only they need. Nobody can read the table as of them any more.",
        "expire_snapshots",
        "",
    );
    let mend = mend.by(ChangePage::ExpireSnapshots);
    Some(finding(severity, title, figure, threshold).mended(mend))
}

pub fn last_commit(look: &Look) -> Option<Finding> {
    let at = look
        .metadata
        .current_snapshot()
        .and_then(|it| it.timestamp_ms);
    let age = at.map(|at| look.now.saturating_sub(at));
    let (severity, figure) = match age {
        None => (
            Severity::Unknown,
            "The metadata does not say when it was.".to_owned(),
        ),
        // Clocks differ by minutes.
        Some(age) if age < -DAY => (Severity::Unknown, "It is dated in the future.".to_owned()),
        Some(age) if age > STALE => (Severity::Warning, format!("{} ago", duration(age))),
        Some(age) => (Severity::Good, format!("{} ago", duration(age.max(0)))),
    };
    let threshold = format!(
        "Beyond {}, as Lakekeeper’s console has it.",
        duration(STALE)
    );
    Some(finding(severity, "Last commit", figure, threshold))
}

/// Those that the next expiry drops.
pub fn refs(look: &Look) -> Option<Finding> {
    let age = |to: &SnapshotRef| {
        let made = look.metadata.snapshot(&to.snapshot_id)?.timestamp_ms?;
        Some(look.now.saturating_sub(made))
    };
    let past = look
        .metadata
        .refs
        .iter()
        .filter(|(name, _)| *name != "main")
        .filter(|(_, to)| {
            let most = to.max_ref_age_ms;
            most.is_some_and(|most| age(to).is_some_and(|age| age > most))
        })
        .count();
    let all = look.metadata.refs.len();
    (past > 0).then(|| {
        finding(
            Severity::Warning,
            "Branches and tags",
            format!(
                "{} of {} held for longer than it says",
                count(past),
                count(all)
            ),
            "Beyond its own max-ref-age-ms.".to_owned(),
        )
        .mended(
            look.table
                .procedure(
                    "Drops them, and the snapshots that only they hold.",
                    "expire_snapshots",
                    "",
                )
                .by(ChangePage::ExpireSnapshots),
        )
    })
}

pub fn metadata_log(look: &Look) -> Option<Finding> {
    const KEY: &str = "write.metadata.delete-after-commit.enabled";
    let files = look.metadata.metadata_log.len();
    let given = look.metadata.properties.get(KEY);
    let deletes = given.is_some_and(|given| given.eq_ignore_ascii_case("true"));
    let severity = match deletes || files < MANY_METADATA_FILES {
        true => Severity::Good,
        false => Severity::Warning,
    };
    let origin = match given {
        Some(_) => format!("the table’s own {KEY}"),
        None => format!("Iceberg’s default {KEY}, which some catalogs change"),
    };
    let threshold = format!("From {MANY_METADATA_FILES} on where none is deleted: {origin}.");
    if look.extent == Extent::Newest {
        let why = ELSEWHERE.to_owned();
        return Some(finding(Severity::Unknown, METADATA_FILES, why, threshold));
    }
    let figure = match files {
        0 => "The metadata names no earlier file".to_owned(),
        _ => format!(
            "{} earlier, {} after a commit",
            counted(files, "metadata file"),
            if deletes {
                "the oldest deleted"
            } else {
                "none deleted"
            }
        ),
    };
    let mend = look.table.property(
        "Deletes the oldest metadata file after each commit. Those that have left the log are orphans by now.",
        KEY,
        "true",
    );
    let mend = mend.by(ChangePage::EditTable);
    Some(finding(severity, METADATA_FILES, figure, threshold).mended(mend))
}
