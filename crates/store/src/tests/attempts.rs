use secrecy::{ExposeSecret, SecretString};

use super::{At, NOW, everywhere};
use crate::attempts::{LASTS, MOST};

everywhere! {
    an_attempt_serves_once
    an_attempt_at_another_provider_is_none_and_gone
    an_attempt_serves_for_ten_minutes
    of_many_who_take_one_attempt_one_has_it
    the_oldest_goes_where_too_many_are_begun
}

async fn begun(at: &At, needed: &str, now: i64) -> SecretString {
    let needed = needed.into();
    let begun = at.store.begin_attempt("idp", &needed, now);
    begun.await.unwrap()
}

async fn taken(at: &At, provider: &str, secret: &SecretString, now: i64) -> Option<String> {
    let taken = at.store.take_attempt(provider, secret, now).await.unwrap();
    taken.map(|needed| needed.expose_secret().to_owned())
}

async fn an_attempt_serves_once(at: &At) {
    let (one, two) = (begun(at, "one", NOW).await, begun(at, "two", NOW).await);
    assert_eq!(taken(at, "idp", &one, NOW).await.as_deref(), Some("one"));
    assert_eq!(taken(at, "idp", &one, NOW).await, None);
    assert_eq!(taken(at, "idp", &two, NOW).await.as_deref(), Some("two"));
    assert_eq!(taken(at, "idp", &"never begun\0".into(), NOW).await, None);
}

async fn an_attempt_at_another_provider_is_none_and_gone(at: &At) {
    let one = begun(at, "one", NOW).await;
    assert_eq!(taken(at, "other", &one, NOW).await, None);
    assert_eq!(taken(at, "idp", &one, NOW).await, None);
}

async fn an_attempt_serves_for_ten_minutes(at: &At) {
    let (one, two) = (begun(at, "one", NOW).await, begun(at, "two", NOW).await);
    assert_eq!(
        taken(at, "idp", &one, NOW + 599_999).await.as_deref(),
        Some("one")
    );
    assert_eq!(taken(at, "idp", &two, NOW + 600_000).await, None);
}

async fn of_many_who_take_one_attempt_one_has_it(at: &At) {
    let one = begun(at, "one", NOW).await;
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (store, one) = (at.store.clone(), one.clone());
        all.spawn(async move {
            store
                .take_attempt("idp", &one, NOW)
                .await
                .unwrap()
                .is_some()
        });
    }
    let had = all.join_all().await.into_iter().filter(|had| *had);
    assert_eq!(had.count(), 1);
}

async fn the_oldest_goes_where_too_many_are_begun(at: &At) {
    let oldest = begun(at, "oldest", NOW - 2).await;
    let many = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})
         INSERT INTO attempts (id, provider, made, sealed) SELECT 'a' || i, 'idp', {NOW}, '' FROM n",
        MOST - 2
    );
    at.run(&many).await;
    let last_but_one = begun(at, "kept", NOW - 1).await;
    let newest = begun(at, "newest", NOW).await;
    assert_eq!(taken(at, "idp", &oldest, NOW).await, None);
    assert!(taken(at, "idp", &last_but_one, NOW).await.is_some());
    assert!(taken(at, "idp", &newest, NOW).await.is_some());
    // What was not come back for goes with the next.
    begun(at, "late", NOW + LASTS).await;
    let left = sqlx::query("SELECT id FROM attempts").fetch_all(&at.store.pool);
    assert_eq!(left.await.unwrap().len(), 1);
}
