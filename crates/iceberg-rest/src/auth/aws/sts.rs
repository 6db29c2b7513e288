//! Roles: AssumeRole and AssumeRoleWithWebIdentity of AWS's Security Token Service.

use std::{io, path::Path, time::SystemTime};

use aws_credential_types::Credentials;
use aws_sdk_sts::{
    Client, Config,
    config::{
        BehaviorVersion, IdentityCache, Region, StalledStreamProtectionConfig, retry::RetryConfig,
        timeout::TimeoutConfig,
    },
    types::Credentials as Lent,
};
use secrecy::{ExposeSecret, SecretString};

use super::{AwsRole, AwsSource, Lender, failed};
use crate::{
    error::{Error, ErrorKind, Hint},
    mask::Mask,
    operation::Route,
};

/// Longest token of an identity provider that is read, in bytes: AWS takes 20,000.
const LONGEST: u64 = 64 * 1024;

impl Lender {
    pub(super) async fn assume(
        &self,
        role: &AwsRole,
        asks: Credentials,
    ) -> Result<Credentials, Error> {
        // Of a source that lent it: an error may hold it.
        let hidden = self.keep(asks.clone());
        let secrets = [
            Some(&hidden.secret_access_key),
            hidden.session_token.as_ref(),
        ];
        let answer = self
            .client(Some(asks))
            .assume_role()
            .role_arn(&role.arn)
            .role_session_name(&role.session_name)
            .set_external_id(role.external_id.clone())
            .send()
            .await
            .map_err(|error| {
                let what = format!("the role {} cannot be assumed", role.arn);
                let mask = Mask::of(secrets.into_iter().flatten());
                mask.error(failed::of_sts(&error, &self.sts, &what, |code| {
                    self.refused(code)
                }))
            })?;
        self.lent(answer.credentials)
    }

    pub(super) async fn by_web_identity(
        &self,
        token_file: &Path,
        role_arn: &str,
        session_name: &str,
    ) -> Result<Credentials, Error> {
        let token = read(token_file).await.map_err(|reason| {
            let message = format!(
                "No AWS credentials: the web identity token {} {reason}.",
                token_file.display()
            );
            Error::new(ErrorKind::Unauthenticated, Route::AWS_CREDENTIALS, message)
                .with_hint(Hint::AwsTokenFile)
        })?;
        let answer = self
            .client(None)
            .assume_role_with_web_identity()
            .role_arn(role_arn)
            .role_session_name(session_name)
            .web_identity_token(token.expose_secret())
            .send()
            .await
            .map_err(|error| {
                let what = format!("the role {role_arn} cannot be assumed by web identity");
                let error = failed::of_sts(&error, &self.sts, &what, |_| Hint::AwsWebIdentity);
                Mask::of([&token]).error(error)
            })?;
        self.lent(answer.credentials)
    }

    /// Where a role is not given to who asks: these are who they say they are, or not.
    fn refused(&self, code: &str) -> Hint {
        match (code, &self.credentials.source) {
            ("ExpiredToken" | "RequestExpired", AwsSource::Keys(_)) => Hint::ExpiredKeys,
            ("InvalidClientTokenId" | "SignatureDoesNotMatch", AwsSource::Keys(_)) => {
                Hint::AccessKey
            }
            (
                "ExpiredToken"
                | "RequestExpired"
                | "InvalidClientTokenId"
                | "SignatureDoesNotMatch",
                AwsSource::Ambient { .. },
            ) => Hint::AwsAmbient,
            _ => Hint::AwsRole,
        }
    }

    /// Of the environment it reads nothing: all that it needs is given here.
    fn client(&self, asks: Option<Credentials>) -> Client {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(self.region.clone()))
            .endpoint_url(self.sts.as_str())
            .http_client(self.way.clone())
            // Who keeps the keys decides when it is worth asking again, and how long it may take.
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .identity_cache(IdentityCache::no_cache());
        Client::from_conf(match asks {
            Some(asks) => config.credentials_provider(asks).build(),
            None => config.build(),
        })
    }

    fn lent(&self, lent: Option<Lent>) -> Result<Credentials, Error> {
        let lent = lent.ok_or_else(|| failed::of_answer(&self.sts))?;
        let end = SystemTime::try_from(lent.expiration).ok();
        Ok(Credentials::new(
            lent.access_key_id,
            lent.secret_access_key,
            Some(lent.session_token),
            end,
            "sts",
        ))
    }
}

/// The token in a file, without the line break at its end; or why there is none.
async fn read(path: &Path) -> Result<SecretString, String> {
    let unreadable = |error: io::Error| format!("cannot be read: {error}");
    let about = tokio::fs::metadata(path).await.map_err(unreadable)?;
    // A pipe or a device may never end.
    if !about.is_file() || about.len() > LONGEST {
        return Err(format!(
            "is no regular file of at most {} KiB",
            LONGEST / 1024
        ));
    }
    let text = tokio::fs::read_to_string(path).await.map_err(unreadable)?;
    match text.trim() {
        "" => Err("is empty".to_owned()),
        text => Ok(text.into()),
    }
}
