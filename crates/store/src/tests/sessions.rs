use super::{At, LASTS, NOW, everywhere, session_of, somebody};
use crate::{Error, sessions::MOST};

everywhere! {
    a_session_is_found_by_its_secret_alone
    it_is_noted_at_most_once_a_minute_that_it_was_used
    one_more_than_the_most_ends_the_oldest
    the_new_session_stays_where_the_clock_was_set_back
    what_is_kept_opens_with_the_secret_alone
    what_is_moved_to_another_session_does_not_open
}

async fn a_session_is_found_by_its_secret_alone(at: &At) {
    let person = somebody(&at.store, "1").await;
    let long = "a".repeat(300);
    let begun = at
        .store
        .begin_session(&person.id, (&long, "10.0.0.1"), "", LASTS, NOW);
    let begun = begun.await.unwrap();
    let (session, whose) = at.store.session(&begun, LASTS, NOW).await.unwrap().unwrap();
    assert_eq!(whose, person);
    assert_eq!((session.agent.len(), &*session.address), (200, "10.0.0.1"));
    assert_eq!((session.made, session.ends), (NOW, NOW + LASTS.whole));
    for odd in ["", "\0", &session.handle, &"x".repeat(100_000), "😀"] {
        let odd = odd.into();
        assert_eq!(at.store.session(&odd, LASTS, NOW).await.unwrap(), None);
        assert!(at.store.kept(&odd).await.unwrap().is_none());
    }
}

async fn it_is_noted_at_most_once_a_minute_that_it_was_used(at: &At) {
    let person = somebody(&at.store, "1").await;
    let begun = session_of(&at.store, &person).await;
    for (after, seen) in [
        (59_999, 0),
        (60_000, 60_000),
        (61_000, 60_000),
        (119_999, 60_000),
        (500_000, 500_000),
    ] {
        at.store
            .session(&begun, LASTS, NOW + after)
            .await
            .unwrap()
            .unwrap();
        let sessions = at.store.sessions_of(&person.id, LASTS, NOW + after);
        assert_eq!(
            sessions.await.unwrap()[0].seen,
            NOW + seen,
            "after {after} ms"
        );
    }
}

async fn one_more_than_the_most_ends_the_oldest(at: &At) {
    let person = somebody(&at.store, "1").await;
    let other = somebody(&at.store, "2").await;
    let others = at
        .store
        .begin_session(&other.id, ("", ""), "", LASTS, NOW - 1);
    let others = others.await.unwrap();
    let mut begun = Vec::new();
    for after in 0..=MOST {
        let one = at
            .store
            .begin_session(&person.id, ("", ""), "", LASTS, NOW + after);
        begun.push(one.await.unwrap());
    }
    for (number, one) in begun.iter().enumerate() {
        let found = at.store.session(one, LASTS, NOW + MOST).await.unwrap();
        assert_eq!(found.is_some(), number > 0, "session {number}");
    }
    assert!(
        at.store
            .session(&others, LASTS, NOW)
            .await
            .unwrap()
            .is_some()
    );
}

async fn the_new_session_stays_where_the_clock_was_set_back(at: &At) {
    let person = somebody(&at.store, "1").await;
    for back in 0..3 * MOST {
        let begun = at
            .store
            .begin_session(&person.id, ("", ""), "", LASTS, NOW - back);
        let begun = begun.await.unwrap();
        assert!(
            at.store
                .session(&begun, LASTS, NOW - back)
                .await
                .unwrap()
                .is_some()
        );
    }
    let left = at.store.sessions_of(&person.id, LASTS, NOW).await.unwrap();
    assert_eq!(left.len() as i64, MOST);
}

async fn what_is_kept_opens_with_the_secret_alone(at: &At) {
    let person = somebody(&at.store, "1").await;
    let begun = at
        .store
        .begin_session(&person.id, ("", ""), "a refresh token", LASTS, NOW);
    let begun = begun.await.unwrap();
    let kept = at.store.kept(&begun).await.unwrap().unwrap();
    assert_eq!(
        secrecy::ExposeSecret::expose_secret(&kept),
        "a refresh token"
    );
    at.store.end_session(&begun).await.unwrap();
    assert!(at.store.kept(&begun).await.unwrap().is_none());
}

async fn what_is_moved_to_another_session_does_not_open(at: &At) {
    let person = somebody(&at.store, "1").await;
    let one = at
        .store
        .begin_session(&person.id, ("", "one"), "mine", LASTS, NOW)
        .await
        .unwrap();
    let two = at
        .store
        .begin_session(&person.id, ("", "two"), "theirs", LASTS, NOW)
        .await
        .unwrap();
    at.run("UPDATE sessions SET sealed = (SELECT sealed FROM sessions WHERE address = 'two') WHERE address = 'one'").await;
    assert!(matches!(at.store.kept(&one).await, Err(Error::Unsealed)));
    assert!(at.store.kept(&two).await.is_ok());
}
