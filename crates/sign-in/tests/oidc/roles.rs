//! What a provider says of a person, as a role and a name.

use serde_json::{Value, json};
use sign_in::{
    Identity, Role,
    oidc::{Failure, Reason, Settings},
    roles::NoRole,
};

use crate::provider::{KEYS, Mock, provider};

/// Who signs in with these settings and claims.
async fn person(
    set: impl FnOnce(&mut Settings),
    change: impl FnOnce(&mut Value),
) -> Result<Identity, Failure> {
    let mock = Mock::new().await;
    let mut settings = mock.settings();
    set(&mut settings);
    let token = |mut claims| {
        change(&mut claims);
        KEYS.token("EdDSA", &claims)
    };
    let signed_in = mock.sign_in(&provider(settings), token).await;
    signed_in.map(|signed_in| signed_in.identity)
}

#[tokio::test]
async fn a_role_comes_from_the_claim_that_is_set() {
    for (path, claim, value, role) in [
        ("roles", "roles", json!(["read", "write"]), Role::Editor),
        ("role", "role", json!("root"), Role::Admin),
        (
            "realm_access.roles",
            "realm_access",
            json!({ "roles": ["root"] }),
            Role::Admin,
        ),
        (
            "https://a.example/roles",
            "https://a.example/roles",
            json!("write"),
            Role::Editor,
        ),
    ] {
        let set = |settings: &mut Settings| settings.roles_claim = path.to_owned();
        let found = person(set, |claims| claims[claim] = value).await.unwrap();
        assert_eq!(found.role, role, "{path}");
    }
}

#[tokio::test]
async fn without_a_role_there_is_no_access_and_the_reason_is_told() {
    let claim = || "roles".to_owned();
    for (value, why, words) in [
        (
            json!(null),
            NoRole::Missing { claim: claim() },
            "`roles` is missing",
        ),
        (
            json!([]),
            NoRole::Missing { claim: claim() },
            "`roles` is missing",
        ),
        (
            json!(7),
            NoRole::Shape { claim: claim() },
            "neither text nor a list",
        ),
        (
            json!(["Root", "a\nb"]),
            NoRole::Unknown {
                claim: claim(),
                values: vec!["Root".to_owned(), "ab".to_owned()],
            },
            "`Root`, `ab`",
        ),
    ] {
        let failure = person(|_| {}, |claims| claims["roles"] = value)
            .await
            .unwrap_err();
        assert!(failure.message().contains(words), "{failure}");
        let Reason::NoRole(told, subject) = &failure.reason else {
            panic!("{failure:?}");
        };
        assert_eq!(*told, why);
        assert!(!subject.is_empty(), "whose role it was is known");
    }
}

#[tokio::test]
async fn a_name_is_for_showing_and_never_the_key() {
    let nobody = |claims: &mut Value| {
        for claim in ["name", "preferred_username", "email"] {
            claims[claim] = json!(null);
        }
    };
    for (change, name) in [
        (&(|_: &mut Value| {}) as &(dyn Fn(&mut Value) + Sync), "Ada"),
        (
            &|claims| {
                claims["name"] = json!(" ");
                claims["preferred_username"] = json!("ada");
            },
            "ada",
        ),
        (&|claims| claims["name"] = json!(null), "ada@example.org"),
        (&nobody, "u-1"),
        (&|claims| claims["name"] = json!("A\u{202e}d\na"), "Ada"),
    ] {
        let found = person(|_| {}, change).await.unwrap();
        assert_eq!((&*found.name, &*found.subject), (name, "u-1"));
    }
    let long = |claims: &mut Value| claims["name"] = json!("a".repeat(5000));
    assert_eq!(
        person(|_| {}, long).await.unwrap().name.chars().count(),
        201
    );
    let set = |settings: &mut Settings| settings.name_claim = Some("nick.short".to_owned());
    let nick = |claims: &mut Value| claims["nick"] = json!({ "short": "A." });
    assert_eq!(person(set, nick).await.unwrap().name, "A.");
}

/// Who has the e-mail address of somebody else is somebody else.
#[tokio::test]
async fn an_address_that_passes_on_is_another_person() {
    let one = person(|_| {}, |_| {}).await.unwrap();
    let other = person(|_| {}, |claims| claims["sub"] = json!("u-2"))
        .await
        .unwrap();
    assert_eq!(one.name, other.name);
    assert_ne!(one.key(), other.key());
    let third = person(|_| {}, |claims| claims["sub"] = json!(" u-1"))
        .await
        .unwrap();
    assert_eq!(third.subject, " u-1");
}
