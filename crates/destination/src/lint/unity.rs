//! What Databricks Unity Catalog asks for beyond the rest, and nobody else should be given.

use super::report::Report;
use super::rule::Rule;
use crate::detect::is_at_databricks;
use crate::edit::Edit;
use crate::keys::{ACCESS_KEY, NO_IDENTIFIER, NORMALIZATION, REGION, SECRET_KEY, TOKEN, WAREHOUSE};
use crate::kind::{Auth, Kind, Target};
use crate::placeholder::has_placeholder;
use crate::release::Release;

pub(super) fn check(report: &mut Report, kind: Kind) {
    let file = report.file;
    if kind != Kind::Unity {
        if file.is_true(NO_IDENTIFIER) {
            report.found(
                Rule::NoUpdates,
                NO_IDENTIFIER,
                format!("no_identifier_fields is true: OLake then appends every change as a new row, where {kind} would take updates."),
                "Remove it, unless the server refuses identifier fields as Unity does.",
            );
        }
        return;
    }
    // The open-source server has rules of its own.
    if !is_at_databricks(file) {
        return;
    }
    // OLake sets it itself for catalog_type unity.
    if file.target() == Target::Classic && !file.is_true(NO_IDENTIFIER) {
        report
            .found(
                Rule::UnityIdentifier,
                NO_IDENTIFIER,
                "no_identifier_fields is not true. Unity's managed tables have no equality deletes and refuse identifier fields.",
                "Set no_identifier_fields to true.",
            )
            .edit(Edit::flag(NO_IDENTIFIER, true));
    }
    if file.entry(NORMALIZATION).is_none() {
        report.found(
            Rule::UnityAppends,
            WAREHOUSE,
            match file.release() >= Release::V0_11_2 {
                true => format!("Up to OLake {} Unity takes appended rows only; {} is said to write deletion vectors, too.", Release::V0_10_1, file.release()),
                false => "Unity takes appended rows only; updates and deletes are not applied.".to_owned(),
            },
            "Set append_mode and normalization to true for each stream in streams.json.",
        );
    }
    for key in [REGION, ACCESS_KEY, SECRET_KEY] {
        if file.is_set(key) {
            report.found(
                Rule::UnityStorage,
                key,
                format!("{key} is of no use: Unity hands out its own keys to the storage."),
                format!("Remove {key}."),
            );
        }
    }
    let token = file.secret(TOKEN).map_or("", |token| token.expose());
    let looks_right = token.starts_with("dapi")
        || token.starts_with("eyJ")
        || token.is_empty()
        || has_placeholder(token);
    if file.auth() == Auth::Token && !looks_right {
        report.found(
            Rule::UnityToken,
            TOKEN,
            "The token looks neither like a personal access token, which begins with dapi, nor like an OAuth token.",
            "Copy the token again from Settings, Developer, Access tokens.",
        );
    }
}
