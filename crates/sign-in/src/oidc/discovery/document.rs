use oauth2::AuthType;
use openidconnect::core::CoreJsonWebKeySet;
use serde::Deserialize;
use url::Url;

use super::Discovery;
use crate::oidc::{Failure, Misconfigured, Reason, settings::is_protected};

/// What has to be known to ask a provider.
#[derive(Clone)]
pub(in crate::oidc) struct Known {
    pub authorization: Url,
    pub token: Url,
    pub end_session: Option<Url>,
    /// Where tokens are given back, RFC 7009.
    pub revocation: Option<Url>,
    /// Whether it says who it is in what the browser brings back, RFC 9207.
    pub sends_issuer: bool,
    /// Where it reads the secret.
    pub auth_type: AuthType,
    pub keys: CoreJsonWebKeySet,
    pub keys_url: Url,
}

/// As far as it matters.
#[derive(Deserialize)]
struct Document {
    issuer: Option<String>,
    authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    end_session_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
    jwks_uri: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Discovery {
    /// What the provider says of itself now, and its keys.
    pub(super) async fn ask(&self) -> Result<Known, Failure> {
        let document: Document = self.0.caller.document(&self.0.document).await?;
        let wrong = |what| self.0.caller.failure(Reason::Misconfigured(what));
        // §4.3: exactly, as text.
        if document.issuer.as_ref() != Some(&self.0.issuer) {
            return Err(wrong(Misconfigured::Issuer));
        }
        let endpoint = |name: &'static str, text: Option<&String>| {
            let text = text.ok_or_else(|| wrong(Misconfigured::Missing(name)))?;
            let url = Url::parse(text).ok();
            let url = url.filter(|url| is_protected(url, self.0.is_local));
            url.ok_or_else(|| wrong(Misconfigured::Insecure(name)))
        };
        let keys_url = endpoint("jwks_uri", document.jwks_uri.as_ref())?;
        // Nobody needs these to come in.
        let optional = |name, text: Option<&String>| {
            let told = endpoint(name, Some(text?));
            let told =
                told.inspect_err(|why| tracing::warn!(%why, "a provider's endpoint is not used"));
            told.ok()
        };
        Ok(Known {
            authorization: endpoint(
                "authorization_endpoint",
                document.authorization_endpoint.as_ref(),
            )?,
            token: endpoint("token_endpoint", document.token_endpoint.as_ref())?,
            end_session: optional(
                "end_session_endpoint",
                document.end_session_endpoint.as_ref(),
            ),
            revocation: optional("revocation_endpoint", document.revocation_endpoint.as_ref()),
            sends_issuer: document.authorization_response_iss_parameter_supported,
            auth_type: auth_type(document.token_endpoint_auth_methods_supported.as_deref()),
            keys: self.0.caller.document(&keys_url).await?,
            keys_url,
        })
    }
}

/// In the header, which is the default (§3), unless it is said that the body alone is read.
fn auth_type(methods: Option<&[String]>) -> AuthType {
    let has = |name: &str| methods.is_some_and(|list| list.iter().any(|method| method == name));
    match has("client_secret_post") && !has("client_secret_basic") {
        true => AuthType::RequestBody,
        false => AuthType::BasicAuth,
    }
}
