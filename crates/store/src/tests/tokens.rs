use secrecy::ExposeSecret;

use super::{At, NOW, everywhere, somebody};
use crate::{
    Error,
    tokens::{MOST, PREFIX},
};

everywhere! {
    a_token_says_whose_it_is_and_what_it_may_until_it_ends
    a_token_is_taken_back_by_whose_it_is
    nobody_has_more_tokens_than_the_most
    a_token_that_ended_is_shown_for_a_month
}

async fn a_token_says_whose_it_is_and_what_it_may_until_it_ends(at: &At) {
    let person = somebody(&at.store, "1").await;
    let made = at
        .store
        .make_token(&person.id, "ci", "auditor", NOW + 90_000, NOW);
    let made = made.await.unwrap();
    assert!(made.expose_secret().starts_with(PREFIX));
    let (token, whose) = at.store.token(&made, NOW).await.unwrap().unwrap();
    assert_eq!(
        (whose, &*token.role, &*token.name, token.seen),
        (person.clone(), "auditor", "ci", 0)
    );
    // Noted that it was used, and within a minute not again.
    at.store.token(&made, NOW + 59_999).await.unwrap().unwrap();
    assert_eq!(
        at.store.tokens_of(&person.id, NOW).await.unwrap()[0].seen,
        NOW
    );
    let (token, _) = at.store.token(&made, NOW + 89_999).await.unwrap().unwrap();
    assert_eq!(token.ends, NOW + 90_000);
    assert_eq!(at.store.token(&made, NOW + 90_000).await.unwrap(), None);
    for odd in [
        "",
        "\0",
        PREFIX,
        &token.handle,
        &made.expose_secret()[PREFIX.len()..],
    ] {
        assert_eq!(at.store.token(&odd.into(), NOW).await.unwrap(), None);
    }
}

async fn a_token_is_taken_back_by_whose_it_is(at: &At) {
    let (person, other) = (
        somebody(&at.store, "1").await.id,
        somebody(&at.store, "2").await.id,
    );
    let one = at
        .store
        .make_token(&person, "one", "viewer", NOW + 9, NOW)
        .await
        .unwrap();
    let two = at
        .store
        .make_token(&person, "two", "viewer", NOW + 9, NOW)
        .await
        .unwrap();
    let (token, _) = at.store.token(&one, NOW).await.unwrap().unwrap();
    assert!(!at.store.revoke(&other, &token.handle).await.unwrap());
    assert!(at.store.token(&one, NOW).await.unwrap().is_some());
    assert!(at.store.revoke(&person, &token.handle).await.unwrap());
    assert_eq!(at.store.token(&one, NOW).await.unwrap(), None);
    assert!(at.store.token(&two, NOW).await.unwrap().is_some());
    at.store.revoke_all(&person).await.unwrap();
    assert_eq!(at.store.token(&two, NOW).await.unwrap(), None);
}

async fn nobody_has_more_tokens_than_the_most(at: &At) {
    let person = somebody(&at.store, "1").await.id;
    let mut all = tokio::task::JoinSet::new();
    for number in 0..MOST + 5 {
        let (store, person, name) = (at.store.clone(), person.clone(), number.to_string());
        all.spawn(async move {
            store
                .make_token(&person, &name, "viewer", NOW + 9, NOW)
                .await
        });
    }
    let all = all.join_all().await;
    let refused = all
        .iter()
        .filter(|made| matches!(made, Err(Error::Taken)))
        .count();
    assert_eq!(refused, 5);
    assert_eq!(
        at.store.tokens_of(&person, NOW).await.unwrap().len() as i64,
        MOST
    );
    // Nor two of one name, unless the first has ended.
    let again = at.store.make_token(&person, "0", "viewer", NOW + 9, NOW);
    assert!(matches!(again.await, Err(Error::Taken)));
    // Those that ended do not count.
    let later = at
        .store
        .make_token(&person, "", "viewer", NOW + 99, NOW + 9);
    assert!(later.await.is_ok());
}

async fn a_token_that_ended_is_shown_for_a_month(at: &At) {
    const MONTH: i64 = 30 * 86_400_000;
    let person = somebody(&at.store, "1").await.id;
    at.store
        .make_token(&person, "", "viewer", NOW, NOW - 1)
        .await
        .unwrap();
    let shown = async |now| at.store.tokens_of(&person, now).await.unwrap().len();
    assert_eq!(shown(NOW + MONTH - 1).await, 1);
    assert_eq!(shown(NOW + MONTH).await, 0);
    let next = at
        .store
        .make_token(&person, "", "viewer", NOW + 2 * MONTH, NOW + MONTH);
    next.await.unwrap();
    assert_eq!(shown(NOW).await, 1);
}
