use std::{fs, os::unix::fs::PermissionsExt};

use secrecy::ExposeSecret;

use super::{At, LASTS, NOW, entry, somebody, tools::polled};
use crate::{Error, Key, Place, Store, upkeep::rekey};

#[tokio::test]
async fn with_a_new_key_all_opens_and_with_the_old_one_nothing() {
    for at in [At::file().await, At::postgres().await] {
        let person = somebody(&at.store, "1").await;
        let begun = at
            .store
            .begin_session(&person.id, ("", ""), "kept", LASTS, NOW)
            .await
            .unwrap();
        let attempt = at
            .store
            .begin_attempt("idp", &"needed".into(), NOW)
            .await
            .unwrap();
        at.store.note(&entry("before", "ok"), NOW).await.unwrap();
        let new = Key::random().unwrap();
        let other = rekey(&at.place, &new, &at.key).await;
        assert!(matches!(other, Err(Error::OtherKey)));
        rekey(&at.place, &at.key, &new).await.unwrap();

        assert!(matches!(
            Store::open(&at.place, &at.key).await.err(),
            Some(Error::OtherKey)
        ));
        assert!(matches!(
            rekey(&at.place, &at.key, &new).await,
            Err(Error::OtherKey)
        ));
        let store = Store::open(&at.place, &new).await.unwrap();
        // Also in one that was open meanwhile.
        for store in [&store, &at.store] {
            store.note(&entry("after", "ok"), NOW).await.unwrap();
            let kept = store.kept(&begun).await.unwrap().unwrap();
            assert_eq!(kept.expose_secret(), "kept");
        }
        let needed = store.take_attempt("idp", &attempt, NOW).await.unwrap();
        assert_eq!(needed.unwrap().expose_secret(), "needed");
        assert!(store.check(&at.place).await.unwrap().is_well());
        let known = store.person(&person.id).await.unwrap();
        assert_eq!(known.unwrap().role, "viewer");
    }
}

#[tokio::test]
async fn a_change_of_the_key_that_was_given_up_leaves_one_of_both() {
    for at in [At::file().await, At::postgres().await] {
        let mut key = Key::random().unwrap();
        rekey(&at.place, &at.key, &key).await.unwrap();
        for polls in (0..40).step_by(3) {
            let new = Key::random().unwrap();
            let done = polled(polls, rekey(&at.place, &key, &new)).await;
            let opens = [
                Store::open(&at.place, &key).await.is_ok(),
                Store::open(&at.place, &new).await.is_ok(),
            ];
            assert_ne!(opens[0], opens[1], "given up after {polls}");
            assert!(done.is_none() || opens[1]);
            if opens[1] {
                key = new;
            }
        }
    }
}

#[tokio::test]
async fn where_no_store_is_no_key_is_changed_and_none_is_made() {
    let at = At::file().await;
    let nowhere = at.folder.0.join("nowhere.db");
    let refused = rekey(&Place::File(nowhere.clone()), &at.key, &at.key).await;
    assert!(matches!(refused, Err(Error::File(..))), "{refused:?}");
    assert!(!nowhere.exists());
    at.run("DELETE FROM keys").await;
    assert!(matches!(
        rekey(&at.place, &at.key, &at.key).await,
        Err(Error::Damaged)
    ));
}

#[tokio::test]
async fn a_backup_of_a_store_in_use_is_whole() {
    let at = At::file().await;
    let person = somebody(&at.store, "1").await;
    let begun = at
        .store
        .begin_session(&person.id, ("", ""), "kept", LASTS, NOW)
        .await
        .unwrap();
    let store = at.store.clone();
    let others = tokio::spawn(async move {
        for number in 0..60 {
            store
                .note(&entry(&number.to_string(), "ok"), NOW)
                .await
                .unwrap();
        }
    });
    for number in 0..3 {
        let to = at.folder.0.join(format!("new/ä '?{number}.db"));
        at.store.backup(&to).await.unwrap();
        assert_eq!(
            fs::metadata(&to).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert!(matches!(at.store.backup(&to).await, Err(Error::File(..))));
        let place = Place::File(to);
        let copy = Store::open(&place, &at.key).await.unwrap();
        assert!(copy.check(&place).await.unwrap().is_well());
        assert!(copy.kept(&begun).await.unwrap().is_some());
        copy.note(&entry("on", "ok"), NOW).await.unwrap();
    }
    others.await.unwrap();
    let whole = at.store.check(&at.place).await.unwrap();
    assert!(whole.is_well() && whole.chain.rows == 60, "{whole:?}");
}

#[tokio::test]
async fn a_backup_that_fails_leaves_nothing() {
    let at = At::postgres().await;
    let to = at.folder.0.join("copy.db");
    assert!(at.store.backup(&to).await.is_err());
    assert!(!to.exists());
}
