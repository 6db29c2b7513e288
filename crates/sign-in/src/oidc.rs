//! Signing in at a provider of OpenID Connect: the authorization code flow with PKCE, and nothing else
//! (OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 9700).
//!
//! [`Provider::begin`] says where the browser goes and gives an [`Attempt`] to keep, [`Provider::finish`] takes it back
//! with what the browser brought, [`Provider::refresh`] asks again who somebody is, and [`Provider::logout_url`] is
//! where they sign out.

mod attempt;
mod call;
mod discovery;
mod exchange;
mod failure;
mod id_token;
mod refresh;
mod revoke;
mod settings;
mod sign_in;

use std::{sync::Arc, time::SystemTime};

use iceberg_rest::Http;
use oauth2::AuthType;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::Identity;
use call::Caller;
use discovery::Discovery;
use id_token::Asked;

pub use attempt::{Attempt, Callback};
pub use exchange::Tokens;
pub use failure::{Check, Failure, Misconfigured, Reason, Refusal};
pub use refresh::Renewed;
pub use settings::{InvalidSettings, Settings};
pub use sign_in::SignedIn;

/// Where the time of day comes from.
type Now = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// One provider, as far as it is known. Asks it nothing before somebody signs in.
pub struct Provider {
    settings: Settings,
    caller: Caller,
    discovery: Discovery,
    now: Now,
}

impl Provider {
    /// A provider by its settings, called by `http`, which has the guard on: where a provider says that its endpoints
    /// are is no more than text.
    ///
    /// Fails where the settings cannot be used.
    pub fn new(settings: Settings, http: Http) -> Result<Self, InvalidSettings> {
        let issuer = settings.check()?;
        let caller = Caller::new(http, &settings.label);
        Ok(Self {
            discovery: Discovery::new(&settings.issuer, issuer, caller.clone()),
            settings,
            caller,
            now: Arc::new(SystemTime::now),
        })
    }

    /// Takes the time of day from `now`.
    pub fn with_time(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            now: Arc::new(now),
            ..self
        }
    }

    /// Its settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where it gives tokens, and whether it reads a client's secret in the header there.
    ///
    /// Fails where the provider cannot be asked for its endpoints.
    pub async fn token_endpoint(&self) -> Result<(Url, bool), Failure> {
        let known = self.discovery.known().await?;
        let basic = matches!(known.auth_type, AuthType::BasicAuth);
        Ok((known.token.clone(), basic))
    }

    /// Where the browser goes to sign out at the provider too, and comes back from to `back` (OpenID Connect RP-Initiated
    /// Logout 1.0 §2); `None` where the provider has no such place or cannot be asked for it.
    pub async fn logout_url(&self, id_token: &SecretString, back: &Url) -> Option<Url> {
        let known = self.discovery.known().await.ok()?;
        let mut url = known.end_session.clone()?;
        url.query_pairs_mut()
            .append_pair("id_token_hint", id_token.expose_secret())
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back.as_str());
        Some(url)
    }

    /// Who an ID token names, once it stands. Keys are asked for again where it names one that is not known.
    async fn identity(
        &self,
        known: &Arc<discovery::Known>,
        id_token: &SecretString,
        asked: &Asked<'_>,
    ) -> Result<Identity, Failure> {
        let verify = |known: &discovery::Known| {
            id_token::verify(&self.settings, &known.keys, id_token, asked, (self.now)())
        };
        let mut verified = verify(known);
        if verified == Err(Check::UnknownKey)
            && let Some(newer) = self.discovery.newer_keys(known).await?
        {
            verified = verify(&newer);
        }
        let claims = verified.map_err(|check| self.caller.failure(Reason::Token(check)))?;
        id_token::identity(&self.settings, &claims).map_err(|reason| self.caller.failure(reason))
    }
}
