//! Where the keys come from that requests to AWS are signed with: as they are configured, or lent for a while.

mod ambient;
mod failed;
mod lender;
mod sts;
mod way;

use std::path::PathBuf;

use aws_credential_types::Credentials;
use secrecy::{ExposeSecret, SecretString};

use super::{TokenCalls, tokens::Tokens};
use crate::error::Error;

use lender::Lender;

/// A pair of keys, as configured or as lent. Debug output masks secrets.
#[derive(Debug, Clone)]
pub struct AwsKeys {
    /// Of the key pair; no secret.
    pub access_key_id: String,
    /// Signs, and is never sent.
    pub secret_access_key: SecretString,
    /// Of temporary credentials.
    pub session_token: Option<SecretString>,
}

/// Where a connection's keys come from. Nobody else's are used: keys that were lent to one connection sign no
/// request of another.
#[derive(Debug, Clone)]
pub struct AwsCredentials {
    /// Who asks.
    pub source: AwsSource,
    /// A role that is assumed by who asks (STS AssumeRole).
    pub role: Option<AwsRole>,
    /// Address of the Security Token Service; `None`: Amazon's in the region of the signature.
    pub sts_endpoint: Option<String>,
}

/// Who asks, before a role is assumed.
#[derive(Debug, Clone)]
pub enum AwsSource {
    /// As configured.
    Keys(AwsKeys),
    /// A role that a token of an identity provider stands for (STS AssumeRoleWithWebIdentity).
    WebIdentity {
        /// Read anew for each request: Kubernetes replaces it.
        token_file: PathBuf,
        /// `arn:aws:iam::123456789012:role/name`
        role_arn: String,
        /// What STS calls the session, 2 to 64 characters.
        session_name: String,
    },
    /// This machine's own identity: AWS's default chain (environment, profile, web identity, container, instance).
    Ambient {
        /// This profile of AWS's own files and nothing else of the chain.
        profile: Option<String>,
    },
}

/// A role to assume.
#[derive(Debug, Clone)]
pub struct AwsRole {
    /// `arn:aws:iam::123456789012:role/name`
    pub arn: String,
    /// What the role's trust policy asks for, where it does.
    pub external_id: Option<String>,
    /// What STS calls the session, 2 to 64 characters.
    pub session_name: String,
}

impl From<AwsKeys> for AwsCredentials {
    fn from(keys: AwsKeys) -> Self {
        Self {
            source: AwsSource::Keys(keys),
            role: None,
            sts_endpoint: None,
        }
    }
}

impl From<&AwsKeys> for Credentials {
    fn from(keys: &AwsKeys) -> Self {
        let token = keys.session_token.as_ref();
        Self::new(
            &keys.access_key_id,
            keys.secret_access_key.expose_secret(),
            token.map(|token| token.expose_secret().to_owned()),
            None,
            "connection",
        )
    }
}

impl AwsCredentials {
    /// Whom the catalog sees: the role's name, or the id of the key. `None`: this machine's own identity.
    pub fn id(&self) -> Option<&str> {
        match (&self.role, &self.source) {
            (Some(role), _) => Some(&role.arn),
            (None, AwsSource::WebIdentity { role_arn, .. }) => Some(role_arn),
            (None, AwsSource::Keys(keys)) => Some(&keys.access_key_id),
            (None, AwsSource::Ambient { .. }) => None,
        }
    }

    /// As configured.
    pub(super) fn keys(&self) -> Option<&AwsKeys> {
        match &self.source {
            AwsSource::Keys(keys) => Some(keys),
            AwsSource::WebIdentity { .. } | AwsSource::Ambient { .. } => None,
        }
    }
}

/// The keys of now.
pub(crate) enum Keys {
    Configured(AwsKeys),
    Lent(Tokens<Lender>),
}

impl Keys {
    /// Checks what is configured; nothing is asked. Fails where they are blank, or STS has an address that is
    /// never called.
    pub fn new(
        credentials: AwsCredentials,
        region: &str,
        calls: &TokenCalls<'_>,
    ) -> Result<Self, Error> {
        if let Some(keys) = credentials.keys()
            && (keys.access_key_id.is_empty() || keys.secret_access_key.expose_secret().is_empty())
        {
            return Err(Error::invalid(
                "The access key or its secret is empty. Nothing else of this machine is used in its place.",
            ));
        }
        match credentials {
            AwsCredentials {
                source: AwsSource::Keys(keys),
                role: None,
                ..
            } => Ok(Self::Configured(keys)),
            lent => Ok(Self::Lent(Tokens::new(Lender::new(lent, region, calls)?))),
        }
    }

    /// Those to sign with, and whether others may take their place.
    pub async fn now(&self) -> Result<(AwsKeys, bool), Error> {
        match self {
            Self::Configured(keys) => Ok((keys.clone(), false)),
            Self::Lent(tokens) => Ok((tokens.token().await?, true)),
        }
    }
}
