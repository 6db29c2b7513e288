//! How the data lies in files, and the files in manifests.

use super::{Look, finding};
use crate::{
    format::{bytes, count},
    health::{Finding, Severity, summary},
};

/// Iceberg rewrites groups of at least so many files (`min-input-files`).
const FILES: u64 = 5;
/// From here on AWS Glue rewrites files.
const MANY_FILES: u64 = 100;
const SMALL: u64 = 32 << 20;
const TINY: u64 = 1 << 20;
/// Delete files per hundred data files.
const SOME_DELETES: u128 = 10;
const MANY_DELETES: u128 = 30;
const SOME_MANIFESTS: u64 = 32;
const MANY_MANIFESTS: u64 = 200;
const FILES_IN_MANIFEST: u64 = 100;

pub fn small_files(look: &Look) -> Option<Finding> {
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

pub fn deletes(look: &Look) -> Option<Finding> {
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

/// Nothing is said where the writer did not say it: the specification does not ask for it.
pub fn manifests(look: &Look) -> Option<Finding> {
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
