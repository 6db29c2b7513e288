//! The one question asked of an object store: is the bucket there for these keys?

use std::time::Duration;

use reqwest::{Method, Request, header::LOCATION};
use secrecy::SecretString;
use url::Url;

use crate::{
    auth::sigv4::Signer,
    error::{Error, ErrorKind},
    ident::encode_segment,
    operation::Route,
    outbound::{self, Http},
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
    pub name: String,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: SecretString,
    pub session_token: Option<SecretString>,
}

/// `HEAD /{bucket}`, path style (Amazon S3 API, HeadBucket). Kinds of errors: `NotFound`,
/// `Forbidden`, `Redirect` (the bucket is in another region), `BadRequest`, and those below HTTP.
pub async fn head_bucket(http: &Http, bucket: Bucket) -> Result<(), Error> {
    let endpoint = match &bucket.endpoint {
        Some(endpoint) => endpoint.trim_end_matches('/').to_owned(),
        None => format!("https://s3.{}.amazonaws.com", bucket.region),
    };
    let url = Url::parse(&format!("{endpoint}/{}", encode_segment(&bucket.name)))
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| Error::invalid("The object store's address is no http or https URL."))?;
    http.permit(&url)?;
    let mut request = Request::new(Method::HEAD, url);
    let signer = Signer {
        region: bucket.region,
        signing_name: "s3".to_owned(),
        access_key_id: bucket.access_key_id,
        secret_access_key: bucket.secret_access_key,
        session_token: bucket.session_token,
        double_encode_path: false,
    };
    signer.sign(&mut request)?;
    let answer = tokio::time::timeout(PATIENCE, http.client.execute(request))
        .await
        .map_err(|_| {
            Error::new(
                ErrorKind::TimedOut,
                ROUTE,
                "The object store did not answer in time.",
            )
        })?
        .map_err(|error| outbound::from_reqwest(ROUTE, &error))?;
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
