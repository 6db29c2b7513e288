use std::collections::BTreeMap;

use iceberg_rest::types::metadata::{Snapshot, TableMetadata};

use super::{Bar, Operations};
use crate::{
    format::{Moment, count, counted},
    snapshots::{UNTOLD, engine},
};

/// Spans of time that commits are counted in.
const BARS: i128 = 40;
/// Writers that are named.
const WRITERS: usize = 4;

impl Operations {
    /// Of all snapshots that tell when they were made; `None` where they span no time.
    pub(super) fn new(metadata: &TableMetadata) -> Option<Self> {
        let made = metadata.snapshots.iter();
        let made: Vec<(i64, usize)> = made
            .filter_map(|one| Some((one.timestamp_ms?, kind(one))))
            .collect();
        let from = made.iter().map(|(at, _)| *at).min()?;
        let to = made.iter().map(|(at, _)| *at).max()?;
        let span = i128::from(to) - i128::from(from) + 1;
        if span == 1 {
            return None;
        }
        let mut counts = vec![[0_usize; Self::KINDS.len()]; BARS as usize];
        for (at, kind) in &made {
            let bar = (i128::from(*at) - i128::from(from)) * BARS / span;
            counts[usize::try_from(bar).unwrap_or_default()][*kind] += 1;
        }
        let sums = counts.iter().map(|bar| bar.iter().sum());
        let most: usize = sums.max().unwrap_or_default();
        let begin = |bar: i128| i128::from(from) + (bar * span + BARS - 1) / BARS;
        let moment = |at: i128| i64::try_from(at).unwrap_or(i64::MAX);
        let bars = (0..BARS)
            .zip(&counts)
            .filter(|(_, of)| of.iter().any(|it| *it > 0));
        let bars = bars.map(|(bar, of)| {
            let (first, last) = (moment(begin(bar)), moment(begin(bar + 1) - 1));
            Bar {
                x: u32::try_from(bar).unwrap_or_default() * Self::STEP,
                parts: parts(of, most),
                said: format!(
                    "{} to {}: {}",
                    Moment::from_ms(first).utc,
                    Moment::from_ms(last).utc,
                    said(of)
                ),
                within: within(first, last),
            }
        });
        let mut total = [0; Self::KINDS.len()];
        for of in &counts {
            total.iter_mut().zip(of).for_each(|(sum, one)| *sum += one);
        }
        Some(Self {
            said: said(&total),
            kinds: total.map(|number| number > 0),
            most: count(most),
            from: Moment::second(from),
            to: Moment::second(to),
            bars: bars.collect(),
        })
    }
}

/// A span of time as an address has it: both ends in ms since 1970.
pub fn within(from: i64, to: i64) -> String {
    format!("{from}..{to}")
}

fn kind(snapshot: &Snapshot) -> usize {
    let operation = snapshot.operation().unwrap_or_default();
    let known = Operations::KINDS.iter().position(|one| *one == operation);
    known.unwrap_or(Operations::KINDS.len() - 1)
}

/// The first at the bottom; any at all can be seen.
fn parts(of: &[usize], most: usize) -> Vec<(usize, u32, u32)> {
    let room = Operations::HEIGHT as usize;
    let mut bottom = room;
    let mut parts = Vec::new();
    for (kind, number) in of.iter().enumerate().filter(|(_, number)| **number > 0) {
        let height = (number * room / most.max(1)).max(2).min(bottom);
        bottom -= height;
        let drawn = |it| u32::try_from(it).unwrap_or_default();
        parts.push((kind, drawn(bottom), drawn(height)));
    }
    parts
}

fn said(of: &[usize]) -> String {
    let told = Operations::KINDS.iter().zip(of);
    let told = told.filter(|(_, number)| **number > 0);
    let told = told.map(|(kind, number)| format!("{} {kind}", count(number)));
    told.collect::<Vec<_>>().join(", ")
}

/// Who made the snapshots, by what these say of it, and how many of them: a sentence.
pub(super) fn writers(metadata: &TableMetadata) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for snapshot in &metadata.snapshots {
        *counts.entry(engine(snapshot)).or_default() += 1;
    }
    let all = metadata.snapshots.len();
    if counts.get(UNTOLD) == Some(&all) {
        return None;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let more = counts.len().saturating_sub(WRITERS);
    counts.truncate(WRITERS);
    let named = counts.into_iter().map(|(name, number)| {
        let by = if name == UNTOLD { "" } else { "by " };
        format!("{} {by}{name} ({})", count(number), share(number, all))
    });
    let mut named: Vec<_> = named.collect();
    if more > 0 {
        named.push(format!("{} more", count(more)));
    }
    (all > 0).then(|| format!("{}: {}", counted(all, "commit"), named.join(", ")))
}

fn share(number: usize, all: usize) -> String {
    match number * 100 / all.max(1) {
        0 => "under 1 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const HOUR: i64 = 3_600_000;

    fn table(snapshots: Value) -> TableMetadata {
        serde_json::from_value(json!({"snapshots": snapshots})).unwrap()
    }

    fn commit(hour: i64, operation: &str) -> Value {
        json!({"snapshot-id": hour + 1, "timestamp-ms": hour * HOUR, "summary": {"operation": operation}})
    }

    #[test]
    fn commits_are_stacked_in_spans_of_time_that_their_addresses_hold() {
        let commits = [
            commit(0, "append"),
            commit(0, "append"),
            commit(0, "delete"),
            commit(30, "zorder"),
            commit(79, "overwrite"),
        ];
        let drawn = Operations::new(&table(json!(commits))).unwrap();
        assert_eq!(drawn.said, "2 append, 1 overwrite, 1 delete, 1 other");
        assert_eq!(drawn.kinds, [true, true, true, false, true]);
        assert_eq!(drawn.most, "3");
        let [first, second, last] = &drawn.bars[..] else {
            panic!("{drawn:?}")
        };
        assert_eq!(first.parts, [(0, 14, 26), (2, 1, 13)]);
        assert!(
            first.said.ends_with(": 2 append, 1 delete"),
            "{}",
            first.said
        );
        assert_eq!((first.x, second.x, last.x), (0, 150, 390));
        assert!(
            last.within.ends_with(&format!("..{}", 79 * HOUR)),
            "{}",
            last.within
        );
        assert!(first.within.starts_with("0.."), "{}", first.within);
        let (from, to) = second.within.split_once("..").unwrap();
        let [from, to] = [from, to].map(|at| at.parse::<i64>().unwrap());
        assert!((from..=to).contains(&(30 * HOUR)) && to - from < 2 * HOUR + 1);
    }

    #[test]
    fn the_ends_of_time_fit_and_no_span_is_no_chart() {
        let at = |ms: i64| json!({"snapshot-id": 1, "timestamp-ms": ms});
        let wide = Operations::new(&table(json!([at(i64::MIN), at(i64::MAX)]))).unwrap();
        assert_eq!(wide.bars.len(), 2);
        assert!(wide.bars[1].within.ends_with(&i64::MAX.to_string()));
        assert_eq!(Operations::new(&table(json!([at(5), at(5)]))), None);
        assert_eq!(Operations::new(&table(json!([]))), None);
    }

    #[test]
    fn writers_are_told_with_their_share_of_all_commits() {
        let by = |engine: &str| json!({"snapshot-id": 1, "summary": {"engine-name": engine}});
        let mut commits = vec![by("spark"); 7];
        commits.extend([
            by("trino"),
            json!({"snapshot-id": 2}),
            json!({"snapshot-id": 3}),
        ]);
        let told = writers(&table(json!(commits))).unwrap();
        assert_eq!(
            told,
            "10 commits: 7 by spark (70 %), 2 not told (20 %), 1 by trino (10 %)"
        );
        let many: Vec<_> = (0..9).map(|it| by(&format!("e{it}"))).collect();
        assert!(writers(&table(json!(many))).unwrap().ends_with(", 5 more"));
        assert_eq!(writers(&TableMetadata::default()), None);
        assert_eq!(
            writers(&table(json!([{"snapshot-id": 2}]))),
            None,
            "nobody is known"
        );
    }
}
