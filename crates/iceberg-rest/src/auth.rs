//! Who a connection is to its server.

mod aws;
mod lent;
mod oauth2;
mod request;
pub(crate) mod sigv4;
mod tokens;

use std::{sync::Arc, time::Duration};

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::{
    error::{Error, SignIn},
    mask::{Hidden, Mask},
    outbound::Http,
    secret,
};

use aws::Keys;
use lent::Lent;
use oauth2::{Grant, TokenEndpoint};
use tokens::Tokens;

pub use aws::{AwsCredentials, AwsKeys, AwsRole, AwsSource};
pub use lent::Renewal;
pub use request::TokenRequest;

/// Credentials of a connection, as configured. Debug output masks secrets.
#[derive(Debug, Clone)]
pub enum Auth {
    /// Nothing is sent.
    None,
    /// A token sent as it is.
    Bearer(SecretString),
    /// A person's token, sent as it is until the catalog refuses it.
    Lent {
        /// The one of now.
        token: SecretString,
        /// Gives the next.
        renewal: Renewal,
    },
    /// Client credentials grant, RFC 6749 §4.4, or token exchange, RFC 8693.
    OAuth2 {
        /// As the identity provider knows it.
        client_id: String,
        /// Sent to the token address only.
        client_secret: SecretString,
        /// Never from the server: what it announces would send the secret wherever it likes.
        token_url: String,
        /// What is asked for, and how.
        asks: TokenRequest,
        /// A person's access token, which is exchanged for one that the catalog takes; `None`: the client asks for itself.
        subject: Option<SecretString>,
    },
    /// AWS Signature Version 4.
    SigV4 {
        /// AWS region, e.g. `eu-west-1`.
        region: String,
        /// `s3tables`, `glue`, …
        signing_name: String,
        /// Where the keys come from.
        credentials: AwsCredentials,
        /// AWS wants the path encoded once more in the signature for every service but `s3`; look-alikes may not.
        double_encode_path: bool,
    },
}

impl Auth {
    /// The kind in a word: `none`, `bearer`, `lent`, `oauth2`, `exchanged` or `sigv4`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Bearer(_) => "bearer",
            Self::Lent { .. } => "lent",
            Self::OAuth2 {
                subject: Some(_), ..
            } => "exchanged",
            Self::OAuth2 { .. } => "oauth2",
            Self::SigV4 { .. } => "sigv4",
        }
    }

    /// The id of the client or access key, or the ARN of the role, where there is one. No secret.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::OAuth2 {
                client_id,
                subject: None,
                ..
            } => Some(client_id),
            Self::SigV4 { credentials, .. } => credentials.id(),
            // Whose token it is the client does not know.
            Self::None | Self::Bearer(_) | Self::Lent { .. } | Self::OAuth2 { .. } => None,
        }
    }

    /// What must not come back in an answer.
    pub(crate) fn hidden(&self) -> Vec<Hidden> {
        let mut fields = [].as_slice();
        let secrets = match self {
            Self::None => [None, None],
            Self::Bearer(token) | Self::Lent { token, .. } => [Some(token), None],
            Self::OAuth2 {
                client_secret,
                subject,
                asks,
                ..
            } => {
                fields = &asks.fields;
                [Some(client_secret), subject.as_ref()]
            }
            Self::SigV4 { credentials, .. } => {
                let keys = credentials.keys();
                [
                    keys.map(|keys| &keys.secret_access_key),
                    keys.and_then(|keys| keys.session_token.as_ref()),
                ]
            }
        };
        let secrets = secrets.into_iter().flatten().map(Hidden::new);
        secrets.chain(fields.iter().map(of_field)).collect()
    }
}

/// Of the fields of a form that are told besides, most are a tenant or the like.
fn of_field((name, value): &(String, SecretString)) -> Hidden {
    let text = value.expose_secret();
    match secret::names_a_secret(name) || secret::looks_like_a_key(text) {
        true => Hidden::new(value),
        false => Hidden::in_messages(text),
    }
}

/// How tokens are asked for.
pub(crate) struct TokenCalls<'a> {
    pub http: &'a Http,
    pub catalog: &'a Url,
    /// Of the connection. Polaris picks the realm by one, so they go to the catalog's own origin; to no other.
    pub headers: &'a HeaderMap,
    pub mask: &'a Arc<Mask>,
    /// For one request.
    pub time: Duration,
}

/// Puts credentials on requests.
pub(crate) enum Authenticator {
    None,
    Bearer(SecretString),
    Lent(Lent),
    OAuth2 {
        tokens: Tokens<TokenEndpoint>,
        exchanges: bool,
    },
    SigV4(Box<(sigv4::Signer, Keys)>),
}

impl Authenticator {
    pub fn new(auth: Auth, calls: &TokenCalls<'_>) -> Result<Self, Error> {
        Ok(match auth {
            Auth::None => Self::None,
            Auth::Bearer(token) => Self::Bearer(token),
            Auth::Lent { token, renewal } => Self::Lent(Lent::new(token, renewal)),
            Auth::OAuth2 {
                client_id,
                client_secret,
                token_url,
                asks,
                subject,
            } => {
                let exchanges = subject.is_some();
                let url = Url::parse(&token_url)
                    .ok()
                    .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
                let url = url
                    .ok_or_else(|| Error::invalid("The token address is no http or https URL."))?;
                calls.http.permit(&url)?;
                let grant = Grant {
                    client_id,
                    client_secret,
                    basic: asks.basic,
                    parameters: asks.into_parameters()?,
                    subject,
                };
                let tokens = Tokens::new(TokenEndpoint::new(calls, url, grant));
                Self::OAuth2 { tokens, exchanges }
            }
            Auth::SigV4 {
                region,
                signing_name,
                credentials,
                double_encode_path,
            } => {
                let named = [("region", &region), ("signing_name", &signing_name)];
                if let Some((what, _)) = named.into_iter().find(|(_, text)| !is_region(text)) {
                    return Err(Error::invalid(format!(
                        "The {what} of a signature is letters, digits and hyphens, like eu-central-1 or s3tables."
                    )));
                }
                let keys = Keys::new(credentials, &region, calls)?;
                let signer = sigv4::Signer {
                    region,
                    signing_name,
                    double_encode_path,
                };
                Self::SigV4(Box::new((signer, keys)))
            }
        })
    }

    /// Authorises the request. The token, or the secret key, is returned where another may take its place after a
    /// 401.
    pub async fn authorise(
        &self,
        request: &mut reqwest::Request,
    ) -> Result<Option<SecretString>, Error> {
        match self {
            Self::None => Ok(None),
            Self::Bearer(token) => bearer(request, token).map(|()| None),
            Self::Lent(lent) => {
                let token = lent.token();
                bearer(request, &token)?;
                Ok(Some(token))
            }
            Self::OAuth2 { tokens, .. } => {
                let token = tokens.token().await?;
                bearer(request, &token)?;
                Ok(Some(token))
            }
            Self::SigV4(signed) => {
                let (signer, keys) = &**signed;
                let (keys, replaceable) = keys.now().await?;
                signer.sign(request, &keys)?;
                Ok(replaceable.then_some(keys.secret_access_key))
            }
        }
    }

    /// Asks for the token, or the keys, of the next call, where none is at hand. Whether it did; what fails, fails that
    /// call as well.
    pub async fn prepare(&self) -> bool {
        match self {
            Self::OAuth2 { tokens, .. } => tokens.prepare().await,
            Self::SigV4(signed) => match &signed.1 {
                Keys::Lent(tokens) => tokens.prepare().await,
                Keys::Configured(_) => false,
            },
            Self::None | Self::Bearer(_) | Self::Lent(_) => false,
        }
    }

    /// Says that `token` was refused. True when it is worth trying again.
    pub async fn renew(&self, token: Option<&SecretString>) -> bool {
        match (self, token) {
            (Self::Lent(lent), Some(token)) => lent.renew(token).await,
            (Self::OAuth2 { tokens, .. }, Some(token)) => tokens.forget(token),
            (Self::SigV4(signed), Some(secret)) => match &signed.1 {
                Keys::Lent(tokens) => tokens.forget(secret),
                Keys::Configured(_) => false,
            },
            _ => false,
        }
    }

    /// How calls are authorised.
    pub fn sign_in(&self) -> SignIn {
        match self {
            Self::None => SignIn::None,
            Self::Bearer(_) => SignIn::Bearer,
            Self::Lent(_) => SignIn::Lent,
            Self::OAuth2 {
                exchanges: true, ..
            } => SignIn::Exchange,
            Self::OAuth2 { .. } => SignIn::OAuth2,
            Self::SigV4(signed) => SignIn::SigV4 {
                double_encode_path: signed.0.double_encode_path,
            },
        }
    }
}

/// Whether it can be the name of a region or of a service in a signature. It may become part of a host
/// name, where anything else would choose another host.
pub fn is_region(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=63).contains(&text.len()) && text.bytes().all(fits)
}

fn bearer(request: &mut reqwest::Request, token: &SecretString) -> Result<(), Error> {
    let mut value = HeaderValue::from_str(&format!(
        "Bearer {}",
        token.expose_secret()
    ))
    .map_err(|_| {
        Error::invalid(
            "The token holds characters that no header can carry. Was it copied with a line break?",
        )
    })?;
    value.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, value);
    Ok(())
}
