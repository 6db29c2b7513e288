use base64::{Engine, prelude::BASE64_STANDARD};
use http::{
    Request,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use oauth2::{AuthType, HttpRequest};
use secrecy::{ExposeSecret, SecretString};
use url::{
    Url,
    form_urlencoded::{Serializer, byte_serialize},
};

use super::{Failure, Misconfigured, Provider, Reason};

impl Provider {
    /// Gives a refresh token back, and what was given for it with it: nobody uses it any more (RFC 7009 §2.1). Does
    /// nothing where the provider has no place for that.
    ///
    /// Fails where the provider cannot be asked, or does not answer that it is done.
    pub async fn revoke(&self, refresh_token: &SecretString) -> Result<(), Failure> {
        let known = self.discovery.known().await?;
        let Some(url) = &known.revocation else {
            return Ok(());
        };
        let request = self.revocation(url, refresh_token, &known.auth_type)?;
        let status = self.caller.send(request).await?.status();
        match status.is_success() {
            true => Ok(()),
            false => Err(self.wrong(Misconfigured::Status(status.as_u16()))),
        }
    }

    fn revocation(
        &self,
        url: &Url,
        refresh_token: &SecretString,
        auth_type: &AuthType,
    ) -> Result<HttpRequest, Failure> {
        let mut form = Serializer::new(String::new());
        form.append_pair("token", refresh_token.expose_secret())
            .append_pair("token_type_hint", "refresh_token");
        let mut request =
            Request::post(url.as_str()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let id = &self.settings.client_id;
        match (&self.settings.client_secret, auth_type) {
            (Some(secret), AuthType::BasicAuth) => {
                request = request.header(AUTHORIZATION, basic(id, secret.expose_secret()));
            }
            (secret, _) => {
                form.append_pair("client_id", id);
                if let Some(secret) = secret {
                    form.append_pair("client_secret", secret.expose_secret());
                }
            }
        }
        let request = request.body(form.finish().into_bytes());
        request.map_err(|_| self.wrong(Misconfigured::Address))
    }

    fn wrong(&self, what: Misconfigured) -> Failure {
        self.caller.failure(Reason::Misconfigured(what))
    }
}

/// Who asks, in a header: each encoded as in a form, RFC 6749 §2.3.1.
fn basic(client_id: &str, client_secret: &str) -> HeaderValue {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let both = format!("{}:{}", encoded(client_id), encoded(client_secret));
    // Base64 is fit for a header.
    let value = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(both)));
    let mut value = value.unwrap_or(HeaderValue::from_static("Basic"));
    value.set_sensitive(true);
    value
}
