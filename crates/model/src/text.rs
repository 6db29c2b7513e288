//! Two texts beside each other, line by line.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use similar::{DiffOp, TextDiff};

/// Lines that are listed.
const LISTED: usize = 2_000;

/// Lines that are the same and are listed before and after those that differ.
const AROUND: usize = 10;

/// Texts that have nothing in common take long to compare: from then on what differs is told roughly.
const PATIENCE: Duration = Duration::from_millis(300);

/// Both texts, laid out; empty where they are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDiff {
    /// In order.
    pub lines: Vec<Line>,
    /// Lines that are not listed at the end.
    pub more: usize,
}

/// A line of both, or of one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Of the first.
    pub from: Option<String>,
    /// Of the second.
    pub to: Option<String>,
    /// They are the same.
    pub same: bool,
    /// Stands for so many lines that are the same, and is none itself.
    pub skipped: usize,
}

impl LineDiff {
    /// Beside each other; of a passage that was replaced, line by line as far as both have some.
    pub fn new(from: &str, to: &str) -> Self {
        if from == to {
            return Self::default();
        }
        let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(from, to);
        let mut lines = Vec::new();
        let ops = diff.ops();
        for (index, op) in ops.iter().enumerate() {
            let (from, to) = (op.old_range(), op.new_range());
            let same = matches!(op, DiffOp::Equal { .. });
            let length = from.len().max(to.len());
            let (first, last) = (index == 0, index + 1 == ops.len());
            let left_out = match same {
                true => left_out(length, first, last),
                false => 0..0,
            };
            for at in 0..length {
                if left_out.contains(&at) {
                    if at == left_out.start {
                        lines.push(Line::standing_for(left_out.len()));
                    }
                    continue;
                }
                let line =
                    |slice: Option<&str>| Some(slice?.trim_end_matches(['\n', '\r']).to_owned());
                let at_from = (at < from.len()).then(|| diff.old_slice(from.start + at));
                let at_to = (at < to.len()).then(|| diff.new_slice(to.start + at));
                lines.push(Line {
                    from: line(at_from.flatten()),
                    to: line(at_to.flatten()),
                    same,
                    skipped: 0,
                });
            }
        }
        let more = lines.len().saturating_sub(LISTED);
        lines.truncate(LISTED);
        Self { lines, more }
    }
}

impl Line {
    fn standing_for(skipped: usize) -> Self {
        Self {
            same: true,
            skipped,
            ..Self::default()
        }
    }
}

/// Of so many lines in a row that are the same those that nobody looks for.
fn left_out(length: usize, first: bool, last: bool) -> std::ops::Range<usize> {
    let start = if first { 0 } else { AROUND };
    let end = length.saturating_sub(if last { 0 } else { AROUND });
    // One line takes as much room as what is said of it.
    match start + 1 < end {
        true => start..end,
        false => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(lines: impl Iterator<Item = usize>) -> String {
        lines.map(|line| format!("line {line}\n")).collect()
    }

    #[test]
    fn a_line_stands_beside_what_replaced_it() {
        let both = LineDiff::new("a\nb\n", "a\nc\nd\n");
        let told: Vec<_> = both
            .lines
            .iter()
            .map(|line| (line.from.as_deref(), line.to.as_deref(), line.same))
            .collect();
        assert_eq!(
            told,
            [
                (Some("a"), Some("a"), true),
                (Some("b"), Some("c"), false),
                (None, Some("d"), false)
            ]
        );
        assert_eq!(LineDiff::new("a", "a"), LineDiff::default());
    }

    #[test]
    fn what_is_the_same_far_around_is_counted() {
        let old = text(0..100);
        let both = LineDiff::new(&old, &old.replace("line 50\n", "other\n"));
        let skipped: Vec<_> = both.lines.iter().map(|line| line.skipped).collect();
        assert_eq!((skipped[0], skipped[22]), (40, 39));
        assert_eq!(both.lines.len(), 23);
        assert_eq!(both.lines[11].to.as_deref(), Some("other"));
    }

    #[test]
    fn texts_of_thousands_of_lines_are_cut_and_say_so() {
        let long =
            |word: &str| -> String { (0..40_000).map(|line| format!("{word}{line}\n")).collect() };
        let both = LineDiff::new(&long("a"), &long("b"));
        assert_eq!((both.lines.len(), both.more), (2_000, 38_000));
    }

    fn lines() -> impl Strategy<Value = String> {
        prop::collection::vec("[ab]{0,2}\n", 0..60).prop_map(|lines| lines.concat())
    }

    proptest! {
        #[test]
        fn every_line_of_both_is_told_or_counted(from in lines(), to in lines()) {
            let both = LineDiff::new(&from, &to);
            if from == to {
                prop_assert_eq!(both, LineDiff::default());
            } else {
                let skipped: usize = both.lines.iter().map(|line| line.skipped).sum();
                let listed = |side: fn(&Line) -> &Option<String>| both.lines.iter().filter(|line| side(line).is_some()).count();
                prop_assert_eq!(listed(|line| &line.from) + skipped, from.lines().count());
                prop_assert_eq!(listed(|line| &line.to) + skipped, to.lines().count());
            }
        }
    }
}
