use oauth2::{CsrfToken, PkceCodeChallenge, RedirectUrl, Scope};
use openidconnect::Nonce;
use secrecy::SecretString;
use url::Url;

use super::{
    Attempt, Callback, Check, Failure, Provider, Reason, Refusal, Tokens, attempt, exchange,
    id_token::Asked,
};
use crate::Identity;

/// Who signed in, and the tokens that came with it.
#[derive(Debug)]
pub struct SignedIn {
    /// Who it is.
    pub identity: Identity,
    /// For [`Provider::logout_url`].
    pub id_token: SecretString,
    /// What calls are made with.
    pub tokens: Tokens,
}

impl Provider {
    /// Where to send the browser, and what to keep until it is back at `redirect_uri`, ten minutes at most. The attempt
    /// is bound to that browser by the caller, and good for one [`Provider::finish`].
    ///
    /// Fails where the provider cannot be asked for its endpoints.
    pub async fn begin(&self, redirect_uri: &Url) -> Result<(Url, Attempt), Failure> {
        let known = self.discovery.known().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let attempt = Attempt {
            provider: self.settings.id.clone(),
            // 256 bits each.
            state: CsrfToken::new_random_len(32).secret().clone(),
            nonce: Nonce::new_random_len(32).secret().clone(),
            verifier: verifier.secret().clone(),
            redirect_uri: redirect_uri.clone(),
            begun: attempt::seconds((self.now)()),
        };
        let scopes = self
            .settings
            .scopes
            .iter()
            .filter(|scope| *scope != "openid");
        let (url, _) = exchange::client(&self.settings, &known)
            .set_redirect_uri(RedirectUrl::from_url(redirect_uri.clone()))
            .authorize_url(|| CsrfToken::new(attempt.state.clone()))
            .add_scope(Scope::new("openid".to_owned()))
            .add_scopes(scopes.cloned().map(Scope::new))
            .add_extra_param("nonce", &attempt.nonce)
            .set_pkce_challenge(challenge)
            .url();
        Ok((url, attempt))
    }

    /// Who signed in, by what the browser brought back. The attempt is used up, whatever comes of it.
    ///
    /// Fails where the answer is not of this attempt or provider, comes too late, says no, or brings an ID token that
    /// does not stand (OpenID Connect Core 1.0 §3.1.3.7), or one without a role.
    pub async fn finish(
        &self,
        attempt: Attempt,
        callback: Callback<'_>,
    ) -> Result<SignedIn, Failure> {
        let fail = |reason| self.caller.failure(reason);
        if attempt.provider != self.settings.id || !attempt.is_of(callback.state) {
            return Err(fail(Reason::OtherAttempt));
        }
        if attempt.is_over((self.now)()) {
            return Err(fail(Reason::Expired));
        }
        let known = self.discovery.known().await?;
        match callback.iss {
            // RFC 9207 §2.4.
            Some(iss) if iss == self.settings.issuer => {}
            None if !known.sends_issuer => {}
            _ => return Err(fail(Reason::OtherProvider)),
        }
        let code = match (callback.error, callback.code) {
            (Some(error), _) => return Err(fail(Reason::Refused(Refusal::of(error)))),
            (None, Some(code)) => code,
            (None, None) => return Err(fail(Reason::Refused(Refusal::Other))),
        };
        let client = exchange::client(&self.settings, &known);
        let (tokens, id_token) = exchange::by_code(client, &self.caller, code, &attempt).await?;
        let id_token = id_token.ok_or_else(|| fail(Reason::Token(Check::Missing)))?;
        let asked = Asked::SignIn {
            nonce: Nonce::new(attempt.nonce),
        };
        Ok(SignedIn {
            identity: self.identity(&known, &id_token, &asked).await?,
            id_token,
            tokens,
        })
    }
}
