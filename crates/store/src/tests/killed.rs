//! A process that is killed while it writes.

use std::{
    collections::HashSet,
    env,
    io::{BufRead, BufReader, Write, stdout},
    process::{Command, Stdio},
};

use super::{At, LASTS, NOW, entry, somebody};
use crate::{Key, Place, Store, audit::Filter};

pub const KEY: &str = "c29tZSBrZXkgb2YgMzIgYnl0ZXMgZm9yIGEgdGVzdCE=";

/// This program again, to run one test that is left out else, with a path.
pub fn again(test: &str, path: &std::path::Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([test, "--exact", "--ignored", "--nocapture"])
        .env("STORE_OF_ANOTHER_PROCESS", path)
        .stdin(Stdio::null());
    command
}

/// The path that it was given.
#[expect(
    clippy::disallowed_methods,
    reason = "no setting of anything: one test says it to another"
)]
pub fn given() -> Option<std::path::PathBuf> {
    env::var_os("STORE_OF_ANOTHER_PROCESS").map(Into::into)
}

#[tokio::test]
#[ignore = "started by the test below, to be killed"]
async fn writes_until_it_is_killed() {
    let Some(path) = given() else { return };
    let store = Store::open(&Place::File(path), &Key::parse(&KEY.into()).unwrap())
        .await
        .unwrap();
    let person = somebody(&store, "1").await.id;
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let (store, person) = (store.clone(), person.clone());
        all.spawn(async move {
            loop {
                let change = store.intend(&entry("one", ""), NOW).await.unwrap();
                store
                    .begin_session(&person, ("", ""), "kept", LASTS, NOW)
                    .await
                    .unwrap();
                store
                    .conclude(&change, &entry("one", "ok"), NOW)
                    .await
                    .unwrap();
                // What was said to be done has to be there.
                writeln!(stdout(), "done {change}").unwrap();
            }
        });
    }
    all.join_next().await.unwrap().unwrap();
}

#[tokio::test]
async fn what_a_killed_process_wrote_is_whole_and_there() {
    let at = At::file().await;
    let path = at.folder.0.join("killed.db");
    let (place, key, mut done) = (
        Place::File(path.clone()),
        Key::parse(&KEY.into()).unwrap(),
        HashSet::new(),
    );
    for round in 0..6 {
        let mut child = again("tests::killed::writes_until_it_is_killed", &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let mut said = |line: String| {
            line.strip_prefix("done ")
                .is_some_and(|change| done.insert(change.to_owned()))
        };
        lines
            .by_ref()
            .filter_map(|line| said(line).then_some(()))
            .nth(round * 3);
        // Of the operating system this is SIGKILL.
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines {
            said(line);
        }

        let store = Store::open(&place, &key).await.unwrap();
        let report = store.check(&place).await.unwrap();
        assert!(report.is_well(), "{report:?}");
        let rows = store
            .recorded(&Filter::default(), None, i64::MAX)
            .await
            .unwrap();
        let concluded: HashSet<_> = rows
            .into_iter()
            .filter(|row| row.outcome == "ok")
            .map(|row| row.change)
            .collect();
        assert!(done.is_subset(&concluded), "round {round}");
        let people = store.people(9).await.unwrap();
        let sessions = store.sessions_of(&people[0].id, LASTS, NOW).await.unwrap();
        assert!((1..=10).contains(&sessions.len()));
        let whole = sqlx::query("SELECT id FROM sessions WHERE sealed IS NOT NULL");
        assert_eq!(
            whole.fetch_all(&store.pool).await.unwrap().len(),
            sessions.len()
        );
        store.pool.close().await;
    }
}
