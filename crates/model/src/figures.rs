//! Counters of snapshots, for people.

use serde::{Deserialize, Serialize};

/// A number of a snapshot's summary, as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// For people: `1.2 GiB`.
    pub text: String,
    /// Every digit, where `text` leaves some out.
    pub exact: Option<String>,
}

/// A total of two snapshots, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// What is counted.
    pub label: String,
    /// What the first says; `not told` where it says nothing.
    pub from: String,
    /// What the second says, likewise.
    pub to: String,
    /// `+3`, or that it is not known.
    pub change: String,
}

/// A counter of a snapshot's summary, or a setting that is one. Writers have been seen to store negative ones, text,
/// and more than 63 bits hold: these are no counts.
pub fn counter(text: &str) -> Option<u64> {
    text.parse::<i64>().ok()?.try_into().ok()
}

mod from_summary {
    use std::cmp::Ordering;

    use iceberg_rest::types::Strings as Summary;

    use super::{Compared, Figure, counter};
    use crate::{format, shown::plain};

    /// Counters that the specification names (table spec, “Optional Snapshot Summary Fields”).
    const TOTALS: [(&str, &str); 6] = [
        ("total-records", "Records"),
        ("total-files-size", "Size"),
        ("total-data-files", "Data files"),
        ("total-delete-files", "Delete files"),
        ("total-position-deletes", "Position deletes"),
        ("total-equality-deletes", "Equality deletes"),
    ];

    /// What a snapshot says that the whole table holds.
    pub fn totals(summary: &Summary) -> Vec<Figure> {
        TOTALS
            .iter()
            .filter_map(|(key, label)| Some(figure(label, key, summary.get(key)?)))
            .collect()
    }

    /// What two snapshots say that the whole table holds, as far as one of them says it.
    pub fn compared(from: &Summary, to: &Summary) -> Vec<Compared> {
        let text = |key: &str, value: Option<&str>| {
            value.map_or("not told".to_owned(), |value| figure("", key, value).text)
        };
        let told = TOTALS
            .iter()
            .map(|(key, label)| (key, label, from.get(key), to.get(key)))
            .filter(|(_, _, from, to)| from.or(*to).is_some());
        told.map(|(key, label, from, to)| Compared {
            label: (*label).to_owned(),
            from: text(key, from),
            to: text(key, to),
            change: difference(key, from, to),
        })
        .collect()
    }

    fn difference(key: &str, from: Option<&str>, to: Option<&str>) -> String {
        let (Some(from), Some(to)) = (from.and_then(counter), to.and_then(counter)) else {
            return "not known".to_owned();
        };
        let text = |number| figure("", key, &u64::to_string(&number)).text;
        match to.cmp(&from) {
            Ordering::Equal => "none".to_owned(),
            Ordering::Greater => format!("+{}", text(to - from)),
            Ordering::Less => format!("−{}", text(from - to)),
        }
    }

    /// What commits count: a label, the keys of what they add and remove, and whether these are bytes.
    pub const CHANGES: [(&str, &str, &str, bool); 4] = [
        ("Records", "added-records", "deleted-records", false),
        (
            "Data files",
            "added-data-files",
            "deleted-data-files",
            false,
        ),
        (
            "Delete files",
            "added-delete-files",
            "removed-delete-files",
            false,
        ),
        ("Size", "added-files-size", "removed-files-size", true),
    ];

    /// What several commits did, all of them together.
    pub struct Sum {
        /// `+1 200 −300`; empty when nothing changed or nothing is said.
        pub text: String,
        /// Commits with a value that is no count: it is left out.
        pub odd: usize,
    }

    /// Adds up what the summaries say under two keys.
    pub fn sum<'a>(
        summaries: impl Iterator<Item = &'a Summary>,
        added: &str,
        removed: &str,
        bytes: bool,
    ) -> Sum {
        let (mut plus, mut minus, mut odd) = (0_u64, 0_u64, 0);
        for summary in summaries {
            let mut is_odd = false;
            for (key, sum) in [(added, &mut plus), (removed, &mut minus)] {
                match summary.get(key).map(counter) {
                    Some(Some(number)) => *sum = sum.saturating_add(number),
                    Some(None) => is_odd = true,
                    None => {}
                }
            }
            odd += usize::from(is_odd);
        }
        let text: fn(u64) -> String = if bytes { format::bytes } else { format::count };
        let signed = [("+", plus), ("−", minus)].into_iter();
        let signed = signed.filter(|(_, number)| *number > 0);
        let signed = signed.map(|(sign, number)| format!("{sign}{}", text(number)));
        Sum {
            text: signed.collect::<Vec<_>>().join(" "),
            odd,
        }
    }

    /// Sizes in binary units; a value that is no number stays as written.
    fn figure(label: &str, key: &str, value: &str) -> Figure {
        let number = counter(value);
        let (text, exact) = match number {
            Some(number) if key.ends_with("-size") => (
                format::bytes(number),
                (number >= 1024).then(|| format!("{} bytes", format::count(number))),
            ),
            Some(number) => (format::count(number), None),
            None => (plain(value), None),
        };
        Figure {
            label: label.to_owned(),
            text,
            exact,
        }
    }

    /// `+1 200 −300`; empty when nothing changed or nothing is said.
    pub fn change(summary: &Summary, added: &[&str], removed: &[&str]) -> String {
        signed(summary, added, removed, format::count)
    }

    /// Of files, likewise: `+1.2 MiB`.
    pub fn change_in_size(summary: &Summary) -> String {
        let (added, removed) = (["added-files-size"], ["removed-files-size"]);
        signed(summary, &added, &removed, format::bytes)
    }

    fn signed(
        summary: &Summary,
        added: &[&str],
        removed: &[&str],
        text: impl Fn(u64) -> String,
    ) -> String {
        let sum = |(sign, keys): (&str, &[&str])| {
            let given: Vec<_> = keys.iter().filter_map(|key| summary.get(key)).collect();
            let numbers: Option<Vec<u64>> = given.iter().map(|it| counter(it)).collect();
            match numbers {
                Some(numbers) => {
                    let sum = numbers.into_iter().fold(0, u64::saturating_add);
                    (sum > 0).then(|| format!("{sign}{}", text(sum)))
                }
                // What is no number is told as it is written.
                None => Some(format!("{sign}({})", plain(&given.join(", ")))),
            }
        };
        let sums = [("+", added), ("−", removed)].into_iter().filter_map(sum);
        sums.collect::<Vec<_>>().join(" ")
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn summary(entries: &[(&str, &str)]) -> Summary {
            entries.iter().copied().collect()
        }

        #[test]
        fn sizes_keep_their_exact_number_at_hand() {
            let totals = totals(&summary(&[
                ("total-files-size", "3221225472"),
                ("total-records", "12"),
            ]));
            assert_eq!(totals[0].text, "12");
            assert_eq!(totals[1].text, "3.0 GiB");
            let exact = totals[1]
                .exact
                .as_deref()
                .map(|text| text.replace('\u{202f}', ""));
            assert_eq!(exact.as_deref(), Some("3221225472 bytes"));
        }

        #[test]
        fn a_counter_that_is_no_number_stays_as_written() {
            assert_eq!(
                totals(&summary(&[("total-records", "many")]))[0].text,
                "many"
            );
        }

        #[test]
        fn changes_carry_their_sign() {
            let summary = summary(&[
                ("added-data-files", "2"),
                ("added-delete-files", "1"),
                ("deleted-data-files", "4"),
            ]);
            let files = change(
                &summary,
                &["added-data-files", "added-delete-files"],
                &["deleted-data-files"],
            );
            assert_eq!(files, "+3 −4");
            assert_eq!(change_in_size(&summary), "");
        }

        #[test]
        fn a_change_that_is_no_number_is_told_as_it_is_written() {
            let summary = summary(&[("added-files-size", "1.5e18"), ("removed-files-size", "-7")]);
            assert_eq!(change_in_size(&summary), "+(1.5e18) −(-7)");
        }
    }
}

pub(crate) use from_summary::{CHANGES, compared, sum};
pub use from_summary::{change, change_in_size, totals};
