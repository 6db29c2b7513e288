//! ID tokens that do not stand, each for one reason.

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};
use sign_in::oidc::{Check, Reason};

use crate::{
    keys::{by_secret, encoded},
    provider::{KEYS, Mock, NOW, begin, callback, query},
};

/// What is wrong with the claims after a change, if anything.
async fn check(mock: &Mock, change: impl FnOnce(&mut Value)) -> Option<Check> {
    of(mock.sign_in_with(change).await)
}

/// What is wrong with a token that is made of the claims of a good one.
async fn check_token(mock: &Mock, token: impl FnOnce(Value) -> String) -> Option<Check> {
    of(mock.sign_in(&mock.provider(), token).await)
}

fn of<T>(signed_in: Result<T, sign_in::oidc::Failure>) -> Option<Check> {
    match signed_in {
        Ok(_) => None,
        Err(failure) => match failure.reason {
            Reason::Token(check) => Some(check),
            other => panic!("{other:?}"),
        },
    }
}

#[tokio::test]
async fn a_signature_that_anybody_could_make_is_not_believed() {
    let mock = Mock::new().await;
    let none = |claims: Value| KEYS.token_with(&json!({ "alg": "none" }), &claims);
    assert_eq!(check_token(&mock, none).await, Some(Check::Algorithm));
    let named = |claims: Value| KEYS.token_with(&json!({ "alg": "none", "kid": "rsa" }), &claims);
    assert_eq!(check_token(&mock, named).await, Some(Check::Algorithm));

    // With what everybody may read as the secret: the key as numbers, and as text.
    let public = KEYS.modulus().n;
    let text = BASE64_STANDARD.encode(&public);
    for secret in [&*public, text.as_bytes(), b"canary-client-secret"] {
        for kid in [None, Some("rsa")] {
            let signed = |claims: Value| by_secret(kid, secret, &claims);
            assert_eq!(check_token(&mock, signed).await, Some(Check::Algorithm));
        }
    }
    // Good, and not among those that are believed.
    let other = |claims: Value| KEYS.token("RS512", &claims);
    assert_eq!(check_token(&mock, other).await, Some(Check::Algorithm));
    // A key that comes with the token.
    let brought = json!({ "alg": "RS256", "kid": "mine", "jwk": KEYS.published()["keys"][1] });
    let brought = |claims: Value| KEYS.token_with(&brought, &claims);
    assert_eq!(check_token(&mock, brought).await, Some(Check::UnknownKey));
}

#[tokio::test]
async fn a_token_that_was_changed_is_not_believed() {
    let mock = Mock::new().await;
    for algorithm in ["RS256", "PS256", "ES256", "EdDSA"] {
        let changed = |mut claims: Value| {
            let signed = KEYS.token(algorithm, &claims);
            claims["roles"] = json!(["root"]);
            let parts: Vec<&str> = signed.split('.').collect();
            format!("{}.{}.{}", parts[0], encoded(claims.to_string()), parts[2])
        };
        let found = check_token(&mock, changed).await;
        assert_eq!(found, Some(Check::Signature), "{algorithm}");
        let cut = |claims: Value| {
            let signed = KEYS.token(algorithm, &claims);
            signed[..=signed.rfind('.').unwrap()].to_owned()
        };
        let found = check_token(&mock, cut).await;
        assert_eq!(found, Some(Check::Signature), "{algorithm}");
    }
    // The key of one algorithm by the name of another.
    let crossed = json!({ "alg": "RS256", "kid": "elliptic" });
    let crossed = |claims: Value| KEYS.token_with(&crossed, &claims);
    assert_eq!(check_token(&mock, crossed).await, Some(Check::UnknownKey));
    for junk in ["", "a.b.c", "e30.e30.", "ä", "..", &"a".repeat(100_000)] {
        assert_eq!(
            check_token(&mock, |_| junk.to_owned()).await,
            Some(Check::Form)
        );
    }
}

#[tokio::test]
async fn a_token_of_another_kind_is_not_believed() {
    let mock = Mock::new().await;
    for (name, value) in [("typ", "at+jwt"), ("typ", "logout+jwt"), ("cty", "JWT")] {
        let mut header = json!({ "alg": "ES256", "kid": "elliptic" });
        header[name] = value.into();
        let token = |claims: Value| KEYS.token_with(&header, &claims);
        assert_eq!(
            check_token(&mock, token).await,
            Some(Check::Form),
            "{value}"
        );
    }
    let header = json!({ "alg": "ES256", "kid": "elliptic", "crit": ["exp"], "exp": 1 });
    let token = |claims: Value| KEYS.token_with(&header, &claims);
    assert_eq!(check_token(&mock, token).await, Some(Check::Form));
}

#[tokio::test]
async fn each_claim_is_looked_at() {
    let mock = Mock::new().await;
    let slash = format!("{}/", mock.url);
    for (claim, value, wrong) in [
        (
            "iss",
            json!("https://other.example.org"),
            Some(Check::Issuer),
        ),
        ("iss", json!(slash), Some(Check::Issuer)),
        ("aud", json!("other"), Some(Check::Audience)),
        ("aud", json!([]), Some(Check::Audience)),
        ("aud", json!(["other"]), Some(Check::Audience)),
        ("aud", json!(["console"]), None),
        // Several, of which one is not trusted.
        ("aud", json!(["console", "other"]), Some(Check::Audience)),
        // All are trusted, and it is not said who it was given to.
        (
            "aud",
            json!(["console", "trusted"]),
            Some(Check::AuthorizedParty),
        ),
        ("azp", json!("console"), None),
        ("azp", json!("trusted"), Some(Check::AuthorizedParty)),
        ("nonce", json!("other"), Some(Check::Nonce)),
        ("nonce", json!(null), Some(Check::Nonce)),
        ("sub", json!(""), Some(Check::Subject)),
        ("sub", json!("a".repeat(255)), None),
        ("sub", json!("a".repeat(256)), Some(Check::Subject)),
        ("sub", json!(null), Some(Check::Form)),
        ("exp", json!(null), Some(Check::Form)),
        ("iat", json!(null), Some(Check::Form)),
    ] {
        let found = check(&mock, |claims| claims[claim] = value.clone()).await;
        assert_eq!(found, wrong, "{claim}: {value}");
    }
    let both = |claims: &mut Value| {
        claims["aud"] = json!(["console", "trusted"]);
        claims["azp"] = json!("console");
    };
    assert_eq!(check(&mock, both).await, None);
}

#[tokio::test]
async fn clocks_may_be_a_minute_apart() {
    let mock = Mock::new().await;
    for (claim, offset, wrong) in [
        ("exp", -59, None),
        ("exp", -61, Some(Check::Expired)),
        ("iat", 59, None),
        ("iat", 61, Some(Check::IssuedAt)),
        ("iat", -599, None),
        ("iat", -601, Some(Check::IssuedAt)),
    ] {
        let time = NOW.checked_add_signed(offset).unwrap();
        let found = check(&mock, |claims| claims[claim] = time.into()).await;
        assert_eq!(found, wrong, "{claim} {offset}");
    }
}

#[tokio::test]
async fn the_nonce_of_an_earlier_sign_in_is_not_good_again() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    let (earlier, _) = begin(&provider).await;
    let old = query(&earlier)["nonce"].clone();
    let token = |mut claims: Value| {
        claims["nonce"] = old.into();
        KEYS.token("ES256", &claims)
    };
    let found = of(mock.sign_in(&provider, token).await);
    assert_eq!(found, Some(Check::Nonce));
}

#[tokio::test]
async fn without_an_id_token_nobody_has_signed_in() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    let (url, attempt) = begin(&provider).await;
    mock.give(crate::provider::tokens(None));
    let state = query(&url)["state"].clone();
    let found = of(provider.finish(attempt, callback(&state)).await);
    assert_eq!(found, Some(Check::Missing));
}
