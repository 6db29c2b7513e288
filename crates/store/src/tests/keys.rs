use std::{fs, os::unix::fs::PermissionsExt};

use super::{At, Folder, everywhere};
use crate::{Error, Key, Store};

everywhere! {
    another_key_opens_nothing
    a_key_that_was_moved_does_not_open
    a_store_without_its_keys_is_not_given_new_ones
}

#[test]
fn a_key_is_made_for_its_owner_alone_and_never_over_another() {
    let folder = Folder::new();
    let path = folder.0.join("new/crowsnest.key");
    let made = Key::make(&path).unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(Key::read(&path).unwrap().bytes(), made.bytes());
    let before = fs::read(&path).unwrap();
    assert!(matches!(Key::make(&path), Err(Error::File(..))));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_ne!(
        Key::make(&folder.0.join("other")).unwrap().bytes(),
        made.bytes()
    );
}

#[test]
fn what_is_no_key_is_refused() {
    let folder = Folder::new();
    let path = folder.0.join("key");
    assert!(matches!(Key::read(&path), Err(Error::NoKey(_))));
    assert!(matches!(Key::read(&folder.0), Err(Error::File(..))));
    let zeros = "A".repeat(43) + "=";
    let ones = "/".repeat(42) + "8=";
    let short = "c2hvcnQ=";
    let long = "x".repeat(64);
    for text in [
        "", "\n", "changeme", "password", &zeros, &ones, short, &long, "\u{0}",
    ] {
        assert!(
            matches!(Key::parse(&text.into()), Err(Error::BadKey)),
            "{text}"
        );
        fs::write(&path, text).unwrap();
        assert!(matches!(Key::read(&path), Err(Error::BadKey)), "{text}");
    }
    fs::write(&path, [0xff; 32]).unwrap();
    assert!(matches!(Key::read(&path), Err(Error::BadKey)));
}

async fn another_key_opens_nothing(at: &At) {
    let other = Key::random().unwrap();
    let mut one = at.store.pool.acquire().await.unwrap();
    let refused = crate::key::unsealed(&mut one, &other).await.err();
    assert!(matches!(refused, Some(Error::OtherKey)));
    crate::key::unsealed(&mut one, &at.key).await.unwrap();
}

async fn a_key_that_was_moved_does_not_open(at: &At) {
    at.run("UPDATE keys SET sealed = (SELECT sealed FROM keys k WHERE k.id = 'data') WHERE id = 'links'").await;
    let mut one = at.store.pool.acquire().await.unwrap();
    assert!(crate::key::unsealed(&mut one, &at.key).await.is_err());
}

async fn a_store_without_its_keys_is_not_given_new_ones(at: &At) {
    at.run("DELETE FROM keys WHERE id = 'links'").await;
    let mut one = at.store.pool.acquire().await.unwrap();
    let refused = crate::key::unsealed(&mut one, &at.key).await.err();
    assert!(matches!(refused, Some(Error::Damaged)));
}

#[tokio::test]
async fn a_store_opens_with_its_own_key_alone() {
    for at in [At::file().await, At::postgres().await] {
        let other = Store::open(&at.place, &Key::random().unwrap()).await.err();
        assert!(matches!(other, Some(Error::OtherKey)));
        at.again().await;
    }
}
