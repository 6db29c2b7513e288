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

use super::aws::AwsKeys;
use crate::error::Error;

/// Signs requests with AWS Signature Version 4.
pub(crate) struct Signer {
    pub region: String,
    pub signing_name: String,
    pub double_encode_path: bool,
}

impl Signer {
    /// Signs the exact bytes of the request's path, query and body.
    pub fn sign(&self, request: &mut reqwest::Request, keys: &AwsKeys) -> Result<(), Error> {
        self.sign_at(request, keys, SystemTime::now())
    }

    pub(super) fn sign_at(
        &self,
        request: &mut reqwest::Request,
        keys: &AwsKeys,
        time: SystemTime,
    ) -> Result<(), Error> {
        let identity = Credentials::from(keys).into();
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{AwsKeys, Signer};

    const ARN: &str = "https://s3tables.us-east-1.amazonaws.com/iceberg/v1/arn%3Aaws%3As3tables%3Aus-east-1%3A123456789012%3Abucket%2Fanalytics/namespaces";
    const NAMES: &str = "http://127.0.0.1:9000/iceberg/v1/wh/namespaces/a%1F%C3%BC%20b/tables?pageToken=&pageSize=1000";

    fn signature(
        url: &str,
        signing_name: &str,
        session_token: Option<&str>,
        double_encode_path: bool,
    ) -> String {
        let signer = Signer {
            region: "us-east-1".to_owned(),
            signing_name: signing_name.to_owned(),
            double_encode_path,
        };
        let keys = AwsKeys {
            access_key_id: "AKIDEXAMPLE".to_owned(),
            secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
            session_token: session_token.map(Into::into),
        };
        let mut request = reqwest::Request::new(reqwest::Method::GET, url.parse().unwrap());
        // 2026-11-21 12:00:00 UTC
        signer
            .sign_at(
                &mut request,
                &keys,
                UNIX_EPOCH + Duration::from_secs(1_795_262_400),
            )
            .unwrap();
        assert!(request.headers().contains_key("x-amz-content-sha256"));
        assert_eq!(request.headers()["x-amz-date"], "20261121T120000Z");
        let authorization = request.headers()["authorization"].to_str().unwrap();
        authorization
            .rsplit_once("Signature=")
            .unwrap()
            .1
            .to_owned()
    }

    /// Made with botocore: `SigV4Auth` encodes the path twice, `S3SigV4Auth` once.
    #[test]
    fn signs_as_botocore_does() {
        for (url, name, token, double, expected) in [
            (
                ARN,
                "s3tables",
                None,
                true,
                "4aac4d46d617194932064b8986d26a75ca8a420a8e61813089c0d11519ea5a83",
            ),
            (
                ARN,
                "s3tables",
                None,
                false,
                "927458d6f412b637d3319d172e545725a78e80ac0126299a75a3d535eead2147",
            ),
            (
                NAMES,
                "s3tables",
                None,
                true,
                "e8def6b9499f546446fc4f23dca88ce5caf1174149817b6c44fbeafc1f20fa4c",
            ),
            (
                NAMES,
                "s3tables",
                None,
                false,
                "a00e7b6fe20551f782a41fcaf0529cf185aeee31b480d76af0d2b8dbb741b7b3",
            ),
            (
                NAMES,
                "glue",
                Some("TOKEN/with+chars=="),
                true,
                "3f4992301673c91a3b814c9fd724e2f0916f69fd6fa4dd96f611aca35493bc4d",
            ),
        ] {
            assert_eq!(
                signature(url, name, token, double),
                expected,
                "{url} {name} {double}"
            );
        }
    }
}
