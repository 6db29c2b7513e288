use super::{At, LASTS, NOW, everywhere, session_of, somebody};
use crate::Error;

everywhere! {
    who_arrives_twice_is_one_person_with_a_new_name
    another_issuers_subject_is_another_person
    a_name_in_other_letters_is_taken_and_found
    who_is_disabled_loses_sessions_and_tokens
    what_was_lost_does_not_come_back_when_they_are_let_in_again
    another_role_or_password_ends_sessions
    a_role_that_the_provider_changed_ends_sessions
    people_come_by_name
    odd_ids_are_nobodys
}

async fn who_arrives_twice_is_one_person_with_a_new_name(at: &At) {
    let first = somebody(&at.store, "1").await;
    let again = at.store.arrive("https://idp", "1", "Ada", "admin", NOW + 5);
    let again = again.await.unwrap();
    assert_eq!(
        (&again.id, again.made, again.seen),
        (&first.id, NOW, NOW + 5)
    );
    assert_eq!((&*again.name, &*again.role), ("Ada", "admin"));
    assert_eq!(at.store.person(&first.id).await.unwrap(), Some(again));
}

async fn another_issuers_subject_is_another_person(at: &At) {
    let one = somebody(&at.store, "1").await;
    let other = at.store.arrive("https://other", "1", "1", "viewer", NOW);
    assert_ne!(one.id, other.await.unwrap().id);
}

async fn a_name_in_other_letters_is_taken_and_found(at: &At) {
    let made = at
        .store
        .add("Ägidius", "viewer", "hash", NOW)
        .await
        .unwrap();
    let taken = at.store.add("äGIDIUS", "admin", "other", NOW).await;
    assert!(matches!(taken, Err(Error::Taken)), "{taken:?}");
    let found = at.store.by_name("ÄGIDIUS").await.unwrap();
    assert_eq!(found, Some((made, "hash".to_owned())));
    // A provider's subject is nobody who has a password.
    somebody(&at.store, "eve").await;
    assert_eq!(at.store.by_name("eve").await.unwrap(), None);
    let without = at
        .store
        .arrive(crate::people::LOCAL, "eve", "eve", "viewer", NOW);
    without.await.unwrap();
    assert_eq!(at.store.by_name("eve").await.unwrap(), None);
}

async fn who_is_disabled_loses_sessions_and_tokens(at: &At) {
    let person = somebody(&at.store, "1").await;
    let session = session_of(&at.store, &person).await;
    let token = at
        .store
        .make_token(&person.id, "ci", "viewer", NOW + 9, NOW);
    let token = token.await.unwrap();
    at.store.disable(&person.id, true).await.unwrap();
    assert_eq!(at.store.session(&session, LASTS, NOW).await.unwrap(), None);
    assert_eq!(at.store.token(&token, NOW).await.unwrap(), None);
    assert!(at.store.person(&person.id).await.unwrap().unwrap().disabled);
}

async fn what_was_lost_does_not_come_back_when_they_are_let_in_again(at: &At) {
    let person = somebody(&at.store, "1").await;
    let store = &at.store;
    let before = session_of(store, &person).await;
    let old = store.make_token(&person.id, "ci", "viewer", NOW + 9, NOW);
    let old = old.await.unwrap();
    store.disable(&person.id, true).await.unwrap();
    // Neither does what was begun by who had seen them before they were disabled.
    let meanwhile = session_of(store, &person).await;
    let token = store
        .make_token(&person.id, "ci", "viewer", NOW + 9, NOW)
        .await
        .unwrap();
    store.disable(&person.id, false).await.unwrap();
    assert_eq!(store.session(&before, LASTS, NOW).await.unwrap(), None);
    assert_eq!(store.session(&meanwhile, LASTS, NOW).await.unwrap(), None);
    assert_eq!(store.token(&token, NOW).await.unwrap(), None);
    assert_eq!(store.token(&old, NOW).await.unwrap(), None);
    let after = session_of(store, &person).await;
    assert!(store.session(&after, LASTS, NOW).await.unwrap().is_some());
}

async fn another_role_or_password_ends_sessions(at: &At) {
    let store = &at.store;
    let person = store.add("ada", "viewer", "hash", NOW).await.unwrap();
    let begun = session_of(store, &person).await;
    store.set_role(&person.id, "admin").await.unwrap();
    assert_eq!(store.session(&begun, LASTS, NOW).await.unwrap(), None);
    let begun = session_of(store, &person).await;
    store.set_password(&person.id, "new").await.unwrap();
    assert_eq!(store.session(&begun, LASTS, NOW).await.unwrap(), None);
    store.signed_in(&person.id, NOW + 7).await.unwrap();
    let (person, password) = store.by_name("ada").await.unwrap().unwrap();
    assert_eq!(
        (&*person.role, &*password, person.seen),
        ("admin", "new", NOW + 7)
    );
}

async fn a_role_that_the_provider_changed_ends_sessions(at: &At) {
    let person = somebody(&at.store, "1").await;
    let begun = session_of(&at.store, &person).await;
    somebody(&at.store, "1").await;
    assert!(
        at.store
            .session(&begun, LASTS, NOW)
            .await
            .unwrap()
            .is_some()
    );
    let admin = at.store.arrive("https://idp", "1", "1", "admin", NOW);
    admin.await.unwrap();
    assert_eq!(at.store.session(&begun, LASTS, NOW).await.unwrap(), None);
}

async fn people_come_by_name(at: &At) {
    for name in ["b", "C", "a"] {
        somebody(&at.store, name).await;
    }
    let people = at.store.people(2).await.unwrap();
    let names: Vec<_> = people.iter().map(|person| &*person.name).collect();
    assert_eq!(names, ["a", "b"]);
}

async fn odd_ids_are_nobodys(at: &At) {
    for id in ["", "\0", "😀", "' OR 1=1 --"] {
        assert_eq!(at.store.person(id).await.unwrap(), None);
        assert_eq!(at.store.sessions_of(id, LASTS, NOW).await.unwrap(), []);
        assert_eq!(at.store.tokens_of(id, NOW).await.unwrap(), []);
        assert!(!at.store.revoke(id, id).await.unwrap());
        assert!(!at.store.end_one(id, id).await.unwrap());
        at.store.disable(id, true).await.unwrap();
        at.store
            .begin_session(id, (id, id), id, LASTS, NOW)
            .await
            .unwrap();
    }
}
