use std::{
    collections::{BTreeMap, HashMap},
    ops::RangeInclusive,
};

use iceberg_rest::{
    Id,
    types::metadata::{Snapshot, SnapshotRef, TableMetadata},
};

use super::{SnapshotPage, SnapshotRow, Timeline, lanes::lanes, pointing};
use crate::{figures, format::Moment, oddities, shown::plain, window::Window};

const SIZE: usize = 200;
/// Kinds of operation that are offered as a filter; the specification has four.
const OPERATIONS: usize = 12;
const BARS: usize = 80;

impl SnapshotPage {
    /// Those of one `operation` if it is not empty, and made `within` a span of time if that is one:
    /// `1700000000000..1700000060000`, both ends in ms since 1970 and part of it.
    pub fn new(
        metadata: &TableMetadata,
        operation: &str,
        within: &str,
        page: usize,
        single: bool,
    ) -> Self {
        let span = span(within);
        let of_operation = |snapshot: &&Snapshot| {
            let is = operation.is_empty() || snapshot.operation().unwrap_or_default() == operation;
            let made = snapshot.timestamp_ms;
            is && span
                .as_ref()
                .is_none_or(|span| made.is_some_and(|at| span.contains(&at)))
        };
        let found: Vec<&Snapshot> = metadata
            .snapshots
            .iter()
            .rev()
            .filter(of_operation)
            .collect();
        let refs = pointing(metadata);
        let mut rows = Window::new(found.len(), page, SIZE, |index| row(found[index], &refs));
        // Of some of the snapshots a line would lead nowhere.
        if operation.is_empty() && span.is_none() && found.len() > 1 {
            let shown = rows.start..rows.start + rows.rows.len();
            let lanes = lanes(metadata, &found, &refs, shown);
            for (row, lane) in rows.rows.iter_mut().zip(lanes) {
                row.lane = lane;
            }
        }
        Self {
            rows,
            total: metadata.snapshots.len(),
            operations: operations(&metadata.snapshots),
            timeline: timeline(&metadata.snapshots),
            single,
            within: span.map(|span| {
                let [from, to] = [span.start(), span.end()].map(|at| Moment::from_ms(*at).utc);
                match from == to {
                    true => format!("Those made at {from}."),
                    false => format!("Those made from {from} to {to}."),
                }
            }),
            partial: None,
            none: metadata
                .snapshots
                .is_empty()
                .then(|| oddities::without_current(metadata)),
        }
    }
}

/// `None` for what is no span of time.
fn span(within: &str) -> Option<RangeInclusive<i64>> {
    let (from, to) = within.split_once("..")?;
    Some(from.parse().ok()?..=to.parse().ok()?)
}

fn row(snapshot: &Snapshot, refs: &HashMap<&Id, Vec<(&str, &SnapshotRef)>>) -> SnapshotRow {
    let summary = &snapshot.summary;
    SnapshotRow {
        id: snapshot.snapshot_id.to_string(),
        at: snapshot.timestamp_ms.map(Moment::from_ms),
        operation: snapshot.operation().map(plain),
        records: figures::change(summary, &["added-records"], &["deleted-records"]),
        files: figures::change(
            summary,
            &["added-data-files", "added-delete-files"],
            &["deleted-data-files", "removed-delete-files"],
        ),
        size: figures::change_in_size(summary),
        parent: snapshot
            .parent_snapshot_id
            .as_ref()
            .map(ToString::to_string),
        schema: snapshot.schema_id.as_ref().map(ToString::to_string),
        refs: refs
            .get(&snapshot.snapshot_id)
            .map(|names| names.iter().map(|(name, _)| (*name).to_owned()).collect())
            .unwrap_or_default(),
        lane: None,
    }
}

fn operations(snapshots: &[Snapshot]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in snapshots.iter().filter_map(Snapshot::operation) {
        *counts.entry(operation).or_default() += 1;
    }
    let mut counts: Vec<_> = counts
        .into_iter()
        .filter(|(name, _)| plain(name) == *name)
        .map(|(name, count)| (name.to_owned(), count))
        .collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(OPERATIONS);
    counts
}

/// `None` where there is no span of time to divide.
fn timeline(snapshots: &[Snapshot]) -> Option<Timeline> {
    let times: Vec<i64> = snapshots
        .iter()
        .filter_map(|snapshot| snapshot.timestamp_ms)
        .collect();
    let (from, to) = (*times.iter().min()?, *times.iter().max()?);
    let span = i128::from(to) - i128::from(from);
    if span == 0 {
        return None;
    }
    let mut bars = vec![0; BARS];
    for time in times {
        let place = (i128::from(time) - i128::from(from)) * (BARS as i128 - 1) / span;
        bars[place as usize] += 1;
    }
    Some(Timeline {
        from: Moment::second(from),
        to: Moment::second(to),
        bars,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(count: i64) -> TableMetadata {
        let snapshots: Vec<_> = (1..=count)
            .map(|number| {
                serde_json::json!({
                    "snapshot-id": 8_000_000_000_000_000_000_i64 + number,
                    "parent-snapshot-id": 8_000_000_000_000_000_000_i64 + number - 1,
                    "sequence-number": number,
                    "timestamp-ms": 1_700_000_000_000_i64 + number * 60_000,
                    "schema-id": 0,
                    "manifest-list": format!("s3://bucket/db/table/metadata/snap-{number}.avro"),
                    "summary": {
                        "operation": if number % 3 == 0 { "overwrite" } else { "append" },
                        "added-records": "12000", "deleted-records": "300", "added-data-files": "12",
                        "added-files-size": "123456789", "total-records": "99999999"
                    }
                })
            })
            .collect();
        serde_json::from_value(serde_json::json!({
            "snapshots": snapshots,
            "refs": {"main": {"snapshot-id": 8_000_000_000_000_000_000_i64 + count, "type": "branch"}}
        }))
        .unwrap()
    }

    #[test]
    fn newest_stand_first_with_exact_ids_and_changes() {
        let page = SnapshotPage::new(&metadata(3), "", "", 1, false);
        let first = &page.rows.rows[0];
        assert_eq!(first.id, "8000000000000000003");
        assert_eq!(first.parent.as_deref(), Some("8000000000000000002"));
        assert_eq!(first.refs, ["main"]);
        assert_eq!(first.records.replace('\u{202f}', ""), "+12000 −300");
        assert_eq!(first.files, "+12");
        assert_eq!(
            page.operations,
            [("append".to_owned(), 2), ("overwrite".to_owned(), 1)]
        );
    }

    #[test]
    fn the_filter_keeps_one_operation() {
        let page = SnapshotPage::new(&metadata(9), "overwrite", "", 1, false);
        assert_eq!((page.rows.total, page.total), (3, 9));
        assert!(
            page.rows
                .rows
                .iter()
                .all(|row| row.operation.as_deref() == Some("overwrite"))
        );
    }

    #[test]
    fn a_span_of_time_keeps_those_made_in_it_and_says_so() {
        let minute = |number: i64| 1_700_000_000_000 + number * 60_000;
        let chosen = |within: &str| SnapshotPage::new(&metadata(9), "append", within, 1, false);
        let page = chosen(&format!("{}..{}", minute(2), minute(4)));
        let ids: Vec<_> = page.rows.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["8000000000000000004", "8000000000000000002"]);
        assert!(page.rows.rows.iter().all(|row| row.lane.is_none()));
        let said = page.within.unwrap();
        assert!(
            said.starts_with("Those made from 2023-11-14 22:15:20 UTC to "),
            "{said}"
        );
        for odd in ["", "x..y", "5", "1..99999999999999999999"] {
            let page = chosen(odd);
            assert_eq!((page.rows.total, page.within), (6, None), "{odd}");
        }
    }

    #[test]
    fn fifty_thousand_snapshots_cost_one_page() {
        let page = SnapshotPage::new(&metadata(50_000), "", "", 2, false);
        assert_eq!(
            (page.rows.start, page.rows.rows.len(), page.total),
            (200, 200, 50_000)
        );
        assert_eq!(page.rows.rows[0].id, "8000000000000049800");
        let bars = page
            .timeline
            .as_ref()
            .map(|timeline| timeline.bars.iter().sum::<u32>());
        assert_eq!(bars, Some(50_000));
        let bytes = serde_json::to_vec(&page).unwrap().len();
        assert!(bytes < 60_000, "{bytes} bytes of JSON");
    }

    #[test]
    fn a_table_without_snapshots_or_with_bare_ones_has_a_page() {
        let empty = SnapshotPage::new(&TableMetadata::default(), "", "", 1, false);
        assert!(empty.rows.rows.is_empty() && empty.timeline.is_none());
        let bare = serde_json::json!({"format-version": 1, "snapshots": [{"snapshot-id": 7}]});
        let bare = SnapshotPage::new(&serde_json::from_value(bare).unwrap(), "", "", 1, false);
        assert_eq!(bare.rows.rows[0].id, "7");
        assert_eq!(bare.rows.rows[0].at, None);
    }

    #[test]
    fn the_timeline_survives_the_ends_of_time() {
        let at = |ms: i64| Snapshot {
            timestamp_ms: Some(ms),
            ..Snapshot::default()
        };
        let timeline = timeline(&[at(i64::MIN), at(i64::MAX)]).unwrap();
        assert_eq!((timeline.bars[0], timeline.bars[BARS - 1]), (1, 1));
    }
}
