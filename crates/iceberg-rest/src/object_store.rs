//! The one question asked of an object store: is the bucket there for these keys?

use std::time::Duration;

use reqwest::{Method, Request, header::LOCATION};
use secrecy::SecretString;
use url::Url;

use crate::{
    auth::{AwsKeys, is_region, sigv4::Signer},
    aws,
    client::Base,
    error::{Error, ErrorKind},
    ident::encode_segment,
    operation::Route,
    outbound::Http,
};

const ROUTE: Route = Route {
    method: "HEAD",
    template: "/{bucket}",
};

/// The whole call, a name's resolution included.
const PATIENCE: Duration = Duration::from_secs(15);

/// A bucket and the keys to ask with.
#[derive(Debug)]
pub struct Bucket {
    /// Of an S3-compatible store; `None`: Amazon S3 in `region`.
    pub endpoint: Option<String>,
    /// Its name.
    pub name: String,
    /// AWS region that the request is signed for.
    pub region: String,
    /// Of the key pair; no secret.
    pub access_key_id: String,
    /// Signs, and is never sent.
    pub secret_access_key: SecretString,
    /// Of temporary credentials.
    pub session_token: Option<SecretString>,
}

/// `HEAD /{bucket}`, path style (Amazon S3 API, HeadBucket). Kinds of errors: `NotFound`,
/// `Forbidden`, `Redirect` (the bucket is in another region), `BadRequest`, and those below HTTP.
pub async fn head_bucket(http: &Http, bucket: Bucket) -> Result<(), Error> {
    let url = address(&bucket)?;
    http.permit(&url)?;
    let mut request = Request::new(Method::HEAD, url.clone());
    let signer = Signer {
        region: bucket.region,
        signing_name: "s3".to_owned(),
        double_encode_path: false,
    };
    let keys = AwsKeys {
        access_key_id: bucket.access_key_id,
        secret_access_key: bucket.secret_access_key,
        session_token: bucket.session_token,
    };
    signer.sign(&mut request, &keys)?;
    let answer = http.execute(ROUTE, request, PATIENCE).await;
    let answer = answer.map_err(|failed| http.told(failed.error, &url))?;
    let elsewhere = answer.headers().contains_key("x-amz-bucket-region")
        || answer.headers().contains_key(LOCATION);
    let (kind, message) = match answer.status().as_u16() {
        200..=299 => return Ok(()),
        300..=399 => (ErrorKind::Redirect, "The bucket is in another region."),
        400 if elsewhere => (ErrorKind::Redirect, "The bucket is in another region."),
        401 | 403 => (
            ErrorKind::Forbidden,
            "The object store refuses these keys for the bucket.",
        ),
        404 => (ErrorKind::NotFound, "The bucket does not exist."),
        400..=499 => (
            ErrorKind::BadRequest,
            "The object store does not accept the request.",
        ),
        _ => (
            ErrorKind::ServerError,
            "The object store failed on its own side.",
        ),
    };
    let mut error = Error::new(kind, ROUTE, message);
    error.details_mut().status = Some(answer.status().as_u16());
    Err(error)
}

/// The host is the endpoint's, or the one that the region names and no other.
fn address(bucket: &Bucket) -> Result<Url, Error> {
    let base = match &bucket.endpoint {
        Some(endpoint) => Base::parse(endpoint)?,
        None if !is_region(&bucket.region) => {
            return Err(Error::invalid(
                "The region is no name of an AWS region, such as eu-central-1.",
            ));
        }
        None => {
            let domain = aws::domain(&bucket.region);
            Base::parse(&format!("https://s3.{}.{domain}", bucket.region))?
        }
    };
    base.join(&format!("/{}", encode_segment(&bucket.name)))
}

#[cfg(test)]
mod tests {
    use super::{Bucket, address};

    fn host(endpoint: Option<&str>, region: &str, name: &str) -> Option<String> {
        let bucket = Bucket {
            endpoint: endpoint.map(str::to_owned),
            name: name.to_owned(),
            region: region.to_owned(),
            access_key_id: String::new(),
            secret_access_key: "".into(),
            session_token: None,
        };
        address(&bucket).ok()?.host_str().map(str::to_owned)
    }

    #[test]
    fn a_region_chooses_no_other_host() {
        assert_eq!(
            host(None, "eu-central-1", "lake").as_deref(),
            Some("s3.eu-central-1.amazonaws.com")
        );
        assert_eq!(
            host(None, "eusc-de-east-1", "lake").as_deref(),
            Some("s3.eusc-de-east-1.amazonaws.eu")
        );
        for region in [
            "x@127.0.0.1:443/?",
            "127.0.0.1/",
            "evil.example#",
            "evil.example\\",
            "evil.example",
            "a:1@b",
            "a\tb",
            "%2e",
            "",
        ] {
            assert_eq!(host(None, region, "lake"), None, "{region}");
        }
    }

    #[test]
    fn an_endpoint_is_a_plain_address_and_a_bucket_one_segment_of_it() {
        let endpoint = Some("http://minio:9000/");
        assert_eq!(
            host(endpoint, "any", "ware/house").as_deref(),
            Some("minio")
        );
        for name in ["..", "."] {
            assert_eq!(host(endpoint, "any", name), None, "{name}");
        }
        for endpoint in ["http://u:p@minio", "http://minio/?", "ftp://minio", "minio"] {
            assert_eq!(host(Some(endpoint), "any", "lake"), None, "{endpoint}");
        }
    }
}
