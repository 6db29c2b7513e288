use iceberg_rest::types::metadata::{Snapshot, SnapshotRef, TableMetadata};

use super::{
    Chart, Growth, GrowthRow, Operations,
    chart::{Point, Unit},
    operations::writers,
};
use crate::{
    figures::counter,
    format::{Moment, count, counted},
    health::Extent,
    shown::plain,
    snapshots::{Ancestry, pointing},
};

/// Commits that are drawn.
const POINTS: usize = 120;
/// Commits that are drawn with what points at them.
const FLAGS: usize = 24;
/// Letters of what points at a commit, from which on no more of them are named.
const NAMES: usize = 200;
const DAYS: i64 = 30;
const MONTH: i64 = DAYS * 86_400_000;

const TOTALS: [(&str, &str, Unit); 2] = [
    ("Total size", "total-files-size", Unit::Bytes),
    ("Total records", "total-records", Unit::Count),
];

impl Growth {
    /// `now` is in ms since 1970.
    pub fn new(metadata: &TableMetadata, now: i64, extent: Extent) -> Self {
        // Of some of the snapshots neither says anything.
        let whole = (extent == Extent::All).then_some(metadata);
        let told = Self {
            operations: whole.and_then(Operations::new),
            writers: whole.and_then(writers),
            ..Self::default()
        };
        let why = |why: &str| Self {
            notes: vec![why.to_owned()],
            ..told.clone()
        };
        let Some(current) = &metadata.current_snapshot_id else {
            return why("The table has no current snapshot, so nothing is drawn.");
        };
        let ancestry = Ancestry::new(metadata);
        let mut commits: Vec<(i64, &Snapshot)> = ancestry
            .of(current)
            .filter_map(|commit| Some((commit.timestamp_ms?, commit)))
            .collect();
        commits.reverse();
        commits.sort_by_key(|(at, _)| *at);
        if commits.len() < 2 {
            return why(match extent {
                Extent::Named => "Not all snapshots could be read, so nothing is drawn.",
                Extent::Newest => {
                    "The metadata tells of the newest commit alone: the catalog keeps those before it."
                }
                Extent::All => {
                    "Fewer than two commits are left that the current snapshot was made from, so nothing is drawn."
                }
            });
        }
        let mut growth = told.clone();
        let refs = pointing(metadata);
        let flags = commits.iter().rev().filter_map(|(at, commit)| {
            let names = names_of(refs.get(&commit.snapshot_id)?);
            Some((*at, format!("{}: {names}", Moment::from_ms(*at).utc)))
        });
        let flags: Vec<_> = flags.take(FLAGS).collect();
        for (title, key, unit) in TOTALS {
            let points: Vec<Point> = commits
                .iter()
                .filter_map(|(at, commit)| Some((*at, number(commit, key)?)))
                .collect();
            let untold = commits.len() - points.len();
            let chart = said(unit, &points, now)
                .and_then(|said| Chart::new(title, said, unit, &sample(&points), &flags));
            match chart {
                None => growth.notes.push(format!(
                    "{title}: of {} only {} told at moments apart, so nothing is drawn.",
                    counted(commits.len(), "commit"),
                    count(points.len())
                )),
                Some(_) if untold > 0 => growth.notes.push(format!(
                    "{title}: {} no {key} that is a count.",
                    match untold {
                        1 => "1 commit tells".to_owned(),
                        _ => format!("{} commits tell", count(untold)),
                    }
                )),
                Some(_) => {}
            }
            growth.charts.extend(chart);
        }
        if growth.charts.is_empty() {
            return growth;
        }
        if commits.len() > POINTS {
            growth.notes.push(format!(
                "{POINTS} of {} are drawn, evenly chosen among them.",
                counted(commits.len(), "commit")
            ));
        }
        let told = |commit, key, unit: Unit| {
            number(commit, key).map_or_else(String::new, |number| unit.exact(number))
        };
        let rows = sample(&commits).into_iter().rev();
        growth.rows = rows
            .map(|(at, commit)| GrowthRow {
                id: commit.snapshot_id.to_string(),
                operation: commit.operation().map(plain).unwrap_or_default(),
                at: Moment::from_ms(at),
                records: told(commit, "total-records", Unit::Count),
                size: told(commit, "total-files-size", Unit::Bytes),
                refs: refs
                    .get(&commit.snapshot_id)
                    .map_or_else(String::new, |all| names_of(all)),
            })
            .collect();
        growth
    }
}

/// The first of what points at a snapshot: `main, tag v1`.
fn names_of(refs: &[(&str, &SnapshotRef)]) -> String {
    let mut names = String::new();
    for (name, to) in refs {
        if names.len() > NAMES {
            break;
        }
        if !names.is_empty() {
            names.push_str(", ");
        }
        names.push_str(if to.kind == "tag" { "tag " } else { "" });
        names.push_str(&plain(name));
    }
    names
}

/// What is no count is not told.
fn number(commit: &Snapshot, key: &str) -> Option<u64> {
    counter(commit.summary.get(key)?)
}

/// Evenly chosen, the first and the last among them.
fn sample<T: Copy>(all: &[T]) -> Vec<T> {
    if all.len() <= POINTS {
        return all.to_vec();
    }
    let at = |index: usize| all[index * (all.len() - 1) / (POINTS - 1)];
    (0..POINTS).map(at).collect()
}

/// The last total, and how far it is from that of a month before, or from the first where that is younger.
fn said(unit: Unit, points: &[Point], now: i64) -> Option<String> {
    let (first, last) = (points.first()?, points.last()?);
    let before = now.saturating_sub(MONTH);
    let month = points.iter().rev().find(|(at, _)| *at <= before);
    let since = match month {
        Some(_) => format!("in {DAYS} days"),
        None => format!("since {}", Moment::from_ms(first.0).utc),
    };
    let (_, from) = month.unwrap_or(first);
    let change = match last.1.cmp(from) {
        std::cmp::Ordering::Equal => "no change".to_owned(),
        std::cmp::Ordering::Greater => format!("+{}", unit.text(last.1 - from)),
        std::cmp::Ordering::Less => format!("−{}", unit.text(from - last.1)),
    };
    Some(format!("{}, {change} {since}", unit.text(last.1)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const DAY: i64 = 86_400_000;

    /// A commit a day, of which the last is today's.
    fn table(count: i64, summary: impl Fn(i64) -> Value) -> TableMetadata {
        let snapshots: Vec<_> = (1..=count)
            .map(|number| {
                json!({"snapshot-id": number, "parent-snapshot-id": number - 1, "sequence-number": number,
                    "timestamp-ms": number * DAY, "summary": summary(number)})
            })
            .collect();
        serde_json::from_value(json!({"current-snapshot-id": count, "snapshots": snapshots}))
            .unwrap()
    }

    fn plain(text: &str) -> String {
        text.replace('\u{202f}', "")
    }

    #[test]
    fn totals_are_drawn_with_the_change_of_a_month() {
        let metadata = table(
            40,
            |number| json!({"total-records": (number * 100).to_string(), "total-files-size": (number << 20).to_string()}),
        );
        let growth = Growth::new(&metadata, 40 * DAY, Extent::All);
        assert_eq!(growth.notes, [""; 0]);
        let said: Vec<_> = growth
            .charts
            .iter()
            .map(|chart| plain(&chart.said))
            .collect();
        assert_eq!(
            said,
            ["40.0 MiB, +30.0 MiB in 30 days", "4000, +3000 in 30 days"]
        );
        assert_eq!(growth.charts[1].marks.len(), 40);
        assert_eq!(plain(&growth.rows[0].size), "41943040 bytes");
        assert_eq!(growth.rows.len(), 40);
    }

    #[test]
    fn branches_and_tags_stand_where_they_point() {
        let mut metadata = table(3, |number| json!({"total-records": number.to_string()}));
        let to = |id: i64, kind: &str| {
            serde_json::from_value(json!({"snapshot-id": id, "type": kind})).unwrap()
        };
        metadata.refs = [("main", to(3, "branch")), ("v1", to(2, "tag"))]
            .map(|(name, to)| (name.to_owned(), to))
            .into();
        let growth = Growth::new(&metadata, 3 * DAY, Extent::All);
        let flags = &growth.charts[0].flags;
        assert_eq!(
            flags[1],
            (500, "1970-01-03 00:00:00 UTC: tag v1".to_owned())
        );
        let refs: Vec<_> = growth.rows.iter().map(|row| row.refs.as_str()).collect();
        assert_eq!(refs, ["main", "tag v1", ""]);
    }

    #[test]
    fn a_history_younger_than_a_month_is_told_from_where_it_begins() {
        let metadata = table(
            3,
            |number| json!({"total-records": (9 - number).to_string()}),
        );
        let growth = Growth::new(&metadata, 3 * DAY, Extent::All);
        assert_eq!(growth.charts[0].said, "6, −2 since 1970-01-02 00:00:00 UTC");
        assert_eq!(growth.charts.len(), 1);
        assert!(
            growth.notes[0].starts_with("Total size: of 3 commits only 0"),
            "{:?}",
            growth.notes
        );
    }

    #[test]
    fn of_a_long_history_some_are_drawn_and_that_is_said() {
        let metadata = table(5_000, |number| json!({"total-records": number.to_string()}));
        let growth = Growth::new(&metadata, 5_000 * DAY, Extent::All);
        assert_eq!(
            (growth.charts[0].marks.len(), growth.rows.len()),
            (120, 120)
        );
        assert_eq!(
            (growth.charts[0].marks[0].x, growth.charts[0].marks[119].x),
            (0, 1000)
        );
        assert!(
            plain(&growth.notes[1]).contains("120 of 5000 commits"),
            "{:?}",
            growth.notes
        );
    }

    #[test]
    fn what_is_odd_is_left_out_and_said() {
        let metadata = table(4, |number| {
            let odd = ["-1", "many", "99999999999999999999", "7"];
            json!({"total-records": odd[number as usize - 1], "total-files-size": if number == 2 { "x" } else { "5" }})
        });
        let growth = Growth::new(&metadata, 4 * DAY, Extent::All);
        let titles: Vec<_> = growth.charts.iter().map(|chart| &chart.title).collect();
        assert_eq!(titles, ["Total size"]);
        assert_eq!(growth.charts[0].marks.len(), 3);
        assert!(
            growth.notes[0].contains("1 commit tells no total-files-size"),
            "{:?}",
            growth.notes
        );
        assert!(
            growth.notes[1].contains("only 1 told"),
            "{:?}",
            growth.notes
        );
    }

    #[test]
    fn without_two_commits_it_says_why_nothing_is_drawn() {
        let one = table(1, |_| json!({"total-records": "5"}));
        assert!(Growth::new(&one, 0, Extent::All).notes[0].contains("Fewer than two"));
        assert!(Growth::new(&one, 0, Extent::Named).notes[0].contains("Not all snapshots"));
        assert!(
            Growth::new(&TableMetadata::default(), 0, Extent::All).notes[0].contains("no current")
        );
        let circle = json!({"current-snapshot-id": 1, "snapshots": [
            {"snapshot-id": 1, "parent-snapshot-id": 2, "timestamp-ms": 0}, {"snapshot-id": 2, "parent-snapshot-id": 1, "timestamp-ms": 9}]});
        let circle = serde_json::from_value(circle).unwrap();
        assert!(Growth::new(&circle, 0, Extent::All).charts.is_empty());
    }
}
