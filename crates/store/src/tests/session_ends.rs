use super::{At, LASTS, NOW, everywhere, somebody};
use crate::sessions::Lasts;

everywhere! {
    a_session_ends_when_it_was_not_used
    a_session_ends_however_much_it_was_used
    a_shorter_time_holds_for_sessions_that_are_there
    a_session_ends_by_secret_by_handle_and_with_all
    whoever_comes_in_sweeps_what_has_ended
}

async fn begun(at: &At, person: &str) -> secrecy::SecretString {
    let begun = at.store.begin_session(person, ("", ""), "", LASTS, NOW);
    begun.await.unwrap()
}

async fn is_there(at: &At, secret: &secrecy::SecretString, now: i64) -> bool {
    let found = at.store.session(secret, LASTS, now).await.unwrap();
    found.is_some()
}

async fn a_session_ends_when_it_was_not_used(at: &At) {
    let person = somebody(&at.store, "1").await.id;
    let (one, two) = (begun(at, &person).await, begun(at, &person).await);
    assert!(is_there(at, &one, NOW + LASTS.idle - 1).await);
    let listed = at.store.sessions_of(&person, LASTS, NOW + LASTS.idle);
    assert_eq!(listed.await.unwrap().len(), 1);
    assert!(!is_there(at, &two, NOW + LASTS.idle).await);
    // And is gone, also for a clock that was set back.
    assert!(!is_there(at, &two, NOW).await);
    assert!(is_there(at, &one, NOW + 2 * LASTS.idle - 2).await);
}

async fn a_session_ends_however_much_it_was_used(at: &At) {
    let person = somebody(&at.store, "1").await.id;
    let one = begun(at, &person).await;
    let mut now = NOW;
    while now < NOW + LASTS.whole - 1 {
        now = (now + LASTS.idle - 1).min(NOW + LASTS.whole - 1);
        assert!(is_there(at, &one, now).await);
    }
    assert!(!is_there(at, &one, NOW + LASTS.whole).await);
}

async fn a_shorter_time_holds_for_sessions_that_are_there(at: &At) {
    let person = somebody(&at.store, "1").await.id;
    let one = begun(at, &person).await;
    let shorter = Lasts {
        whole: 1000,
        ..LASTS
    };
    assert!(
        at.store
            .session(&one, shorter, NOW + 999)
            .await
            .unwrap()
            .is_some()
    );
    let listed = at.store.sessions_of(&person, shorter, NOW + 1000);
    assert_eq!(listed.await.unwrap(), []);
    assert_eq!(
        at.store.session(&one, shorter, NOW + 1000).await.unwrap(),
        None
    );
}

async fn a_session_ends_by_secret_by_handle_and_with_all(at: &At) {
    let person = somebody(&at.store, "1").await.id;
    let other = somebody(&at.store, "2").await.id;
    let mut all = Vec::new();
    for _ in 0..4 {
        all.push(begun(at, &person).await);
    }
    let others = begun(at, &other).await;
    at.store.end_session(&all[0]).await.unwrap();
    assert!(!is_there(at, &all[0], NOW).await);
    let (session, _) = at
        .store
        .session(&all[1], LASTS, NOW)
        .await
        .unwrap()
        .unwrap();
    assert!(!at.store.end_one(&other, &session.handle).await.unwrap());
    assert!(at.store.end_one(&person, &session.handle).await.unwrap());
    assert!(!is_there(at, &all[1], NOW).await);
    assert!(is_there(at, &all[2], NOW).await);
    at.store.end_all(&person).await.unwrap();
    assert!(!is_there(at, &all[2], NOW).await && !is_there(at, &all[3], NOW).await);
    assert!(is_there(at, &others, NOW).await);
}

async fn whoever_comes_in_sweeps_what_has_ended(at: &At) {
    let person = somebody(&at.store, "1").await.id;
    let other = somebody(&at.store, "2").await.id;
    begun(at, &person).await;
    let later = NOW + LASTS.whole;
    let one = at.store.begin_session(&other, ("", ""), "", LASTS, later);
    one.await.unwrap();
    let left = sqlx::query("SELECT id FROM sessions").fetch_all(&at.store.pool);
    assert_eq!(left.await.unwrap().len(), 1);
}
