//! One call: auth, request, limits, and a line in the log. Never a body or a secret in it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use reqwest::{
    Method, Request,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use secrecy::SecretString;
use serde::Serialize;
use url::Url;

use super::Server;
use crate::{
    decode::{self, Headers, Response},
    error::{Error, ErrorKind, Unreachable},
    mask::{MASKED, Mask},
    operation::Route,
    outbound,
};

/// Longest `Retry-After` that is waited for, in seconds.
const MAX_WAIT: u64 = 2;
/// Times a read is sent again after 429 or 503.
const RETRIES: u32 = 2;

/// A success, or 304.
pub(crate) struct Received {
    pub status: u16,
    pub headers: Headers,
    pub body: Vec<u8>,
}

impl Received {
    pub fn as_response(&self) -> Response<'_> {
        Response {
            status: self.status,
            headers: &self.headers,
            body: &self.body,
        }
    }
}

/// What is sent, but for the headers that every request has.
struct Call<'a> {
    method: Method,
    route: Route,
    url: Url,
    headers: &'a [(HeaderName, HeaderValue)],
    body: Option<Body>,
}

impl Call<'_> {
    fn is_read(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }
}

/// The body of a change.
pub(crate) struct Body {
    json: Vec<u8>,
    /// What stands in it and must not come back in a message, even when the server echoes it.
    secrets: Vec<SecretString>,
}

impl Body {
    pub fn new(route: Route, value: &impl Serialize) -> Result<Self, Error> {
        let json = serde_json::to_vec(value)
            .map_err(|error| Error::new(ErrorKind::Invalid, route, error.to_string()))?;
        let masked = MASKED.as_bytes();
        if json.windows(masked.len()).any(|part| part == masked) {
            let message = format!(
                "Not sent: it holds {MASKED}, which stands where a secret is not shown. Written back, it would take the secret's place."
            );
            return Err(Error::new(ErrorKind::Invalid, route, message));
        }
        Ok(Self {
            json,
            secrets: Vec::new(),
        })
    }

    pub fn with_secrets<'a>(mut self, secrets: impl IntoIterator<Item = &'a SecretString>) -> Self {
        self.secrets = secrets.into_iter().cloned().collect();
        self
    }
}

impl Headers {
    pub(crate) fn from_map(map: &HeaderMap) -> Self {
        Self::from_pairs(
            map.iter()
                .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))),
        )
    }
}

impl Server {
    pub(crate) async fn get(
        &self,
        route: Route,
        url: Url,
        headers: &[(HeaderName, HeaderValue)],
    ) -> Result<Received, Error> {
        let (method, body) = (Method::GET, None);
        self.send(Call {
            method,
            route,
            url,
            headers,
            body,
        })
        .await
    }

    pub(crate) async fn head(&self, route: Route, url: Url) -> Result<Received, Error> {
        self.send(Call {
            method: Method::HEAD,
            route,
            url,
            headers: &[],
            body: None,
        })
        .await
    }

    /// A change: sent once, and again only with a new token after a 401, which did nothing. When nobody
    /// can tell whether it happened, the error is [`ErrorKind::CommitStateUnknown`].
    pub(crate) async fn write(
        &self,
        route: Route,
        url: Url,
        body: Option<Body>,
    ) -> Result<Received, Error> {
        let method = match route.method {
            "PUT" => Method::PUT,
            "DELETE" => Method::DELETE,
            _ => Method::POST,
        };
        self.send(Call {
            method,
            route,
            url,
            headers: &[],
            body,
        })
        .await
    }

    async fn send(&self, call: Call<'_>) -> Result<Received, Error> {
        let started = Instant::now();
        let route = call.route;
        let sent = AtomicBool::new(false);
        let attempts = self.attempts(&call, &sent);
        let limit = self.0.limits.call_time;
        let result = tokio::time::timeout(limit, attempts)
            .await
            .unwrap_or_else(|_| {
                let message = format!(
                    "The server did not finish its answer within {} s.",
                    limit.as_secs_f32()
                );
                Err(Error::new(ErrorKind::TimedOut, route, message))
            })
            .map_err(
                |error| match !call.is_read() && sent.load(Ordering::Relaxed) {
                    true => uncertain(error),
                    false => error,
                },
            );
        let (status, request_id) = match &result {
            Ok(received) => (
                Some(received.status),
                received.headers.request_id.as_deref(),
            ),
            Err(error) => (error.status, error.request_id.as_deref()),
        };
        tracing::info!(
            method = route.method,
            path = route.template,
            status,
            ms = started.elapsed().as_millis() as u64,
            request_id,
            kind = result
                .as_ref()
                .err()
                .map(|error| tracing::field::debug(error.kind)),
            "catalog call"
        );
        result
    }

    /// `sent` says whether the last request may have reached the server.
    async fn attempts(&self, call: &Call<'_>, sent: &AtomicBool) -> Result<Received, Error> {
        let mut retries = 0;
        let mut renewed = false;
        let given = call.body.as_ref().map_or(&[][..], |body| &body.secrets);
        let given = Mask::of(given);
        loop {
            sent.store(false, Ordering::Relaxed);
            let mut request = Request::new(call.method.clone(), call.url.clone());
            let map = request.headers_mut();
            map.extend(self.0.headers.clone());
            map.insert(ACCEPT, HeaderValue::from_static("application/json"));
            map.extend(call.headers.iter().cloned());
            if let Some(body) = &call.body {
                map.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                *request.body_mut() = Some(body.json.clone().into());
            }
            let token = self.0.auth.authorise(&mut request).await?;
            if let Some(token) = &token {
                self.0.mask.learn(token);
            }
            let error = match self.exchange(call.route, request, sent, &given).await {
                Ok(received) => return Ok(received),
                Err(error) => self.advise(given.error(self.0.mask.error(error))),
            };
            if error.kind == ErrorKind::Unauthenticated
                && !renewed
                && self.0.auth.renew(token.as_ref()).await
            {
                renewed = true;
                continue;
            }
            match (error.status, error.retry_after) {
                (Some(429 | 503), Some(wait))
                    if call.is_read() && retries < RETRIES && wait <= MAX_WAIT =>
                {
                    retries += 1;
                    tokio::time::sleep(Duration::from_secs(wait)).await;
                }
                _ => return Err(error),
            }
        }
    }

    async fn exchange(
        &self,
        route: Route,
        request: Request,
        sent: &AtomicBool,
        given: &Mask,
    ) -> Result<Received, Error> {
        sent.store(true, Ordering::Relaxed);
        let answer = self.0.http.client.execute(request).await.map_err(|error| {
            sent.store(!error.is_connect(), Ordering::Relaxed);
            outbound::from_reqwest(route, &error)
        })?;
        let status = answer.status().as_u16();
        let mut headers = Headers::from_map(answer.headers());
        headers.request_id = given.id(self.0.mask.id(headers.request_id));
        let mut body = read_body(route, answer, self.0.limits.body_bytes)
            .await
            .map_err(|mut error| {
                let details = error.details_mut();
                details.status = Some(status);
                details.request_id = headers.request_id.clone();
                error
            })?;
        self.0.mask.body(&mut body);
        given.body(&mut body);
        let received = Received {
            status,
            headers,
            body,
        };
        decode::check(route, &received.as_response())?;
        Ok(received)
    }

    /// Adds what to check about the credentials that the catalog refused.
    fn advise(&self, error: Error) -> Error {
        let refused = matches!(
            error.kind,
            ErrorKind::Unauthenticated | ErrorKind::Forbidden
        );
        match self.0.auth.hint(&error).filter(|_| refused) {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

/// The error of a change that went out: some leave open whether it happened.
fn uncertain(mut error: Error) -> Error {
    let open = match error.status {
        Some(200..300 | 500 | 502 | 504) => true,
        Some(_) => false,
        None => matches!(
            error.kind,
            ErrorKind::TimedOut
                | ErrorKind::Malformed
                | ErrorKind::Unreachable(Unreachable::Reset | Unreachable::Other)
        ),
    };
    if open {
        error.details_mut().kind = ErrorKind::CommitStateUnknown;
        return error.hint("The change may have happened: reload to see.");
    }
    error
}

/// The whole body, counted after decompression while it arrives.
pub(crate) async fn read_body(
    route: Route,
    mut answer: reqwest::Response,
    limit: u64,
) -> Result<Vec<u8>, Error> {
    let too_large = || {
        let message = format!(
            "The server's answer is longer than {} MiB, the limit for one answer.",
            limit / (1024 * 1024)
        );
        Error::new(ErrorKind::TooLarge { limit_bytes: limit }, route, message)
    };
    let announced = answer.content_length().unwrap_or_default();
    if announced > limit && route.method != "HEAD" {
        return Err(too_large());
    }
    let mut body = Vec::with_capacity(announced.min(1024 * 1024) as usize);
    while let Some(chunk) = answer
        .chunk()
        .await
        .map_err(|error| outbound::from_reqwest(route, &error))?
    {
        if body.len() as u64 + chunk.len() as u64 > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
