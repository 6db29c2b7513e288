//! Calls to a provider: through the one guarded client, in five seconds, with at most a MiB of answer.

use std::{
    pin::Pin,
    time::{Duration, Instant},
};

use http::{Request, StatusCode, header::ACCEPT};
use iceberg_rest::{ErrorKind, Http, Unreachable};
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use serde::de::DeserializeOwned;
use url::Url;

use super::{Failure, Misconfigured, Reason};

/// For one call in whole.
const DEADLINE: Duration = Duration::from_secs(5);

/// Cheap to clone.
#[derive(Clone)]
pub(super) struct Caller {
    http: Http,
    label: String,
}

impl Caller {
    pub fn new(http: Http, label: &str) -> Self {
        let label = label.to_owned();
        Self { http, label }
    }

    /// A failure at this provider.
    pub fn failure(&self, reason: Reason) -> Failure {
        Failure {
            provider: self.label.clone(),
            reason,
        }
    }

    /// What a document of the provider says.
    pub async fn document<T: DeserializeOwned>(&self, url: &Url) -> Result<T, Failure> {
        let request = Request::builder()
            .uri(url.as_str())
            .header(ACCEPT, "application/json")
            .body(Vec::new());
        let wrong = |what| self.failure(Reason::Misconfigured(what));
        let answer = self
            .send(request.map_err(|_| wrong(Misconfigured::Address))?)
            .await?;
        if answer.status() != StatusCode::OK {
            return Err(wrong(Misconfigured::Status(answer.status().as_u16())));
        }
        serde_json::from_slice(answer.body()).map_err(|_| wrong(Misconfigured::NotJson))
    }

    /// The answer, unless the provider cannot give one now.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let started = Instant::now();
        let path = request.uri().path().to_owned();
        let sent = self.http.send(request, DEADLINE).await;
        tracing::info!(
            provider = self.label,
            path,
            status = sent.as_ref().ok().map(|answer| answer.status().as_u16()),
            // Holds no word of the answer.
            error = sent.as_ref().err().map(|error| error.message.as_str()),
            ms = started.elapsed().as_millis() as u64,
            "provider call"
        );
        let answer = sent.map_err(|error| self.failure(reason(error.kind)))?;
        let status = answer.status();
        match status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            true => Err(self.failure(Reason::Unavailable(status.as_u16()))),
            false => Ok(answer),
        }
    }
}

fn reason(kind: ErrorKind) -> Reason {
    Reason::Misconfigured(match kind {
        ErrorKind::TimedOut => return Reason::Slow,
        ErrorKind::Unreachable(why) => return Reason::Unreachable(why),
        ErrorKind::TooLarge { .. } => Misconfigured::TooLarge,
        ErrorKind::Redirect => Misconfigured::Redirect,
        ErrorKind::Blocked | ErrorKind::Invalid => Misconfigured::Address,
        ErrorKind::Malformed => Misconfigured::NotJson,
        // The rest is said of statuses, which are answers here.
        _ => return Reason::Unreachable(Unreachable::Other),
    })
}

impl<'c> AsyncHttpClient<'c> for Caller {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
