use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// Commits of a Nessie reference, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommitPage {
    pub reference: String,
    pub commits: Vec<CommitRow>,
    /// Asks for the page behind this one.
    pub next: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommitRow {
    pub hash: String,
    pub message: String,
    pub authors: String,
    pub at: Option<Moment>,
    /// The commit changed the table that the page is about.
    pub of_this_table: bool,
    /// What it changed: `put sales.orders`.
    pub changes: Vec<String>,
    /// Changes that are not listed.
    pub more_changes: usize,
}

mod from_wire {
    use time::{OffsetDateTime, format_description::well_known::Rfc3339};
    use vendors::nessie::{Commit, CommitOperation, HistoryPage};

    use super::*;
    use crate::shown::plain;

    /// A commit may change thousands of tables.
    const CHANGES: usize = 5;

    impl CommitPage {
        /// `table`: the levels of its namespace and its name.
        pub fn new(reference: String, page: HistoryPage, table: &[String]) -> Self {
            Self {
                reference,
                commits: page
                    .commits
                    .into_iter()
                    .map(|commit| row(commit, table))
                    .collect(),
                next: page.next,
            }
        }
    }

    fn row(commit: Commit, table: &[String]) -> CommitRow {
        let Commit {
            meta, operations, ..
        } = commit;
        let committer = meta.committer.filter(|name| !name.is_empty());
        let authors: Vec<String> = meta
            .authors
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        CommitRow {
            hash: meta.hash,
            message: plain(&meta.message),
            authors: plain(&match authors.is_empty() {
                true => committer.unwrap_or_default(),
                false => authors.join(", "),
            }),
            at: meta.commit_time.as_deref().and_then(moment),
            of_this_table: operations.iter().any(|change| change.key.elements == table),
            changes: operations.iter().take(CHANGES).map(change).collect(),
            more_changes: operations.len().saturating_sub(CHANGES),
        }
    }

    fn moment(iso: &str) -> Option<Moment> {
        let at = OffsetDateTime::parse(iso, &Rfc3339).ok()?;
        i64::try_from(at.unix_timestamp_nanos() / 1_000_000)
            .ok()
            .map(Moment::from_ms)
    }

    fn change(change: &CommitOperation) -> String {
        format!(
            "{} {}",
            change.kind.to_lowercase(),
            change.key.elements.join(".")
        )
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn commits_say_what_they_did_and_whether_to_this_table() {
            let page: HistoryPage = serde_json::from_str(
                r#"{"hasMore": true, "token": "abc", "logEntries": [
                    {"commitMeta": {"hash": "61af", "message": "append", "authors": [""], "committer": "ada",
                        "commitTime": "2026-08-22T10:00:00.123456Z"},
                     "operations": [{"type": "PUT", "key": {"elements": ["sales", "eu.west", "orders"]}}]},
                    {"commitMeta": {"hash": "00", "message": "by jdbc:db?user=a&password=hunter2"}}]}"#,
            )
            .unwrap();
            let table = ["sales", "eu.west", "orders"].map(str::to_owned);
            let page = CommitPage::new("main".into(), page, &table);
            assert_eq!(page.next.as_deref(), Some("abc"));
            let first = &page.commits[0];
            assert!(first.of_this_table && !page.commits[1].of_this_table);
            assert_eq!(first.changes, ["put sales.eu.west.orders"]);
            assert_eq!(first.authors, "ada");
            assert_eq!(
                (&*first.message, &*page.commits[1].message),
                ("append", "[masked]")
            );
            assert_eq!(
                first.at.as_ref().map(|at| at.utc.as_str()),
                Some("2026-08-22 10:00:00 UTC")
            );
            assert_eq!(page.commits[1].at, None);
        }
    }
}
