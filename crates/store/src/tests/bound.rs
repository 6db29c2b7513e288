//! Who has the database alone gives nobody a role, a password, a token or a session.

use secrecy::SecretString;

use super::{At, LASTS, NOW, everywhere, session_of, somebody};
use crate::{Error, Store, people::Person};

everywhere! {
    somebody_whose_row_was_changed_is_nobody
    a_token_whose_row_was_changed_opens_nothing
    a_session_is_of_nobody_else
    who_is_let_in_again_has_neither_role_nor_password
    a_row_that_was_changed_is_bound_by_no_other_way
}

async fn admin(at: &At) -> Person {
    at.store.add("Ana", "admin", "hash", NOW).await.unwrap()
}

async fn token(at: &At, person: &Person, role: &str) -> SecretString {
    let made = at.store.make_token(&person.id, role, role, NOW + 1, NOW);
    made.await.unwrap()
}

async fn is_nobody(store: &Store, id: &str) -> bool {
    let person = store.person(id).await.unwrap().unwrap();
    person.role.is_empty() && person.disabled
}

async fn somebody_whose_row_was_changed_is_nobody(at: &At) {
    let (ana, bob) = (admin(at).await, somebody(&at.store, "bob").await);
    let token = token(at, &bob, "admin").await;
    let store = &at.store;
    for (change, back) in [
        ("role = 'admin'", "role = 'viewer'"),
        ("issuer = 'https://other'", "issuer = 'https://idp'"),
        ("subject = 'eve'", "subject = 'bob'"),
        ("name = 'Bob'", "name = 'bob'"),
        ("disabled = 1", "disabled = 0"),
        ("made = made + 1", "made = made - 1"),
        ("seen = seen + 1", "seen = seen - 1"),
        ("password = 'hash'", "password = NULL"),
        ("bound = ''", "role = role"),
    ] {
        let begun = session_of(&at.store, &bob).await;
        let bound = "bound = (SELECT was FROM kept)";
        at.run("CREATE TABLE kept AS SELECT bound AS was FROM people WHERE name = 'bob'")
            .await;
        at.run(&format!(
            "UPDATE people SET {change} WHERE LOWER(name) = 'bob'"
        ))
        .await;
        assert!(is_nobody(store, &bob.id).await, "{change}");
        assert!(
            store.token(&token, NOW).await.unwrap().is_none(),
            "{change}"
        );
        assert!(
            store.session(&begun, LASTS, NOW).await.unwrap().is_none(),
            "{change}"
        );
        assert!(store.people(10).await.unwrap()[1].disabled, "{change}");
        let report = store.check(&at.place).await.unwrap();
        assert_eq!(report.changed.len(), 1, "{change}");
        assert!(!report.is_well());
        at.run(&format!(
            "UPDATE people SET {back}, {bound} WHERE LOWER(name) = 'bob'; DROP TABLE kept"
        ))
        .await;
        assert!(
            store.token(&token, NOW).await.unwrap().is_some(),
            "{change}"
        );
    }
    // The hash of one row does for no other.
    at.run("UPDATE people SET role = 'admin', bound = (SELECT bound FROM people p WHERE p.name = 'Ana') WHERE name = 'bob'")
        .await;
    assert!(is_nobody(store, &bob.id).await);
    at.run("UPDATE people SET password = 'mine' WHERE name = 'Ana'")
        .await;
    let (person, password) = store.by_name("ana").await.unwrap().unwrap();
    assert!(person.disabled && password.is_empty());
    assert!(is_nobody(store, &ana.id).await);
}

async fn a_token_whose_row_was_changed_opens_nothing(at: &At) {
    let (ana, bob) = (admin(at).await, somebody(&at.store, "bob").await);
    let secret = token(at, &bob, "viewer").await;
    for (change, back) in [
        ("role = 'admin'".to_owned(), "role = 'viewer'".to_owned()),
        (format!("ends = {}", NOW + 2), format!("ends = {}", NOW + 1)),
        (
            format!("person = '{}'", ana.id),
            format!("person = '{}'", bob.id),
        ),
    ] {
        at.run(&format!("UPDATE tokens SET {change}")).await;
        assert!(
            at.store.token(&secret, NOW).await.unwrap().is_none(),
            "{change}"
        );
        let changed = at.store.check_bound().await.unwrap();
        assert_eq!(changed, ["token viewer"], "{change}");
        at.run(&format!("UPDATE tokens SET {back}")).await;
        assert!(
            at.store.token(&secret, NOW).await.unwrap().is_some(),
            "{back}"
        );
    }
    // Of somebody's own secret, another's row.
    token(at, &ana, "admin").await;
    at.run("UPDATE tokens SET id = id || 'x' WHERE role = 'viewer'; UPDATE tokens SET id = (SELECT SUBSTR(id, 1, LENGTH(id) - 1) FROM tokens t WHERE t.role = 'viewer') WHERE role = 'admin'").await;
    assert!(at.store.token(&secret, NOW).await.unwrap().is_none());
}

async fn a_session_is_of_nobody_else(at: &At) {
    let (ana, bob) = (admin(at).await, somebody(&at.store, "bob").await);
    for change in [
        format!("person = '{}'", ana.id),
        format!("made = {}", NOW + 1),
    ] {
        let begun = session_of(&at.store, &bob).await;
        at.run(&format!("UPDATE sessions SET {change}")).await;
        assert!(
            at.store
                .session(&begun, LASTS, NOW)
                .await
                .unwrap()
                .is_none(),
            "{change}"
        );
    }
}

async fn who_is_let_in_again_has_neither_role_nor_password(at: &At) {
    let (ana, bob) = (admin(at).await, somebody(&at.store, "bob").await);
    let store = &at.store;
    let token = token(at, &ana, "admin").await;
    at.run("UPDATE people SET role = 'admin', seen = 7").await;
    at.run("UPDATE people SET password = 'mine' WHERE name = 'Ana'")
        .await;
    for person in [&ana, &bob] {
        store.disable(&person.id, false).await.unwrap();
        let known = store.person(&person.id).await.unwrap().unwrap();
        assert_eq!((&*known.role, known.disabled), ("", false));
    }
    assert!(store.token(&token, NOW).await.unwrap().is_none());
    assert_eq!(store.by_name("ana").await.unwrap().unwrap().1, "");
    store.set_role(&ana.id, "editor").await.unwrap();
    store.set_password(&ana.id, "new").await.unwrap();
    let (person, password) = store.by_name("ana").await.unwrap().unwrap();
    assert_eq!((&*person.role, &*password), ("editor", "new"));
    assert_eq!(somebody(store, "bob").await.role, "viewer");
    assert!(store.check(&at.place).await.unwrap().is_well());
}

async fn a_row_that_was_changed_is_bound_by_no_other_way(at: &At) {
    let (ana, bob) = (admin(at).await, somebody(&at.store, "bob").await);
    let store = &at.store;
    at.run("UPDATE people SET role = 'admin', disabled = 0, password = 'x'")
        .await;
    for answer in [
        store.set_role(&ana.id, "viewer").await,
        store.set_password(&ana.id, "new").await,
        store.signed_in(&ana.id, NOW).await,
    ] {
        assert!(matches!(answer, Err(Error::Altered)), "{answer:?}");
    }
    let arrived = somebody(store, "bob").await;
    assert!(arrived.disabled && arrived.role.is_empty());
    assert!(is_nobody(store, &ana.id).await && is_nobody(store, &bob.id).await);
    store.disable(&ana.id, true).await.unwrap();
    store.forfeit("https://idp", "bob").await.unwrap();
    assert!(is_nobody(store, &ana.id).await && is_nobody(store, &bob.id).await);
}
