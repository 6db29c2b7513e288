//! A store that cannot be written for a while.

use sqlx::{Connection, Executor};

use super::{At, LASTS, NOW, entry, session_of, somebody};
use crate::{Error, audit::Filter};

/// Nothing is let through that has to be on record first, and who is signed in goes on reading.
pub async fn reads_go_on_and_writes_say(at: &At, is_it: impl Fn(&Error) -> bool) {
    let store = &at.store;
    let (intended, noted) = (
        store.intend(&entry("", ""), NOW).await,
        store.note(&entry("", ""), NOW).await,
    );
    for refused in [intended.err(), noted.err()] {
        assert!(refused.as_ref().is_some_and(&is_it), "{refused:?}");
        assert!(refused.unwrap().passes());
    }
    store.ping().await.unwrap();
    store.recorded(&Filter::default(), None, 1).await.unwrap();
    assert!(store.check(&at.place).await.unwrap().is_well());
}

#[tokio::test]
async fn while_another_holds_the_file_who_is_signed_in_reads() {
    let at = At::file().await;
    let person = somebody(&at.store, "1").await;
    let begun = session_of(&at.store, &person).await;
    let token = at
        .store
        .make_token(&person.id, "", "viewer", i64::MAX, NOW)
        .await
        .unwrap();
    at.settle("PRAGMA busy_timeout = 20").await;
    let mut other = at.beside().await;
    other.execute("BEGIN EXCLUSIVE").await.unwrap();

    reads_go_on_and_writes_say(&at, |error| matches!(error, Error::Busy)).await;
    // Without the note that it was used, or that it is gone.
    let later = NOW + 60_000;
    assert!(
        at.store
            .session(&begun, LASTS, later)
            .await
            .unwrap()
            .is_some()
    );
    assert!(at.store.token(&token, later).await.unwrap().is_some());
    assert_eq!(
        at.store.session(&begun, LASTS, i64::MAX).await.unwrap(),
        None
    );
    assert!(at.store.end_session(&begun).await.is_err());

    other.execute("ROLLBACK").await.unwrap();
    at.store.note(&entry("", "ok"), NOW).await.unwrap();
    at.store.end_session(&begun).await.unwrap();
    assert!(at.store.check(&at.place).await.unwrap().is_well());
}

#[tokio::test]
async fn who_reads_waits_for_no_writer_however_many_wait() {
    let at = At::file().await;
    let person = somebody(&at.store, "1").await;
    let begun = session_of(&at.store, &person).await;
    let mut other = at.beside().await;
    other.execute("BEGIN EXCLUSIVE").await.unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let store = at.store.clone();
        writers.spawn(async move { store.note(&entry("", "ok"), NOW).await });
    }
    // Also where it is to be noted that it was used.
    for later in [NOW, NOW + 60_000] {
        assert!(
            at.store
                .session(&begun, LASTS, later)
                .await
                .unwrap()
                .is_some()
        );
        at.store.check_chain().await.unwrap();
    }
    assert!(writers.try_join_next().is_none());
    other.execute("ROLLBACK").await.unwrap();
    assert!(writers.join_all().await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn an_opening_while_another_holds_the_file_says_so() {
    let at = At::file().await;
    let mut other = at.beside().await;
    other.execute("BEGIN EXCLUSIVE").await.unwrap();
    let refused = crate::Store::open(&at.place, &at.key).await.err();
    assert!(matches!(refused, Some(Error::Busy)), "{refused:?}");
    other.execute("ROLLBACK").await.unwrap();
    at.again().await;
}

#[tokio::test]
async fn a_full_disk_is_said_and_nothing_is_half_written() {
    for at in [At::memory().await, At::file().await] {
        let person = somebody(&at.store, "1").await;
        let attempt = at
            .store
            .begin_attempt("idp", &"".into(), NOW)
            .await
            .unwrap();
        // As many pages as there are.
        at.settle("PRAGMA max_page_count = 1").await;
        let (large, mut written) = ("x".repeat(5000), 0);
        let refused = loop {
            match at.store.note(&entry(&large, "ok"), NOW).await {
                Ok(()) => written += 1,
                Err(refused) => break refused,
            }
        };
        assert!(matches!(refused, Error::Full), "{refused:?}");
        // Another connection, as the one that failed is not used again.
        at.settle("PRAGMA max_page_count = 1").await;
        let session = at
            .store
            .begin_session(&person.id, ("", &large), &large, LASTS, NOW);
        assert!(matches!(session.await.err(), Some(Error::Full)));
        assert_eq!(
            at.store.sessions_of(&person.id, LASTS, NOW).await.unwrap(),
            []
        );
        let report = at.store.check(&at.place).await.unwrap();
        assert!(report.is_well());
        assert_eq!(report.chain.rows, written);

        // SQLite ended the transaction by itself, and no connection is left within it.
        let one = at.store.writes.acquire().await.unwrap();
        assert!(!one.is_in_transaction());
        drop(one);
        at.settle("PRAGMA max_page_count = 1000000").await;
        at.store.note(&entry(&large, "ok"), NOW).await.unwrap();
        assert!(
            at.store
                .take_attempt("idp", &attempt, NOW)
                .await
                .unwrap()
                .is_some()
        );
        assert!(at.store.check(&at.place).await.unwrap().is_well());
    }
}

#[tokio::test]
async fn a_disk_that_may_only_be_read_any_more_is_said() {
    let at = At::file().await;
    let person = somebody(&at.store, "1").await;
    let begun = session_of(&at.store, &person).await;
    at.settle("PRAGMA query_only = ON").await;
    reads_go_on_and_writes_say(&at, |error| matches!(error, Error::ReadOnly)).await;
    assert!(
        at.store
            .session(&begun, LASTS, NOW + 60_000)
            .await
            .unwrap()
            .is_some()
    );
    at.settle("PRAGMA query_only = OFF").await;
    at.store.note(&entry("", "ok"), NOW).await.unwrap();
}
