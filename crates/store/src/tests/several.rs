use tokio::task::JoinSet;

use super::{At, LASTS, NOW, entry, everywhere, session_of, somebody};

everywhere! {
    fifty_who_append_at_once_make_one_whole_chain
    one_who_gives_up_leaves_nothing_behind
}

async fn fifty_who_append_at_once_make_one_whole_chain(at: &At) {
    let mut all = JoinSet::new();
    for number in 0..50 {
        let store = at.store.clone();
        all.spawn(async move { store.note(&entry(&number.to_string(), "ok"), NOW).await });
    }
    assert!(all.join_all().await.iter().all(Result::is_ok));
    let checked = at.store.check_chain().await.unwrap();
    assert_eq!((checked.rows, checked.broken_at), (50, None));
}

/// As where a browser goes away while its request is worked on.
async fn one_who_gives_up_leaves_nothing_behind(at: &At) {
    for polls in 0..20 {
        let one = entry("one", "ok");
        super::tools::polled(polls, at.store.note(&one, NOW)).await;
        let checked = at.store.check_chain().await.unwrap();
        assert_eq!(checked.broken_at, None, "given up after {polls}");
    }
    at.store.note(&entry("last", "ok"), NOW).await.unwrap();
}

#[tokio::test]
async fn of_many_requests_one_notes_that_the_session_was_used() {
    let at = At::file().await;
    let person = somebody(&at.store, "1").await;
    let begun = session_of(&at.store, &person).await;
    let written = async || {
        let all = sqlx::query_scalar::<_, i64>("SELECT total_changes()");
        all.fetch_one(&at.store.writes).await.unwrap()
    };
    let before = written().await;
    for after in [60_000, 60_001, 119_999] {
        let mut all = JoinSet::new();
        for _ in 0..100 {
            let (store, begun) = (at.store.clone(), begun.clone());
            all.spawn(async move { store.session(&begun, LASTS, NOW + after).await });
        }
        assert!(
            all.join_all()
                .await
                .iter()
                .all(|found| matches!(found, Ok(Some(_))))
        );
        assert_eq!(written().await - before, 1);
    }
}
