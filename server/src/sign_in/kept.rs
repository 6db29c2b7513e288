//! What a session keeps beside whose it is: what the provider gave, and what the person signs in to catalogs with.

use std::time::Duration;

use ::sign_in::oidc::{Reason, Tokens};
use backend::{Credential, Credentials, people::unusable};

use model::error::AppError;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::now;
use tokio::time::sleep;

use super::Door;

/// Before a token ends it is renewed, in ms.
const EARLY: i64 = 60_000;
/// How long one renewal may take before another may begin, in ms.
const TURN: i64 = 10_000;
/// How long a provider's word on somebody's role holds while they are here, in ms.
const ASK: i64 = 15 * 60_000;
/// Who waits for somebody else's renewal looks so often, and so many times.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS: usize = 100;

/// As it is sealed. Has no `Debug`: most of it is secret.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Id of the provider; empty where a password was taken.
    pub provider: String,
    pub subject: String,
    pub id_token: String,
    pub access_token: String,
    pub refresh_token: String,
    /// When the access token ends, in ms since 1970; 0 where nobody said.
    pub expires: i64,
    /// When the provider was last asked who this is, in ms since 1970.
    pub asked: i64,
    /// Credentials by the name of the connection.
    pub catalogs: Map<String, Value>,
}

impl Kept {
    pub fn read(text: &SecretString) -> Self {
        serde_json::from_str(text.expose_secret()).unwrap_or_default()
    }

    pub fn written(&self) -> SecretString {
        // Texts and numbers can be written.
        serde_json::to_string(self).unwrap_or_default().into()
    }

    pub fn take(&mut self, tokens: &Tokens) {
        self.asked = now();
        self.access_token = tokens.access_token.expose_secret().to_owned();
        if let Some(token) = &tokens.refresh_token {
            self.refresh_token = token.expose_secret().to_owned();
        }
        let lasts = tokens.expires_in.map(|lasts| lasts.as_millis());
        self.expires = lasts.map_or(0, |ms| {
            now().saturating_add(i64::try_from(ms).unwrap_or(i64::MAX))
        });
    }

    fn is_due(&self, now: i64) -> bool {
        self.expires > 0
            && self.expires.saturating_sub(EARLY) <= now
            && !self.refresh_token.is_empty()
    }

    /// Time to ask the provider again what this person is.
    fn is_old(&self, now: i64) -> bool {
        self.asked.saturating_add(ASK) <= now && !self.refresh_token.is_empty()
    }

    /// An access token that has ended is nobody's.
    fn credentials(&self) -> Credentials {
        let given = self.catalogs.iter().filter_map(|(name, value)| {
            Some((name.clone(), Credential::from_json(value.as_object()?)?))
        });
        let lives = self.expires == 0 || self.expires > now();
        let token =
            (!self.access_token.is_empty() && lives).then(|| self.access_token.as_str().into());
        Credentials {
            given: given.collect(),
            access_token: token,
        }
    }
}

impl Door {
    /// What the person of a session signs in to catalogs with. Asks the store only where a connection is called as its
    /// people.
    pub(super) async fn credentials(
        &self,
        session: &SecretString,
    ) -> Result<Credentials, AppError> {
        let store = self.store()?;
        let Some(kept) = store.kept(session).await.map_err(unusable)? else {
            return Ok(Credentials::default());
        };
        let mut kept = Kept::read(&kept);
        for _ in 0..LOOKS {
            let at = now();
            if !kept.is_due(at) {
                break;
            }
            if store
                .lease(session, at + TURN, at)
                .await
                .map_err(unusable)?
            {
                // To its end, whoever leaves: the provider takes the token that is renewed from whoever had it.
                let (door, session) = (self.clone(), session.clone());
                let renewed = tokio::spawn(async move { door.renewed(&session).await }).await;
                kept = renewed.map_err(|_| AppError::lost())??;
                break;
            }
            sleep(LOOK).await;
            match store.kept(session).await.map_err(unusable)? {
                Some(now) => kept = Kept::read(&now),
                None => return Ok(Credentials::default()),
            }
        }
        Ok(kept.credentials())
    }

    /// Asks the provider now and then whether somebody is still what they were. Nobody waits for it.
    pub(super) fn ask_again(&self, session: SecretString) {
        let door = self.clone();
        tokio::spawn(async move {
            let asked = async {
                let (store, at) = (door.store()?, now());
                let kept = store.kept(&session).await.map_err(unusable)?;
                let old = kept.is_some_and(|kept| Kept::read(&kept).is_old(at));
                if old
                    && store
                        .lease(&session, at + TURN, at)
                        .await
                        .map_err(unusable)?
                {
                    door.renewed(&session).await?;
                }
                Ok::<_, AppError>(())
            };
            if let Err(error) = asked.await {
                tracing::warn!(%error, "nobody could tell whether somebody is still what they were");
            }
        });
    }

    /// Asks the provider for another token, with the turn to do so. Whom it does not know any more is signed out; while
    /// it is away what there is goes on.
    async fn renewed(&self, session: &SecretString) -> Result<Kept, AppError> {
        let store = self.store()?;
        let Some(before) = store.kept_now(session).await.map_err(unusable)? else {
            return Ok(Kept::default());
        };
        let mut kept = Kept::read(&before.text);
        let found = self
            .0
            .providers
            .iter()
            .find(|provider| provider.settings().id == kept.provider);
        if let Some(provider) = found.filter(|_| kept.is_due(now()) || kept.is_old(now())) {
            let token = kept.refresh_token.as_str().into();
            match provider.refresh(&token, &kept.subject).await {
                Ok(renewed) => {
                    kept.take(&renewed.tokens);
                    if let Some(id_token) = &renewed.id_token {
                        kept.id_token = id_token.expose_secret().to_owned();
                    }
                    // Before it is used: the one before is good no more.
                    store
                        .keep(session, before.version, &kept.written())
                        .await
                        .map_err(unusable)?;
                    if let Some(identity) = renewed.identity {
                        let (issuer, subject) = identity.key();
                        let role = identity.role.word();
                        let arrived = store.arrive(issuer, subject, &identity.name, role, now());
                        arrived.await.map_err(unusable)?;
                    }
                }
                Err(failure) if failure.ends_sign_in() => {
                    if let Reason::NoRole(_, subject) = &failure.reason {
                        let issuer = &provider.settings().issuer;
                        store.forfeit(issuer, subject).await.map_err(unusable)?;
                    }
                    tracing::info!(provider = kept.provider, why = %failure, "a session ended: the provider does not renew it");
                    store.end_session(session).await.map_err(unusable)?;
                    return Ok(Kept::default());
                }
                Err(failure) => {
                    tracing::warn!(provider = kept.provider, why = %failure, "a token could not be renewed");
                }
            }
        }
        store.release(session).await.map_err(unusable)?;
        Ok(kept)
    }

    /// Changes what a session keeps of catalogs, whoever else changes it meanwhile. `false` where it has ended.
    pub(super) async fn keep_catalogs(
        &self,
        session: &SecretString,
        change: impl Fn(&mut Map<String, Value>),
    ) -> Result<bool, AppError> {
        let store = self.store()?;
        for _ in 0..LOOKS {
            let Some(before) = store.kept_now(session).await.map_err(unusable)? else {
                return Ok(false);
            };
            let mut kept = Kept::read(&before.text);
            change(&mut kept.catalogs);
            if store
                .keep(session, before.version, &kept.written())
                .await
                .map_err(unusable)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_before_it_ends_where_it_can_be() {
        let kept = |expires, refresh: &str| Kept {
            expires,
            refresh_token: refresh.into(),
            ..Kept::default()
        };
        assert!(!kept(0, "r").is_due(1_000_000), "nobody said when");
        assert!(!kept(1_060_001, "r").is_due(1_000_000));
        assert!(kept(1_060_000, "r").is_due(1_000_000));
        assert!(
            !kept(1_060_000, "").is_due(1_000_000),
            "there is nothing to renew it with"
        );
    }

    #[test]
    fn a_role_holds_for_a_quarter_of_an_hour() {
        let kept = |asked, refresh: &str| Kept {
            asked,
            refresh_token: refresh.into(),
            ..Kept::default()
        };
        assert!(!kept(1_000_000, "r").is_old(1_000_000 + ASK - 1));
        assert!(kept(1_000_000, "r").is_old(1_000_000 + ASK));
        assert!(
            !kept(1_000_000, "").is_old(i64::MAX),
            "there is nothing to ask with"
        );
    }

    #[test]
    fn what_has_ended_is_nobodys() {
        let kept = |expires| Kept {
            access_token: "a".into(),
            expires,
            ..Kept::default()
        };
        assert!(kept(1).credentials().access_token.is_none());
        assert!(kept(now() + 1_000_000).credentials().access_token.is_some());
        assert!(
            Kept::read(&"no JSON".into())
                .credentials()
                .access_token
                .is_none()
        );
    }
}
