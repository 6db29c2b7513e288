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

mod from_summary {
    use iceberg_rest::types::Strings as Summary;

    use super::Figure;
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

    /// Sizes in binary units; a value that is no number stays as written.
    fn figure(label: &str, key: &str, value: &str) -> Figure {
        let number = value.parse::<u64>().ok();
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
            let numbers: Option<Vec<u64>> = given.iter().map(|it| it.parse().ok()).collect();
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

pub use from_summary::{change, change_in_size, totals};
