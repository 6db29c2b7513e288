use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{
        PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
        UriPathNormalizationMode, sign,
    },
    sign::v4,
};
use reqwest::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::error::Error;

/// Signs requests with AWS Signature Version 4.
pub(crate) struct Signer {
    pub region: String,
    pub signing_name: String,
    pub access_key_id: String,
    pub secret_access_key: SecretString,
    pub session_token: Option<SecretString>,
    pub double_encode_path: bool,
}

impl Signer {
    /// Signs the exact bytes of the request's path, query and body.
    pub fn sign(&self, request: &mut reqwest::Request) -> Result<(), Error> {
        self.sign_at(request, SystemTime::now())
    }

    pub(super) fn sign_at(
        &self,
        request: &mut reqwest::Request,
        time: SystemTime,
    ) -> Result<(), Error> {
        let token = self
            .session_token
            .as_ref()
            .map(|token| token.expose_secret().to_owned());
        let secret = self.secret_access_key.expose_secret();
        let identity =
            Credentials::new(&self.access_key_id, secret, token, None, "connection").into();
        let mut settings = SigningSettings::default();
        settings.percent_encoding_mode = if self.double_encode_path {
            PercentEncodingMode::Double
        } else {
            PercentEncodingMode::Single
        };
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let unsignable = |_| {
            Error::invalid(
                "The request cannot be signed. Check region, signing_name and access_key_id.",
            )
        };
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(&self.signing_name)
            .time(time)
            .settings(settings)
            .build()
            .map_err(|_| {
                Error::invalid("The request cannot be signed. Check region and signing_name.")
            })?
            .into();
        let body = request
            .body()
            .and_then(reqwest::Body::as_bytes)
            .unwrap_or_default();
        let signable = SignableRequest::new(
            request.method().as_str(),
            request.url().as_str(),
            std::iter::empty(),
            SignableBody::Bytes(body),
        )
        .map_err(unsignable)?;
        let (instructions, _) = sign(signable, &params).map_err(unsignable)?.into_parts();
        let (headers, _) = instructions.into_parts();
        for header in headers {
            let name = HeaderName::from_static(header.name());
            let mut value = HeaderValue::from_str(header.value()).map_err(|_| {
                Error::invalid("The session token holds characters that no header can carry.")
            })?;
            value.set_sensitive(header.sensitive());
            request.headers_mut().insert(name, value);
        }
        Ok(())
    }
}
