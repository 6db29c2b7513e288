use std::{collections::HashMap, fmt::Write};

use iceberg_rest::{
    Id,
    types::metadata::{Snapshot, SnapshotRef, TableMetadata},
};
use serde::{Deserialize, Serialize};

use crate::shown::plain;

/// Lanes that are drawn beside each other; a branch beyond those has none.
const MOST: usize = 5;

/// The row of one snapshot in a drawing of the branches: a lane for each, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneRow {
    /// As SVG: the lanes that pass, and those that meet here.
    pub lines: String,
    /// As SVG: where this snapshot stands.
    pub dot: String,
    /// The same in words.
    pub said: String,
}

impl LaneRow {
    /// Of the drawing, in its own units.
    pub const WIDTH: usize = MOST * STEP;
    /// Of the drawing, in its own units.
    pub const HEIGHT: usize = 24;
}

/// What points at each snapshot.
type Refs<'a> = HashMap<&'a Id, Vec<(&'a str, &'a SnapshotRef)>>;

const STEP: usize = 12;
const MIDDLE: usize = LaneRow::HEIGHT / 2;

/// The middle of a lane.
fn x(lane: usize) -> usize {
    lane * STEP + STEP / 2
}

/// A lane leads from a snapshot down to the one that it was made from.
struct Lane<'a> {
    next: &'a Id,
    name: Option<&'a str>,
    /// The lane of `main` is kept for it until its snapshot comes.
    begun: bool,
}

/// The rows of a range of `snapshots`, which are in the order they are shown in; none where all of those stand on one
/// line, which tells nothing.
pub fn lanes(
    metadata: &TableMetadata,
    snapshots: &[&Snapshot],
    refs: &Refs,
    shown: std::ops::Range<usize>,
) -> Vec<Option<LaneRow>> {
    let at: HashMap<&Id, usize> = snapshots
        .iter()
        .enumerate()
        .map(|(at, snapshot)| (&snapshot.snapshot_id, at))
        .collect();
    let main = metadata.refs.get("main").map(|main| Lane {
        next: &main.snapshot_id,
        name: Some("main"),
        begun: false,
    });
    let mut lanes = vec![main];
    let (mut rows, mut apart) = (Vec::new(), false);
    for (index, snapshot) in snapshots.iter().enumerate().take(shown.end) {
        let parent = snapshot.parent_snapshot_id.as_ref();
        let below = parent.filter(|parent| at.get(parent).is_some_and(|at| *at > index));
        let row = step(&mut lanes, snapshot, below, refs);
        if shown.contains(&index) {
            let beside = |lane: &Option<Lane>| lane.as_ref().is_some_and(|lane| lane.begun);
            let ends = row.as_ref().is_some_and(|row| row.ends);
            apart |= lanes.iter().skip(1).any(beside)
                || row.as_ref().is_none_or(|row| !row.first)
                || ends && index + 1 < snapshots.len();
            rows.push(row.map(|row| row.drawn));
        }
    }
    if !apart {
        rows.clear();
    }
    rows
}

struct Step {
    drawn: LaneRow,
    /// Its snapshot stands on the first lane.
    first: bool,
    /// What it was made from is not below it.
    ends: bool,
}

fn step<'a>(
    lanes: &mut Vec<Option<Lane<'a>>>,
    snapshot: &'a Snapshot,
    below: Option<&'a Id>,
    refs: &Refs<'a>,
) -> Option<Step> {
    let id = &snapshot.snapshot_id;
    let leads_here = |lane: &Option<Lane>| lane.as_ref().is_some_and(|lane| lane.next == id);
    let here: Vec<usize> = (0..lanes.len())
        .filter(|at| leads_here(&lanes[*at]))
        .collect();
    let free = || lanes.iter().position(Option::is_none);
    let own = match here.first().copied().or_else(free) {
        Some(own) => own,
        None if lanes.len() < MOST => {
            lanes.push(None);
            lanes.len() - 1
        }
        None => return None,
    };
    let mut lines = String::new();
    // Writing to a string cannot fail.
    for (at, lane) in lanes.iter().enumerate() {
        let begun = lane.as_ref().is_some_and(|lane| lane.begun);
        let _ = match (begun, here.contains(&at)) {
            (false, _) => Ok(()),
            (true, true) => write!(lines, "M{} 0L{} {MIDDLE}", x(at), x(own)),
            (true, false) => write!(lines, "M{} 0V{}", x(at), LaneRow::HEIGHT),
        };
    }
    let came = here.first().and_then(|at| lanes[*at].as_ref()?.name);
    let branch = || {
        let mut all = refs.get(id)?.iter().rev();
        all.find(|(_, to)| to.kind != "tag").map(|(name, _)| *name)
    };
    let name = came.or_else(branch);
    for at in here {
        lanes[at] = None;
    }
    let gone = below.is_none() && snapshot.parent_snapshot_id.is_some();
    if let Some(next) = below {
        let _ = write!(lines, "M{} {MIDDLE}V{}", x(own), LaneRow::HEIGHT);
        lanes[own] = Some(Lane {
            next,
            name,
            begun: true,
        });
    } else if gone {
        let _ = write!(lines, "M{} {MIDDLE}v2m0 2v2m0 2v2", x(own));
    }
    let on = match name {
        Some(name) => format!("on {}", plain(name)),
        None => "on no branch".to_owned(),
    };
    let drawn = LaneRow {
        dot: format!("M{} {MIDDLE}h0", x(own)),
        said: match gone {
            true => format!("{on}; the one before is not there"),
            false => on,
        },
        lines,
    };
    Some(Step {
        drawn,
        first: own == 0,
        ends: below.is_none(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshots::pointing;

    /// Snapshots by id and parent, newest first; branches by name and head.
    fn drawn(snapshots: &[(i64, i64)], branches: &[(&str, i64)]) -> Vec<Option<LaneRow>> {
        let all: Vec<_> = snapshots
            .iter()
            .rev()
            .map(|(id, parent)| match parent {
                0 => serde_json::json!({"snapshot-id": id}),
                _ => serde_json::json!({"snapshot-id": id, "parent-snapshot-id": parent}),
            })
            .collect();
        let refs: serde_json::Map<_, _> = branches
            .iter()
            .map(|(name, id)| {
                (
                    (*name).to_owned(),
                    serde_json::json!({"snapshot-id": id, "type": "branch"}),
                )
            })
            .collect();
        let metadata: TableMetadata =
            serde_json::from_value(serde_json::json!({"snapshots": all, "refs": refs})).unwrap();
        let order = |id: &i64| {
            metadata
                .snapshots
                .iter()
                .find(|one| one.snapshot_id == Id::from(*id))
        };
        let shown: Vec<&Snapshot> = snapshots.iter().filter_map(|(id, _)| order(id)).collect();
        lanes(&metadata, &shown, &pointing(&metadata), 0..shown.len())
    }

    fn said(rows: &[Option<LaneRow>]) -> Vec<&str> {
        rows.iter()
            .map(|row| row.as_ref().map_or("", |row| &row.said))
            .collect()
    }

    #[test]
    fn a_branch_has_a_lane_that_joins_where_it_began() {
        let rows = drawn(
            &[(4, 2), (3, 2), (2, 1), (1, 0)],
            &[("main", 3), ("audit", 4)],
        );
        assert_eq!(said(&rows), ["on audit", "on main", "on main", "on main"]);
        let row = |at: usize| rows[at].as_ref().unwrap();
        // Beside the lane that is kept for main, which begins below.
        assert_eq!(
            (row(0).dot.as_str(), row(0).lines.as_str()),
            ("M18 12h0", "M18 12V24")
        );
        assert_eq!(row(1).lines, "M18 0V24M6 12V24");
        assert_eq!(row(2).lines, "M6 0L6 12M18 0L6 12M6 12V24");
        assert_eq!(row(3).lines, "M6 0L6 12");
    }

    #[test]
    fn one_line_is_not_drawn() {
        assert_eq!(
            drawn(&[(3, 2), (2, 1), (1, 0)], &[("main", 3), ("audit", 2)]),
            []
        );
    }

    #[test]
    fn what_expired_and_what_is_on_no_branch_is_said() {
        let rows = drawn(&[(9, 8), (7, 4), (5, 4)], &[("main", 9), ("audit", 5)]);
        assert_eq!(
            said(&rows),
            [
                "on main; the one before is not there",
                "on no branch; the one before is not there",
                "on audit; the one before is not there"
            ]
        );
    }

    #[test]
    fn odd_ancestry_ends_a_lane_and_many_branches_have_none() {
        assert_eq!(drawn(&[(2, 1), (1, 2)], &[]), []);
        let heads: Vec<(i64, i64)> = (10..30).map(|id| (id, 1)).chain([(1, 0)]).collect();
        let rows = drawn(&heads, &[]);
        assert_eq!(rows.iter().flatten().count(), MOST + 1);
    }
}
