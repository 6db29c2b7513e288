//! Commits of a catalog that keeps history itself (Nessie).

use iceberg_rest::{Client, ident::decode_segment};
use model::{
    Read,
    error::{AppError, Kind},
    format::Moment,
    history::{CommitPage, CommitRow},
    paths::Place,
    section::Section,
    shown::plain,
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use vendors::nessie::{Commit, CommitOperation, HistoryPage, Nessie};

use crate::{Session, reading::catalog};

/// Commits on one page.
const COMMITS: u32 = 100;
/// A commit may change thousands of tables.
const CHANGES: usize = 5;

/// Commits of the reference that the page shows; `token` is the `next` of the page before.
pub async fn load_history(
    session: &Session,
    place: Place,
    token: String,
) -> Result<Read<CommitPage>, AppError> {
    session
        .seen_through(
            "history",
            place,
            token,
            |session, place, token| async move {
                let (_, client) = catalog(&session, &place).await?;
                if !Section::History.is_of(client.dialect()) {
                    return Err(AppError::new(
                    Kind::Unsupported,
                    "This catalog keeps a table's history in the table, not in commits of its own.",
                )
                .hint("The Snapshots tab shows it."));
                }
                let reference = reference(&client);
                let token = (!token.is_empty()).then_some(&*token);
                let nessie = Nessie::new(client.server().clone());
                let page = nessie.history(&reference, COMMITS, token, true).await?;
                let mut table = place.namespace;
                table.extend(place.object);
                Ok(shown(reference, page, &table))
            },
        )
        .await
}

/// The chosen one, else the one that the server's prefix names: `main`, or `main|warehouse`.
fn reference(client: &Client) -> String {
    let of_prefix = || {
        let prefix = decode_segment(client.prefix()).ok()?;
        let name = prefix.split('|').next()?;
        (!name.is_empty()).then(|| name.to_owned())
    };
    client
        .reference()
        .map(str::to_owned)
        .or_else(of_prefix)
        // Nessie's own word for the default branch.
        .unwrap_or_else(|| "-".into())
}

/// `table`: the levels of its namespace and its name.
fn shown(reference: String, page: HistoryPage, table: &[String]) -> CommitPage {
    CommitPage {
        reference,
        commits: page
            .commits
            .into_iter()
            .map(|commit| row(commit, table))
            .collect(),
        next: page.next,
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
        let page = shown("main".into(), page, &table);
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
            Some("2026-08-22 10:00:00.123 UTC")
        );
        assert_eq!(page.commits[1].at, None);
    }
}
