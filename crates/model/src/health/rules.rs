use std::collections::HashSet;

use iceberg_rest::types::{Strings, metadata::TableMetadata};

use super::{Finding, Health, Mend, Severity, mend::Table, summary};
use crate::{
    format::{bytes, count, counted, duration},
    growth::Growth,
};

/// A page shows no more than these.
const FINDINGS: usize = 6;
/// Iceberg rewrites groups of at least so many files (`min-input-files`).
const FILES: u64 = 5;
/// From here on AWS Glue rewrites files.
const MANY_FILES: u64 = 100;
const SMALL: u64 = 32 << 20;
const TINY: u64 = 1 << 20;
/// Delete files per hundred data files.
const SOME_DELETES: u128 = 10;
const MANY_DELETES: u128 = 30;
const MANY_SNAPSHOTS: usize = 500;
const SOME_MANIFESTS: u64 = 32;
const MANY_MANIFESTS: u64 = 200;
const FILES_IN_MANIFEST: u64 = 100;
/// Iceberg's default `write.metadata.previous-versions-max`.
const METADATA_FILES: usize = 100;
const SPECS: usize = 3;
const SCHEMAS: usize = 10;
const OLD_SNAPSHOTS: &str = "Old snapshots";
const DAY: i64 = 86_400_000;
const STALE: i64 = 90 * DAY;

struct Look<'a> {
    metadata: &'a TableMetadata,
    /// Of the current snapshot; empty where the metadata does not hold that.
    summary: &'a Strings,
    table: Table,
    /// Ms since 1970.
    now: i64,
    /// Not all of its snapshots were read.
    partial: bool,
}

impl Health {
    /// What there is to say about a table: `names` are the levels of its namespace and its name, `now` is in ms
    /// since 1970. `partial`: not all of its snapshots were read.
    pub fn new(metadata: &TableMetadata, names: &[String], now: i64, partial: bool) -> Self {
        let mut findings = findings(metadata, names, now, partial);
        findings.truncate(FINDINGS);
        let growth = Growth::new(metadata, now, partial);
        Self { findings, growth }
    }
}

impl Finding {
    /// The worst there is to say about a table, as [`Health::new`] finds it. That not all snapshots were read is
    /// nothing to say.
    pub fn worst(metadata: &TableMetadata, now: i64, partial: bool) -> Option<Self> {
        let found = findings(metadata, &[], now, partial);
        let unread = |finding: &Self| partial && finding.title == OLD_SNAPSHOTS;
        found.into_iter().find(|finding| !unread(finding))
    }
}

/// Worst first.
fn findings(metadata: &TableMetadata, names: &[String], now: i64, partial: bool) -> Vec<Finding> {
    let none = Strings::default();
    let current = metadata.current_snapshot();
    let look = Look {
        metadata,
        summary: current.map_or(&none, |current| &current.summary),
        table: Table::new(names),
        now,
        partial,
    };
    let of_data: &[Rule] = match metadata.current_snapshot_id.is_some() {
        true => &[small_files, deletes, snapshots, manifests, last_commit],
        false => &[],
    };
    let of_any: [Rule; 4] = [old_format, refs, metadata_log, layouts];
    let rules = of_data.iter().chain(&of_any);
    let mut findings: Vec<_> = rules.filter_map(|rule| rule(&look)).collect();
    findings.sort_by_key(|finding| finding.severity);
    findings
}

type Rule = fn(&Look) -> Option<Finding>;

fn finding(severity: Severity, title: &str, figure: String, threshold: String) -> Finding {
    Finding {
        severity,
        title: title.to_owned(),
        figure,
        threshold,
        mend: None,
    }
}

impl Finding {
    /// With what mends it, where something has to be.
    fn mended(self, mend: Mend) -> Self {
        let mend = (self.severity != Severity::Good).then_some(mend);
        Self { mend, ..self }
    }
}

fn small_files(look: &Look) -> Option<Finding> {
    let target = summary::target(look.metadata);
    let line = u128::from(target.value) * 3 / 4;
    let line = u64::try_from(line).unwrap_or(u64::MAX);
    let title = "Size of data files";
    let threshold = format!(
        "From {FILES} files on, below {}: three quarters of {}, {}, is where Iceberg rewrites. Bad from {MANY_FILES} files on below {}, and from 10 below {}.",
        bytes(line),
        bytes(target.value),
        target.origin,
        bytes(SMALL),
        bytes(TINY)
    );
    let number = |key| summary::number(look.summary, key);
    let numbers =
        number("total-data-files").and_then(|files| Ok((files, number("total-files-size")?)));
    let (files, size) = match numbers {
        Ok(numbers) => numbers,
        Err(why) => return Some(finding(Severity::Unknown, title, why, threshold)),
    };
    let average = size.checked_div(files)?;
    // The size is that of all files.
    let most = match number("total-delete-files") {
        Ok(0) => "",
        _ => "at most ",
    };
    let figure = format!(
        "{} data {} of {most}{} on average",
        count(files),
        if files == 1 { "file" } else { "files" },
        bytes(average)
    );
    let bad = files >= MANY_FILES && average < SMALL || files >= 10 && average < TINY;
    let severity = match files >= FILES && average < line {
        false => Severity::Good,
        true if bad => Severity::Bad,
        true => Severity::Warning,
    };
    let mend = look.table.procedure(
        "Writes small files together, in each partition by itself.",
        "rewrite_data_files",
        "",
    );
    Some(finding(severity, title, figure, threshold).mended(mend))
}

fn deletes(look: &Look) -> Option<Finding> {
    let title = "Delete files";
    let threshold = format!(
        "From {SOME_DELETES} for 100 data files on, bad from {MANY_DELETES}: readers open them beside the data. A rule of thumb of iceops; Iceberg sets none."
    );
    let number = |key| summary::number(look.summary, key);
    let numbers =
        number("total-data-files").and_then(|data| Ok((data, number("total-delete-files")?)));
    let (data, deletes) = match numbers {
        Ok(numbers) => numbers,
        Err(why) => return Some(finding(Severity::Unknown, title, why, threshold)),
    };
    let share = u128::from(deletes) * 100;
    let severity = match u128::from(data) {
        _ if deletes == 0 => Severity::Good,
        data if share >= data * MANY_DELETES => Severity::Bad,
        data if share >= data * SOME_DELETES => Severity::Warning,
        _ => Severity::Good,
    };
    let figure = format!(
        "{} delete {} to {} data {}",
        count(deletes),
        if deletes == 1 { "file" } else { "files" },
        count(data),
        if data == 1 { "file" } else { "files" }
    );
    let mend = look.table.procedure(
        "Writes the data files anew that deletes belong to, without the deleted rows.",
        "rewrite_data_files",
        ", options => map('delete-file-threshold', '1')",
    );
    Some(finding(severity, title, figure, threshold).mended(mend))
}

fn snapshots(look: &Look) -> Option<Finding> {
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
    if look.partial {
        let why = "Not all snapshots could be read, so how many are old is not known.";
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
    Some(finding(severity, title, figure, threshold).mended(mend))
}

/// Nothing is said where the writer did not say it: the specification does not ask for it.
fn manifests(look: &Look) -> Option<Finding> {
    let number = |key| summary::number(look.summary, key).ok();
    let manifests = number("manifests-created")?.checked_add(number("manifests-kept")?)?;
    let files = number("total-data-files")?.checked_add(number("total-delete-files")?)?;
    let each = files.checked_div(manifests)?;
    let severity = match manifests {
        _ if each >= FILES_IN_MANIFEST => Severity::Good,
        MANY_MANIFESTS.. => Severity::Bad,
        SOME_MANIFESTS.. => Severity::Warning,
        _ => Severity::Good,
    };
    let mend = look.table.procedure(
        "Writes manifests together, so that a query plans with fewer of them.",
        "rewrite_manifests",
        "",
    );
    let figure = format!(
        "{} manifests of {} files each",
        count(manifests),
        count(each)
    );
    let threshold = format!(
        "From {SOME_MANIFESTS} on with fewer than {FILES_IN_MANIFEST} files each, bad from {MANY_MANIFESTS}. A rule of thumb of iceops."
    );
    Some(finding(severity, "Manifests", figure, threshold).mended(mend))
}

fn last_commit(look: &Look) -> Option<Finding> {
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

fn old_format(look: &Look) -> Option<Finding> {
    let figure =
        "Format version 1: rows cannot be deleted or updated without writing whole files anew.";
    (look.metadata.format_version == Some(1)).then(|| {
        finding(
            Severity::Warning,
            "Format version",
            figure.to_owned(),
            "Below 2, Iceberg’s default for new tables.".to_owned(),
        )
        .mended(look.table.property(
            "Raises the version. It cannot be lowered again.",
            "format-version",
            "2",
        ))
    })
}

/// Those that the next expiry drops.
fn refs(look: &Look) -> Option<Finding> {
    let age = |to: &iceberg_rest::types::metadata::SnapshotRef| {
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
        .mended(look.table.procedure(
            "Drops them, and the snapshots that only they hold.",
            "expire_snapshots",
            "",
        ))
    })
}

fn metadata_log(look: &Look) -> Option<Finding> {
    const KEY: &str = "write.metadata.delete-after-commit.enabled";
    let files = look.metadata.metadata_log.len();
    let given = look.metadata.properties.get(KEY);
    let deletes = given.is_some_and(|given| given.eq_ignore_ascii_case("true"));
    let severity = match deletes || files < METADATA_FILES {
        true => Severity::Good,
        false => Severity::Warning,
    };
    let origin = match given {
        Some(_) => format!("the table’s own {KEY}"),
        None => format!("Iceberg’s default {KEY}, which some catalogs change"),
    };
    let figure = format!(
        "{} earlier, {} after a commit",
        counted(files, "metadata file"),
        if deletes {
            "the oldest deleted"
        } else {
            "none deleted"
        }
    );
    let mend = look.table.property(
        "Deletes the oldest metadata file after each commit. Those that have left the log are orphans by now.",
        KEY,
        "true",
    );
    Some(
        finding(
            severity,
            "Metadata files",
            figure,
            format!("From {METADATA_FILES} on where none is deleted: {origin}."),
        )
        .mended(mend),
    )
}

fn layouts(look: &Look) -> Option<Finding> {
    let (specs, schemas) = (
        look.metadata.partition_specs.len(),
        look.metadata.schemas.len(),
    );
    (specs > SPECS || schemas > SCHEMAS).then(|| {
        finding(
            Severity::Warning,
            "Changes of layout",
            format!(
                "{}, {}",
                counted(specs, "partition spec"),
                counted(schemas, "schema")
            ),
            format!(
                "More than {SPECS} specs or {SCHEMAS} schemas, as Lakekeeper’s console has it: files stay in the partitions that they were written in."
            ),
        )
    })
}
