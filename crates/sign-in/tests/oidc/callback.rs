//! What the browser brings back: whether it is of this attempt, of this provider, and in time.

use secrecy::SecretString;
use serde_json::json;
use sign_in::oidc::{Attempt, Callback, Reason};

use crate::provider::{KEYS, Mock, NOW, at, begin, callback, provider, query, tokens};

#[tokio::test]
async fn a_state_of_another_attempt_is_refused_before_anything_is_sent() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    let (mine, _) = begin(&provider).await;
    let mine = query(&mine)["state"].clone();
    for state in [&*mine, "", &format!("{mine}x")] {
        let (_, theirs) = begin(&provider).await;
        let failure = provider.finish(theirs, callback(state)).await.unwrap_err();
        assert_eq!(failure.reason, Reason::OtherAttempt, "{state}");
    }
    assert!(mock.asked("/token").is_empty());
}

#[tokio::test]
async fn an_attempt_is_good_for_ten_minutes() {
    let mock = Mock::new().await;
    for (waited, is_good) in [(0, true), (600, true), (601, false), (86_400, false)] {
        let provider = mock.provider();
        let (url, attempt) = begin(&provider).await;
        let mut claims = mock.claims(Some(&query(&url)["nonce"]));
        claims["iat"] = (NOW + waited).into();
        claims["exp"] = (NOW + waited + 300).into();
        mock.give(tokens(Some(&KEYS.token("ES256", &claims))));
        let later = provider.with_time(move || at(NOW + waited));
        let state = query(&url)["state"].clone();
        let finished = later.finish(attempt, callback(&state)).await;
        match is_good {
            true => assert!(finished.is_ok(), "{waited}: {finished:?}"),
            false => assert_eq!(finished.unwrap_err().reason, Reason::Expired, "{waited}"),
        }
    }
}

#[test]
fn only_a_whole_attempt_is_read() {
    for text in ["", "{}", "[]", r#"{"provider":"acme","state":"a"}"#] {
        assert!(
            Attempt::from_secret(&SecretString::from(text)).is_none(),
            "{text}"
        );
    }
}

/// Two providers, of which the browser is sent to one and comes back with the code of the other (RFC 9207).
#[tokio::test]
async fn answers_of_two_providers_are_not_mixed_up() {
    let (honest, other) = (Mock::new().await, Mock::new().await);
    let provider_of_other = {
        let mut settings = other.settings();
        settings.id = "other".to_owned();
        provider(settings)
    };

    // At the address of the other provider, with an attempt at the first.
    let (url, attempt) = begin(&honest.provider()).await;
    let state = query(&url)["state"].clone();
    let failure = provider_of_other
        .finish(attempt, callback(&state))
        .await
        .unwrap_err();
    assert_eq!(failure.reason, Reason::OtherAttempt);

    // At its own, with what the first says of itself.
    let (url, attempt) = begin(&provider_of_other).await;
    let state = query(&url)["state"].clone();
    let mixed = Callback {
        iss: Some(&honest.url),
        ..callback(&state)
    };
    let failure = provider_of_other.finish(attempt, mixed).await.unwrap_err();
    assert_eq!(failure.reason, Reason::OtherProvider);
    assert!(other.asked("/token").is_empty() && honest.asked("/token").is_empty());
}

#[tokio::test]
async fn who_answers_is_looked_at_where_it_is_said_and_asked_for_where_it_should_be() {
    let mock = Mock::new().await;
    let slash = format!("{}/", mock.url);
    for (is_promised, iss, is_good) in [
        (false, None, true),
        (false, Some(&*mock.url), true),
        (false, Some(&*slash), false),
        (false, Some(""), false),
        (true, Some(&*mock.url), true),
        (true, None, false),
    ] {
        mock.describe(|document| {
            document["authorization_response_iss_parameter_supported"] = json!(is_promised);
        });
        let provider = mock.provider();
        let (url, attempt) = begin(&provider).await;
        let sent = query(&url);
        let token = KEYS.token("ES256", &mock.claims(Some(&sent["nonce"])));
        mock.give(tokens(Some(&token)));
        let brought = Callback {
            iss,
            ..callback(&sent["state"])
        };
        let finished = provider.finish(attempt, brought).await;
        match is_good {
            true => assert!(finished.is_ok(), "{iss:?}: {finished:?}"),
            false => assert_eq!(
                finished.unwrap_err().reason,
                Reason::OtherProvider,
                "{iss:?}"
            ),
        }
    }
}
