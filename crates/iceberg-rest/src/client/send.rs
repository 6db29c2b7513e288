//! One call: auth, request, limits, and a line in the log. Never a body or a secret in it.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::{
    Method, Request,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use secrecy::SecretString;
use serde::Serialize;
use url::Url;

use super::{
    Limits, Received, Server, masked,
    retry::{pause, uncertain},
};
use crate::{
    decode::{self, Headers},
    dialect::Dialect,
    error::{Asked, Error, ErrorKind},
    mask::{MASKED, Mask},
    operation::{Operation, Route},
    outbound::{Answer, Room, read_body},
};

/// What is sent, but for the headers that every request has.
pub(super) struct Call<'a> {
    pub method: Method,
    pub route: Route,
    pub url: Url,
    pub headers: &'a [(HeaderName, HeaderValue)],
    pub body: Option<Body>,
}

impl Call<'_> {
    fn is_read(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }

    /// How long it may take in all.
    fn time(&self, limits: &Limits) -> Duration {
        if self.is_read() {
            limits.read_time
        } else {
            limits.change_time
        }
    }

    /// How long the server may be silent.
    fn silence(&self, limits: &Limits) -> Duration {
        if self.is_read() {
            limits.silence
        } else {
            limits.change_time
        }
    }
}

/// How far the last attempt of a call came.
#[derive(Default)]
pub(super) struct Progress {
    /// The server may have read the request.
    sent: AtomicBool,
    /// The head of its answer has come.
    answering: AtomicBool,
    /// Why it is sent again: tells more than that there was no time for it.
    before: Mutex<Option<Error>>,
}

/// The body of a change, as JSON.
pub struct Body {
    json: Vec<u8>,
    /// What stands in it and must not come back in a message, even when the server echoes it.
    secrets: Vec<SecretString>,
}

impl Body {
    /// Writes `value` as JSON. Fails with [`ErrorKind::Invalid`] where it holds what stands for a masked secret:
    /// what was shown so must not be written back.
    pub fn new(route: Route, value: &impl Serialize) -> Result<Self, Error> {
        let json = serde_json::to_vec(value)
            .map_err(|error| Error::new(ErrorKind::Invalid, route, error.to_string()))?;
        if let Some(place) = masked::place(&json) {
            let message = format!(
                "Not sent: {place} holds {MASKED}, which stands where a secret is not shown. Written back, it would take the secret's place. Type the value itself there, or leave it out."
            );
            return Err(Error::new(ErrorKind::Invalid, route, message));
        }
        Ok(Self {
            json,
            secrets: Vec::new(),
        })
    }

    /// As it is sent.
    pub(super) fn text(&self) -> &str {
        // JSON is always UTF-8.
        std::str::from_utf8(&self.json).unwrap_or_default()
    }

    /// Names what stands in it and must not come back in an answer, even when the server echoes it.
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
    /// A read, sent again once where that may help. `route` names the call in errors and the log; `url` is made by
    /// [`Server::beside`] or [`Client::address_in`](super::Client::address_in).
    pub async fn get(&self, route: Route, url: Url) -> Result<Received, Error> {
        self.get_with(route, url, &[]).await
    }

    /// The same with one header besides, in place of a configured one of its name.
    ///
    /// Fails with [`ErrorKind::Invalid`] where no header can hold `value`.
    pub async fn get_with_header(
        &self,
        route: Route,
        url: Url,
        (name, value): (&'static str, &str),
    ) -> Result<Received, Error> {
        let invalid = || Error::invalid(format!("“{value}” cannot be sent as {name}."));
        let value = HeaderValue::from_str(value).map_err(|_| invalid())?;
        self.get_with(route, url, &[(HeaderName::from_static(name), value)])
            .await
    }

    /// The same with headers besides.
    pub(super) async fn get_with(
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

    /// A change: sent once, and again only with a new token of the connection's own after a 401, which did nothing; in
    /// a person's name it is theirs to send it again. When nobody
    /// can tell whether it happened, the error is [`ErrorKind::CommitStateUnknown`]. `route` says the method.
    pub async fn write(
        &self,
        route: Route,
        url: Url,
        body: Option<Body>,
    ) -> Result<Received, Error> {
        self.write_with(route, url, body, &[]).await
    }

    /// The same with headers besides.
    pub(super) async fn write_with(
        &self,
        route: Route,
        url: Url,
        body: Option<Body>,
        headers: &[(HeaderName, HeaderValue)],
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
            headers,
            body,
        })
        .await
    }

    async fn send(&self, call: Call<'_>) -> Result<Received, Error> {
        let started = Instant::now();
        let route = call.route;
        let progress = Progress::default();
        let time = call.time(&self.0.limits);
        let attempts = self.attempts(&call, started + time, &progress);
        let result = tokio::time::timeout(time, attempts)
            .await
            .unwrap_or_else(|_| Err(progress.late(route, time)))
            .map_err(|mut error| {
                let details = error.details_mut();
                let inside = call.url.query_pairs().any(|(key, _)| key == "parent");
                let asked = self.asked(inside);
                // That of a token stays.
                let address = details.asked.address.take().or(asked.address);
                details.asked = Asked { address, ..asked };
                match !call.is_read() && progress.sent.load(Ordering::Relaxed) {
                    true => uncertain(error),
                    false => self.0.http.told(error, &call.url),
                }
            });
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
            cause = result
                .as_ref()
                .err()
                .and_then(|error| error.cause.as_ref())
                .map(|cause| cause.chain().collect::<Vec<_>>().join(": ")),
            "catalog call"
        );
        result
    }

    /// Nothing is sent again that could not be before `end`.
    async fn attempts(
        &self,
        call: &Call<'_>,
        end: Instant,
        progress: &Progress,
    ) -> Result<Received, Error> {
        let mut retries = 0;
        let mut renewed = false;
        let given = call.body.as_ref().map_or(&[][..], |body| &body.secrets);
        let given = Arc::new(Mask::of(given));
        loop {
            progress.sent.store(false, Ordering::Relaxed);
            progress.answering.store(false, Ordering::Relaxed);
            let (request, token) = self.request(call).await?;
            let exchanged = self.exchange(call, request, progress, &given);
            let error = match exchanged.await {
                Ok(received) => {
                    self.worked().insert(call.route);
                    return Ok(received);
                }
                Err(error) => of_rights(given.error(self.0.mask.error(error)), self.dialect_hint()),
            };
            let over = error.kind == ErrorKind::Unauthenticated
                || call.is_read() && self.may_be_over(&error, call.route);
            // Also where it is not sent again: whoever does that finds the other token.
            if over && !renewed && self.0.auth.renew(token.as_ref()).await {
                renewed = true;
                if call.is_read() || self.0.person.is_none() {
                    continue;
                }
            }
            match pause(&error, retries).filter(|pause| Instant::now() + *pause < end) {
                Some(pause) if call.is_read() => {
                    retries += 1;
                    *progress.before() = Some(error);
                    tokio::time::sleep(pause).await;
                }
                _ => return Err(error),
            }
        }
    }

    /// The request of a call, and the token in it.
    pub(super) async fn request(
        &self,
        call: &Call<'_>,
    ) -> Result<(Request, Option<SecretString>), Error> {
        let mut request = Request::new(call.method.clone(), call.url.clone());
        let map = request.headers_mut();
        map.extend(self.0.headers.clone());
        map.insert(ACCEPT, HeaderValue::from_static("application/json"));
        for (name, value) in call.headers {
            map.insert(name, value.clone());
        }
        if let Some(body) = &call.body {
            map.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            *request.body_mut() = Some(body.json.clone().into());
        }
        let token = self.0.auth.authorise(&mut request).await?;
        if let Some(token) = &token {
            self.0.mask.learn(token);
        }
        Ok((request, token))
    }

    /// The head of the answer.
    pub(super) async fn answer(
        &self,
        call: &Call<'_>,
        request: Request,
        progress: &Progress,
    ) -> Result<Answer, Error> {
        progress.sent.store(true, Ordering::Relaxed);
        let silence = call.silence(&self.0.limits);
        let exchanged = self.0.http.execute(call.route, request, silence);
        let answer = exchanged.await.map_err(|failed| {
            progress.sent.store(failed.sent, Ordering::Relaxed);
            failed.error
        })?;
        progress.answering.store(true, Ordering::Relaxed);
        Ok(answer)
    }

    async fn exchange(
        &self,
        call: &Call<'_>,
        request: Request,
        progress: &Progress,
        given: &Arc<Mask>,
    ) -> Result<Received, Error> {
        let (route, limits) = (call.route, &self.0.limits);
        let patience = call.time(limits) / 2;
        let place = self.0.bulkhead.enter(route, patience).await?;
        let answer = self.answer(call, request, progress).await?;
        let status = answer.status().as_u16();
        let mut headers = Headers::from_map(answer.headers());
        headers.request_id = given.id(self.0.mask.id(headers.request_id));
        let mut room = Room::new(&self.0.bulkhead.rooms, patience);
        let body = read_body(route, answer, limits.of(route), &mut room)
            .await
            .map_err(|mut error| {
                let details = error.details_mut();
                details.status = Some(status);
                details.request_id = headers.request_id.clone();
                error
            })?;
        drop(place);
        let masks = [self.0.mask.clone(), given.clone()];
        let received = Received::masked((status, headers), (body, room), masks).await;
        decode::check(route, &received.as_response())?;
        Ok(received)
    }

    /// Whether a read may have failed for its token, though the server does not call it unauthenticated: the words
    /// say so, or it answers 501 to what works. Cloudflare R2 does, once a token is over.
    fn may_be_over(&self, error: &Error, route: Route) -> bool {
        match error.status {
            Some(501) => is_core(route) || self.worked().contains(&route),
            Some(400..=499) => error.says_the_token_is_over(),
            _ => false,
        }
    }

    /// The calls that have worked.
    fn worked(&self) -> MutexGuard<'_, HashSet<Route>> {
        let worked = self.0.worked.lock();
        worked.unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of a call before it is answered.
    pub(super) fn asked(&self, inside: bool) -> Asked {
        Asked {
            address: Some(self.0.base.as_str().to_owned()),
            sign_in: Some(self.0.auth.sign_in()),
            person: self.0.person.clone(),
            dialect: self.dialect_hint(),
            inside,
            proxied: self.0.http.is_proxied(),
        }
    }
}

fn is_core(route: Route) -> bool {
    let mut operations = Operation::ALL.iter();
    operations.any(|operation| operation.is_core() && operation.route() == route)
}

/// Lakekeeper says 401 where a right is missing, and names it by the type alone.
fn of_rights(mut error: Error, dialect: Option<Dialect>) -> Error {
    let right = error.type_on_wire.as_deref() == Some("Unauthorized");
    if dialect == Some(Dialect::Lakekeeper) && right && error.status == Some(401) {
        error.details_mut().kind = ErrorKind::Forbidden;
    }
    error
}

impl Progress {
    fn before(&self) -> MutexGuard<'_, Option<Error>> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The error of a call whose time is over.
    fn late(&self, route: Route, time: Duration) -> Error {
        let time = time.as_secs_f32();
        let message = if self.answering.load(Ordering::Relaxed) {
            format!("The server's answer arrives too slowly: it was not complete within {time} s.")
        } else {
            format!("The server did not answer within {time} s.")
        };
        let before = self.before().take();
        before.unwrap_or_else(|| Error::new(ErrorKind::TimedOut, route, message))
    }
}
