//! Keys that are lent to one connection: asked for anew before they end.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use aws_credential_types::Credentials;
use secrecy::SecretString;
use tokio::time::{Instant, timeout};
use url::Url;

use super::{AwsCredentials, AwsKeys, AwsSource, way::Way};
use crate::{
    auth::{
        TokenCalls,
        tokens::{Source, Token},
    },
    aws,
    error::{Error, ErrorKind, Hint},
    mask::Mask,
    operation::Route,
};

/// Lends keys, to one connection.
pub(crate) struct Lender {
    pub(super) credentials: AwsCredentials,
    pub(super) region: String,
    pub(super) sts: Url,
    pub(super) way: Way,
    mask: Arc<Mask>,
    time: Duration,
}

impl Lender {
    pub(super) fn new(
        credentials: AwsCredentials,
        region: &str,
        calls: &TokenCalls<'_>,
    ) -> Result<Self, Error> {
        let address = match &credentials.sts_endpoint {
            Some(address) => address.clone(),
            None => format!("https://sts.{region}.{}", aws::domain(region)),
        };
        let sts = Url::parse(&address)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| Error::invalid("The address of STS is no http or https URL."))?;
        calls.http.permit(&sts)?;
        let ambient = matches!(credentials.source, AwsSource::Ambient { .. });
        Ok(Self {
            way: Way::new(calls.http.clone(), calls.time, ambient)?,
            region: region.to_owned(),
            sts,
            mask: calls.mask.clone(),
            time: calls.time,
            credentials,
        })
    }

    async fn ask(&self) -> Result<Credentials, Error> {
        let asks = match &self.credentials.source {
            AwsSource::Keys(keys) => keys.into(),
            AwsSource::WebIdentity {
                token_file,
                role_arn,
                session_name,
            } => {
                self.by_web_identity(token_file, role_arn, session_name)
                    .await?
            }
            AwsSource::Ambient { profile } => self.ambient(profile.as_deref()).await?,
        };
        match &self.credentials.role {
            Some(role) => self.assume(role, asks).await,
            None => Ok(asks),
        }
    }

    /// What was lent must not come back in an answer, nor in an error on the way to the next.
    pub(super) fn keep(&self, lent: Credentials) -> AwsKeys {
        let keys = AwsKeys {
            access_key_id: lent.access_key_id().to_owned(),
            secret_access_key: lent.secret_access_key().into(),
            session_token: lent.session_token().map(Into::into),
        };
        self.mask.learn(&keys.secret_access_key);
        if let Some(token) = &keys.session_token {
            self.mask.learn(token);
        }
        keys
    }
}

impl Source for Lender {
    type Given = AwsKeys;

    async fn request(&self) -> Result<Token<AwsKeys>, Error> {
        let started = Instant::now();
        let asked = timeout(self.time, self.ask()).await.unwrap_or_else(|_| {
            let message = format!(
                "No AWS credentials came within {} s.",
                self.time.as_secs_f32()
            );
            Err(
                Error::new(ErrorKind::TimedOut, Route::AWS_CREDENTIALS, message)
                    .with_hint(Hint::AwsSts),
            )
        });
        tracing::info!(
            method = Route::AWS_CREDENTIALS.method,
            path = Route::AWS_CREDENTIALS.template,
            ok = asked.is_ok(),
            ms = started.elapsed().as_millis() as u64,
            "catalog call"
        );
        let asked = asked.map_err(|error| self.mask.error(error));
        let lent = asked.map_err(|error| self.way.http.told(error, &self.sts))?;
        // Past its end it is over at once.
        let life = lent
            .expiry()
            .map(|end| end.duration_since(SystemTime::now()).unwrap_or_default());
        Ok(Token::new(self.keep(lent), started, life))
    }

    fn secret(given: &AwsKeys) -> &SecretString {
        &given.secret_access_key
    }
}
