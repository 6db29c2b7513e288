//! Two of Crowsnest on one database.

use tokio::task::JoinSet;

use super::{At, LASTS, NOW, entry, somebody};
use crate::{Store, audit::Filter};

macro_rules! shared {
    ($($name:ident)+) => {
        mod in_a_file {
            $(#[tokio::test] async fn $name() { super::$name(&super::At::file().await).await })+
        }
        mod in_postgres {
            $(#[tokio::test] async fn $name() { super::$name(&super::At::postgres().await).await })+
        }
    };
}

shared! {
    what_begins_on_one_is_found_and_ended_on_either
    both_append_to_one_whole_chain
    nobody_has_too_many_sessions_however_they_sign_in
}

async fn what_begins_on_one_is_found_and_ended_on_either(at: &At) {
    let (one, two) = (&at.store, &at.again().await);
    for (begins, ends) in [(one, two), (two, one), (one, one)] {
        let person = somebody(begins, "1").await;
        assert_eq!(somebody(ends, "1").await.id, person.id);
        let begun = begins
            .begin_session(&person.id, ("", ""), "kept", LASTS, NOW)
            .await
            .unwrap();
        let token = begins
            .make_token(&person.id, "", "viewer", NOW + 1, NOW)
            .await
            .unwrap();
        let attempt = begins
            .begin_attempt("idp", &"needed".into(), NOW)
            .await
            .unwrap();
        for store in [one, two] {
            assert!(store.session(&begun, LASTS, NOW).await.unwrap().is_some());
            assert!(store.kept(&begun).await.unwrap().is_some());
            assert!(store.token(&token, NOW).await.unwrap().is_some());
        }
        assert!(
            ends.take_attempt("idp", &attempt, NOW)
                .await
                .unwrap()
                .is_some()
        );
        ends.end_session(&begun).await.unwrap();
        ends.revoke_all(&person.id).await.unwrap();
        for store in [one, two] {
            assert_eq!(store.session(&begun, LASTS, NOW).await.unwrap(), None);
            assert_eq!(store.token(&token, NOW).await.unwrap(), None);
            assert!(
                store
                    .take_attempt("idp", &attempt, NOW)
                    .await
                    .unwrap()
                    .is_none()
            );
        }
    }
}

async fn both_append_to_one_whole_chain(at: &At) {
    let (two, mut all) = (at.again().await, JoinSet::new());
    for number in 0..50 {
        let store: Store = if number % 2 == 0 { &at.store } else { &two }.clone();
        all.spawn(async move {
            let object = number.to_string();
            let change = store.intend(&entry(&object, ""), NOW).await.unwrap();
            store
                .conclude(&change, &entry(&object, "ok"), NOW)
                .await
                .unwrap();
        });
    }
    all.join_all().await;
    let checked = two.check_chain().await.unwrap();
    assert_eq!((checked.rows, checked.broken_at), (100, None));
    let rows = at
        .store
        .recorded(&Filter::default(), None, 100)
        .await
        .unwrap();
    assert_eq!(rows.len(), 50);
}

async fn nobody_has_too_many_sessions_however_they_sign_in(at: &At) {
    let (two, mut all) = (at.again().await, JoinSet::new());
    let person = somebody(&two, "1").await.id;
    for number in 0..40 {
        let store: Store = if number % 2 == 0 { &at.store } else { &two }.clone();
        let person = person.clone();
        all.spawn(async move {
            store
                .begin_session(&person, ("", ""), "", LASTS, NOW)
                .await
                .unwrap();
        });
    }
    all.join_all().await;
    let left = at.store.sessions_of(&person, LASTS, NOW).await.unwrap();
    assert_eq!(left.len() as i64, crate::sessions::MOST);
}
