//! Signatures made by AWS' own library.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{
        PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
        UriPathNormalizationMode, sign as signature,
    },
    sign::v4::SigningParams,
};
use sample_catalog::{Dialect, SampleAuth, connections};

/// How one request was signed; the recording names service and region, and its answer tells the rest.
pub struct Signing {
    pub service: String,
    pub region: String,
    pub access_key_id: String,
    pub secret: String,
    pub path_twice: bool,
    pub payload_header: bool,
}

impl Signing {
    /// With the sample's own key.
    pub fn right() -> Self {
        let sample = connections("")
            .into_iter()
            .find(|one| one.dialect == Dialect::S3Tables);
        let Some(SampleAuth::SigV4 {
            region,
            access_key_id,
            secret_access_key,
        }) = sample.map(|one| one.auth)
        else {
            panic!("S3 Tables is signed for")
        };
        let secret = secret_access_key;
        Self {
            service: "s3tables".into(),
            region,
            access_key_id,
            secret,
            path_twice: true,
            payload_header: true,
        }
    }

    /// Headers to add to a request.
    pub fn headers(&self, method: &str, path: &str, body: &str) -> Vec<(String, String)> {
        let identity =
            Credentials::new(&self.access_key_id, &self.secret, None, None, "test").into();
        let mut settings = SigningSettings::default();
        settings.percent_encoding_mode = if self.path_twice {
            PercentEncodingMode::Double
        } else {
            PercentEncodingMode::Single
        };
        settings.payload_checksum_kind = if self.payload_header {
            PayloadChecksumKind::XAmzSha256
        } else {
            PayloadChecksumKind::NoHeader
        };
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let params = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(&self.service)
            .time(SystemTime::now())
            .settings(settings)
            .build()
            .expect("parameters")
            .into();
        let url = format!("http://127.0.0.1:8181{path}");
        let request = SignableRequest::new(
            method,
            &url,
            std::iter::empty(),
            SignableBody::Bytes(body.as_bytes()),
        );
        let (instructions, _) = signature(request.expect("a request"), &params)
            .expect("a signature")
            .into_parts();
        let (headers, _) = instructions.into_parts();
        headers
            .into_iter()
            .map(|header| (header.name().to_owned(), header.value().to_owned()))
            .collect()
    }
}
