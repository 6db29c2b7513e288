//! The way out of AWS's library: it makes no connection of its own.

use std::{fmt, time::Duration};

use aws_sdk_sts::config::{HttpClient, RuntimeComponents, http};
use aws_smithy_runtime_api::client::{
    http::{HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
    result::ConnectorError,
};
use aws_smithy_types::body::SdkBody;
use oauth2::HttpRequest;
use url::Url;

use crate::{
    error::{Error, ErrorKind},
    outbound::{AwsMetadata, Http},
};

/// That of the connection; for one that acts as this machine, also that to where AWS gives it keys.
#[derive(Clone)]
pub(super) struct Way {
    pub http: Http,
    metadata: Option<AwsMetadata>,
    /// For one request.
    time: Duration,
}

impl Way {
    pub fn new(http: Http, time: Duration, ambient: bool) -> Result<Self, Error> {
        Ok(Self {
            http,
            metadata: ambient.then(AwsMetadata::new).transpose()?,
            time,
        })
    }

    async fn send(self, request: http::HttpRequest) -> Result<http::HttpResponse, Error> {
        let unsendable = || Error::invalid("The request of AWS's library cannot be sent.");
        let request = request.try_into_http1x().map_err(|_| unsendable())?;
        let (parts, body) = request.into_parts();
        let body = body.bytes().ok_or_else(unsendable)?.to_vec();
        let url = Url::parse(&parts.uri.to_string()).map_err(|_| unsendable())?;
        let request = HttpRequest::from_parts(parts, body);
        let answer = match &self.metadata {
            Some(metadata) if AwsMetadata::is_at(&url) => {
                metadata.send(&url, request, self.time).await?
            }
            _ => self.http.send(request, self.time).await?,
        };
        http::HttpResponse::try_from(answer.map(SdkBody::from))
            .map_err(|_| Error::invalid("The answer has headers that AWS's library cannot read."))
    }
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Way")
    }
}

impl HttpClient for Way {
    /// Of its patience with an instance's metadata the library says how long it is.
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let time = settings.read_timeout().unwrap_or(self.time);
        SharedHttpConnector::new(Self {
            time: time.min(self.time),
            ..self.clone()
        })
    }
}

impl HttpConnector for Way {
    fn call(&self, request: http::HttpRequest) -> HttpConnectorFuture {
        let way = self.clone();
        HttpConnectorFuture::new(async move {
            way.send(request).await.map_err(|error| match error.kind {
                ErrorKind::TimedOut => ConnectorError::timeout(error.into()),
                _ => ConnectorError::io(error.into()),
            })
        })
    }
}
