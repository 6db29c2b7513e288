//! Nothing that is secret is printed by accident.

use secrecy::ExposeSecret;

use crate::provider::{KEYS, Mock, back, begin, callback, query, tokens};

#[tokio::test]
async fn nothing_secret_is_printed() {
    let mock = Mock::new().await;
    let provider = mock.provider();
    let (url, attempt) = begin(&provider).await;
    let sent = query(&url);
    let brought = callback(&sent["state"]);
    let mut printed = format!(
        "{attempt:?} {:?} {brought:?} {:?}",
        attempt.to_secret(),
        provider.settings()
    );
    let kept = attempt.to_secret();
    let id_token = KEYS.token("ES256", &mock.claims(Some(&sent["nonce"])));
    mock.give(tokens(Some(&id_token)));
    let signed_in = provider.finish(attempt, brought).await.unwrap();
    printed += &format!("{signed_in:?}");
    let claims = mock.claims(None);
    mock.give(tokens(Some(&KEYS.token("ES256", &claims))));
    let refresh_token = signed_in.tokens.refresh_token.unwrap();
    let renewed = provider.refresh(&refresh_token, "u-1").await.unwrap();
    printed += &format!("{renewed:?}");
    let kept: serde_json::Value = serde_json::from_str(kept.expose_secret()).unwrap();
    for secret in ["canary", &sent["state"], &sent["nonce"], &id_token]
        .into_iter()
        .chain([kept["verifier"].as_str().unwrap()])
    {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

/// Servers run what is asked on any thread.
#[test]
fn all_that_waits_may_move_between_threads() {
    fn moves<T: Send>(_: T) {}
    let _ = || async {
        let provider = Mock::new().await.provider();
        let provider = &provider;
        moves(provider.begin(&back()));
        moves(async {
            provider
                .finish(begin(provider).await.1, callback("a"))
                .await
        });
        moves(async { provider.refresh(&"a".into(), "a").await });
        moves(async { provider.logout_url(&"a".into(), &back()).await });
    };
}
