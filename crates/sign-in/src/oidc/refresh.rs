use secrecy::SecretString;

use super::{Failure, Provider, Tokens, exchange, id_token::Asked};
use crate::Identity;

/// What a refresh brought.
#[derive(Debug)]
pub struct Renewed {
    /// Who it is, with the role of now. `None` where the provider sent no new ID token: then it said nothing of roles,
    /// and the caller decides for how long the last word holds. Where it cannot be told, the tokens are to be kept all the
    /// same: the refresh token before may be good no more. [`Failure::ends_sign_in`] tells whether it may be told later.
    pub identity: Result<Option<Identity>, Failure>,
    /// The new one, if it came.
    pub id_token: Option<SecretString>,
    /// What calls are made with from now on.
    pub tokens: Tokens,
}

impl Provider {
    /// Asks again who a person is, by the refresh token of their sign-in (OpenID Connect Core 1.0 §12). `subject` is who
    /// they were.
    ///
    /// [`Failure::ends_sign_in`] tells whether it is worth asking later with the same token.
    pub async fn refresh(
        &self,
        refresh_token: &SecretString,
        subject: &str,
    ) -> Result<Renewed, Failure> {
        let known = self.discovery.known().await?;
        let client = exchange::client(&self.settings, &known);
        let (tokens, id_token) =
            exchange::by_refresh_token(client, &self.caller, refresh_token).await?;
        let asked = Asked::Refresh { subject };
        let identity = match &id_token {
            Some(id_token) => self.identity(&known, id_token, &asked).await.map(Some),
            None => Ok(None),
        };
        Ok(Renewed {
            identity,
            id_token,
            tokens,
        })
    }
}
