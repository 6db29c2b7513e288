//! Tables for measuring: very many, and one with a very long history.

use super::{
    Draft, Recipe,
    field::{optional, required},
    history::Writes,
};
use std::sync::Arc;

/// One of many small tables.
pub(crate) fn small() -> Recipe {
    Arc::new(|draft: Draft| {
        draft
            .schema([
                required(1, "id", "long"),
                optional(2, "name", "string"),
                optional(3, "at", "timestamptz"),
            ])
            .spec(&[("at_day", 3, "day")])
            .history(Writes::Appends, 2, 1_440)
    })
}

/// A table with `snapshots` snapshots, five minutes apart.
pub(crate) fn long_history(snapshots: usize) -> Recipe {
    Arc::new(move |draft: Draft| {
        draft
            .schema([
                required(1, "event_id", "long"),
                optional(2, "at", "timestamptz"),
                optional(3, "body", "string"),
            ])
            .spec(&[("at_hour", 2, "hour")])
            .history(Writes::Mixed, snapshots, 5)
            .tag("first-million", snapshots / 2, None)
            .branch("audit", snapshots / 4)
    })
}
