//! What a session keeps beside whose it is: what the provider gave, and what the person signs in to catalogs with.

use std::{sync::Arc, time::Duration};

use ::sign_in::oidc::{Failure, Provider, Reason, Renewed, Tokens};
use backend::{Credential, Credentials, ExchangedAt, people::unusable, tasks::to_its_end};
use iceberg_rest::Renewal;
use model::error::{AppError, Kind};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::now;
use tokio::time::sleep;

use super::Door;

/// Before a token ends it is renewed, or at half of a shorter life, in ms.
const EARLY: i64 = 60_000;
/// How long one renewal may take before another may begin, in ms: a provider is asked four things at most, each for five
/// seconds.
const TURN: i64 = 20_000;
/// How long a provider's word on somebody's role holds while they are here, in ms.
const ASK: i64 = 15 * 60_000;
/// After a failure nobody asks for as long, in ms.
const PAUSE: i64 = 2_000;
/// A token that a catalog refused is replaced, and what replaced it is not for as long, in ms: whom a catalog does not
/// know it refuses with any token.
const BETWEEN_REFUSALS: i64 = 10_000;
/// What a provider gave is written so many times where the store is away, within one turn.
const TRIES: usize = 6;
const BETWEEN_TRIES: Duration = Duration::from_secs(1);
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
    /// When the access token was given, in ms since 1970.
    pub given: i64,
    /// When it ends; 0 where nobody said.
    pub expires: i64,
    /// When the provider was last asked who this is, in ms since 1970.
    pub asked: i64,
    /// When a catalog's refusal was last met with another token, in ms since 1970.
    pub refused: i64,
    /// When the provider last failed to give another token, in ms since 1970.
    pub failed: i64,
    /// Credentials by where their connection leads: [`backend::Spec::leads_to`].
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
        (self.asked, self.given) = (now(), now());
        self.access_token = tokens.access_token.expose_secret().to_owned();
        if let Some(token) = &tokens.refresh_token {
            self.refresh_token = token.expose_secret().to_owned();
        }
        let lasts = tokens.expires_in.map(|lasts| lasts.as_millis());
        self.expires = lasts.map_or(0, |ms| {
            now().saturating_add(i64::try_from(ms).unwrap_or(i64::MAX))
        });
    }

    fn renew(&mut self, renewed: &Renewed, refused: bool) {
        let asked = self.asked;
        self.take(&renewed.tokens);
        if renewed.identity.is_err() {
            // Nobody has told yet who it is.
            self.asked = asked;
        }
        if let Some(id_token) = &renewed.id_token {
            self.id_token = id_token.expose_secret().to_owned();
        }
        self.failed = 0;
        if refused {
            self.refused = now();
        }
    }

    /// Time for another access token: this one is about to end, or is the one that a catalog refused.
    fn is_due(&self, refused: Option<&SecretString>, now: i64) -> bool {
        let early = EARLY.min(self.expires.saturating_sub(self.given) / 2);
        let ends = self.expires > 0 && self.expires.saturating_sub(early) <= now;
        let is_it = refused.is_some_and(|token| token.expose_secret() == self.access_token);
        let refused = is_it && self.refused.saturating_add(BETWEEN_REFUSALS) <= now;
        let paused = self.failed.saturating_add(PAUSE) > now;
        (ends || refused) && !paused && !self.refresh_token.is_empty()
    }

    fn lives(&self, now: i64) -> bool {
        self.expires == 0 || self.expires > now
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
        let (has, lives) = (!self.access_token.is_empty(), self.lives(now()));
        Credentials {
            given: given.collect(),
            access_token: (has && lives).then(|| self.access_token.as_str().into()),
            is_late: has && !lives && !self.refresh_token.is_empty(),
            ..Credentials::default()
        }
    }
}

impl Door {
    /// What the person of a session signs in to catalogs with; `None` where the session has ended. Asks the store only
    /// where a connection is called as its people.
    pub(super) async fn credentials(
        &self,
        session: &SecretString,
    ) -> Result<Option<Credentials>, AppError> {
        let Some(kept) = self.fresh(session, None).await? else {
            return Ok(None);
        };
        let exchange = match self.0.registry.exchanges() {
            true => self.exchanged_at(&kept.provider).await,
            false => None,
        };
        let renewal = (!kept.refresh_token.is_empty()).then(|| self.renewal(session));
        Ok(Some(Credentials {
            renewal,
            exchange,
            ..kept.credentials()
        }))
    }

    /// Of a token that a catalog refuses. What is called as somebody does not keep the door.
    fn renewal(&self, session: &SecretString) -> Renewal {
        let (inside, session) = (Arc::downgrade(&self.0), session.clone());
        Renewal::new(move |refused| {
            let (inside, session) = (inside.clone(), session.clone());
            async move {
                let door = Self(inside.upgrade()?);
                let fresh = door.fresh(&session, Some(&refused)).await;
                let fresh = fresh.inspect_err(|error| {
                    tracing::warn!(%error, "a token that a catalog refused could not be renewed");
                });
                let token = fresh.ok()??.credentials().access_token?;
                (token.expose_secret() != refused.expose_secret()).then_some(token)
            }
        })
    }

    /// Where a provider exchanges tokens; `None` where it cannot be asked for that.
    async fn exchanged_at(&self, id: &str) -> Option<ExchangedAt> {
        let provider = self.provider_of(id)?;
        let endpoint = provider.token_endpoint().await;
        let endpoint = endpoint.inspect_err(|failure| {
            tracing::warn!(provider = id, why = %failure, "nobody could tell where tokens are exchanged");
        });
        let ((url, basic), settings) = (endpoint.ok()?, provider.settings());
        Some(ExchangedAt {
            url: url.into(),
            client_id: settings.client_id.clone(),
            basic: basic && settings.client_secret.is_some(),
            client_secret: settings.client_secret.clone().unwrap_or_default(),
        })
    }

    pub(super) fn provider_of(&self, id: &str) -> Option<&Provider> {
        let mut providers = self.0.providers.iter();
        providers.find(|provider| provider.settings().id == id)
    }

    /// What a session keeps, with another token where that is due; `None` where it has ended. Of all who ask one renews
    /// it, and nobody waits for that while the token is good.
    async fn fresh(
        &self,
        session: &SecretString,
        refused: Option<&SecretString>,
    ) -> Result<Option<Kept>, AppError> {
        let store = self.store()?;
        let mut looks = 0;
        loop {
            let Some(kept) = store.kept(session).await.map_err(unusable)? else {
                return Ok(None);
            };
            let (kept, at) = (Kept::read(&kept), now());
            if !kept.is_due(refused, at) || looks == LOOKS {
                return Ok(Some(kept));
            }
            let good = refused.is_none() && kept.lives(at);
            let has_turn = store.lease(session, at + TURN, at).await;
            if has_turn.map_err(unusable)? {
                // The provider takes the token that is renewed from whoever had it.
                let (door, session, refused) = (self.clone(), session.clone(), refused.cloned());
                let renewing =
                    to_its_end(
                        async move { door.renewed(&session, refused.as_ref(), at + TURN).await },
                    );
                if !good {
                    return renewing.await.map_err(|_| AppError::lost())?;
                }
            }
            if good {
                return Ok(Some(kept));
            }
            looks += 1;
            sleep(LOOK).await;
        }
    }

    /// Asks the provider now and then whether somebody is still what they were. Nobody waits for it.
    pub(super) fn ask_again(&self, session: SecretString) {
        let door = self.clone();
        to_its_end(async move {
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
                    door.renewed(&session, None, at + TURN).await?;
                }
                Ok::<_, AppError>(())
            };
            if let Err(error) = asked.await {
                tracing::warn!(%error, "nobody could tell whether somebody is still what they were");
            }
        });
    }

    /// Asks the provider for another token, with the turn to do so until `until`. Whom it does not know any more is signed
    /// out; while it is away what there is goes on.
    async fn renewed(
        &self,
        session: &SecretString,
        refused: Option<&SecretString>,
        until: i64,
    ) -> Result<Option<Kept>, AppError> {
        let store = self.store()?;
        let Some(kept) = store.kept(session).await.map_err(unusable)? else {
            return Ok(None);
        };
        let (mut kept, at) = (Kept::read(&kept), now());
        let wanted = kept.is_due(refused, at) || kept.is_old(at);
        if let Some(provider) = self.provider_of(&kept.provider).filter(|_| wanted) {
            let token = kept.refresh_token.as_str().into();
            let changed = match provider.refresh(&token, &kept.subject).await {
                Ok(renewed) => {
                    // Before it is used: the one before is good no more.
                    let refused = refused.is_some();
                    let change = |kept: &mut Kept| kept.renew(&renewed, refused);
                    let Some(changed) = self.change_at_last(session, change).await? else {
                        kept.renew(&renewed, false);
                        self.give_back(&kept);
                        return Ok(None);
                    };
                    match renewed.identity {
                        Ok(None) => {}
                        Ok(Some(identity)) => {
                            let (issuer, subject) = identity.key();
                            let role = identity.role.word();
                            let arrived =
                                store.arrive(issuer, subject, &identity.name, role, now());
                            arrived.await.map_err(unusable)?;
                        }
                        Err(failure) if failure.ends_sign_in() => {
                            self.not_renewed(session, provider, &failure).await?;
                            self.give_back(&changed);
                            return Ok(None);
                        }
                        Err(failure) => {
                            tracing::warn!(provider = kept.provider, why = %failure, "nobody could tell whose renewed token it is");
                        }
                    }
                    Some(changed)
                }
                Err(failure) if failure.ends_sign_in() => {
                    let there = store.kept(session).await.map_err(unusable)?;
                    let there = there.map(|there| Kept::read(&there));
                    // Renewed by somebody else meanwhile: the token that was sent is over, and nothing else.
                    let other = there.filter(|there| there.refresh_token != kept.refresh_token);
                    if other.is_none() {
                        self.not_renewed(session, provider, &failure).await?;
                    }
                    other
                }
                Err(failure) => {
                    tracing::warn!(provider = kept.provider, why = %failure, "a token could not be renewed");
                    self.change(session, |kept| kept.failed = now()).await?
                }
            };
            let Some(changed) = changed else {
                return Ok(None);
            };
            kept = changed;
        }
        store.release(session, until).await.map_err(unusable)?;
        Ok(Some(kept))
    }

    /// Ends a session whose provider does not know it any more.
    async fn not_renewed(
        &self,
        session: &SecretString,
        provider: &Provider,
        failure: &Failure,
    ) -> Result<(), AppError> {
        let (store, settings) = (self.store()?, provider.settings());
        if let Reason::NoRole(_, subject) = &failure.reason {
            let forfeited = store.forfeit(&settings.issuer, subject).await;
            forfeited.map_err(unusable)?;
        }
        tracing::info!(provider = settings.id, why = %failure, "a session ended: the provider does not renew it");
        store.end_session(session).await.map_err(unusable)
    }

    /// [`Door::change`], for as long as the store may take to come back: what was given once is not given again.
    async fn change_at_last(
        &self,
        session: &SecretString,
        change: impl Fn(&mut Kept),
    ) -> Result<Option<Kept>, AppError> {
        for _ in 0..TRIES {
            if let Ok(changed) = self.change(session, &change).await {
                return Ok(changed);
            }
            sleep(BETWEEN_TRIES).await;
        }
        self.change(session, change).await
    }

    /// Changes what a session keeps, whoever else changes it meanwhile. `None` where it has ended.
    pub(super) async fn change(
        &self,
        session: &SecretString,
        change: impl Fn(&mut Kept),
    ) -> Result<Option<Kept>, AppError> {
        let store = self.store()?;
        for _ in 0..LOOKS {
            let Some(before) = store.kept_now(session).await.map_err(unusable)? else {
                return Ok(None);
            };
            let mut kept = Kept::read(&before.text);
            change(&mut kept);
            let done = store.keep(session, before.version, &kept.written()).await;
            if done.map_err(unusable)? {
                return Ok(Some(kept));
            }
        }
        let why = "What your session keeps was changed by others again and again.";
        Err(AppError::new(Kind::Store, why).hint("Try again."))
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
        assert!(!kept(0, "r").is_due(None, 1_000_000), "nobody said when");
        assert!(!kept(1_060_001, "r").is_due(None, 1_000_000));
        assert!(kept(1_060_000, "r").is_due(None, 1_000_000));
        assert!(
            !kept(1_060_000, "").is_due(None, 1_000_000),
            "there is nothing to renew it with"
        );
    }

    #[test]
    fn a_token_of_a_short_life_is_used_for_half_of_it() {
        let kept = Kept {
            given: 1_000_000,
            expires: 1_020_000,
            refresh_token: "r".into(),
            ..Kept::default()
        };
        assert!(!kept.is_due(None, 1_009_999));
        assert!(kept.is_due(None, 1_010_000));
    }

    #[test]
    fn a_refused_token_is_replaced_and_what_replaced_it_is_not_at_once() {
        let (one, other) = ("one".into(), "other".into());
        let kept = Kept {
            access_token: "one".into(),
            refresh_token: "r".into(),
            refused: 1_000_000,
            ..Kept::default()
        };
        assert!(!kept.is_due(Some(&one), 1_000_000 + BETWEEN_REFUSALS - 1));
        assert!(kept.is_due(Some(&one), 1_000_000 + BETWEEN_REFUSALS));
        assert!(
            !kept.is_due(Some(&other), 2_000_000),
            "it is another by now"
        );
    }

    #[test]
    fn after_a_failure_nobody_asks_for_a_while() {
        let kept = Kept {
            expires: 1,
            failed: 1_000_000,
            refresh_token: "r".into(),
            ..Kept::default()
        };
        assert!(!kept.is_due(None, 1_000_000 + PAUSE - 1));
        assert!(kept.is_due(None, 1_000_000 + PAUSE));
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
