//! Tokens by the client credentials grant, RFC 6749 §4.4, of providers as they are.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{
    Method, Request,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::time::{Instant, timeout};
use url::{Url, form_urlencoded};

use super::TokenCalls;
use crate::{
    decode::{self, Headers, Response},
    error::{Error, ErrorKind, Shape, WireError},
    mask::Mask,
    operation::{Operation, Route},
    outbound::{Http, Room, Rooms, read_body},
    types::lenient,
};

const ROUTE: Route = Operation::GetToken.route();

/// Longest token answer that is read, in bytes.
const MAX_ANSWER: u64 = 1024 * 1024;

/// Another token is asked for this long before one expires, or at half of a shorter life.
const MARGIN: Duration = Duration::from_secs(60);

/// Who asks, and for what.
pub(crate) struct Grant {
    pub client_id: String,
    pub client_secret: SecretString,
    /// Parameters of the request besides.
    pub parameters: Vec<(&'static str, String)>,
    /// The secret stands in the header and never in the body.
    pub basic: bool,
}

/// Gives tokens.
pub(crate) struct TokenEndpoint {
    http: Http,
    headers: HeaderMap,
    mask: Arc<Mask>,
    url: Url,
    grant: Grant,
    /// Of the two ways to say who asks, the one that works: the header.
    basic: AtomicBool,
    time: Duration,
}

pub(crate) struct Token {
    pub value: SecretString,
    /// When another is asked for; `None`: the server does not say how long this one lives, and it is
    /// used until refused.
    pub renew_at: Option<Instant>,
    pub expires_at: Option<Instant>,
}

/// As far as it matters. Providers leave `token_type` out, and write numbers as text.
#[derive(Deserialize)]
struct Answer {
    #[serde(default, deserialize_with = "lenient::text")]
    access_token: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    expires_in: Option<String>,
}

impl TokenEndpoint {
    pub fn new(calls: &TokenCalls<'_>, url: Url, grant: Grant) -> Self {
        Self {
            http: calls.http.clone(),
            headers: match url.origin() == calls.catalog.origin() {
                true => calls.headers.clone(),
                false => HeaderMap::new(),
            },
            mask: calls.mask.clone(),
            basic: AtomicBool::new(grant.basic),
            url,
            grant,
            time: calls.time,
        }
    }

    /// Asked once: whoever keeps the outcome decides when it is worth asking again.
    pub async fn request(&self) -> Result<Token, Error> {
        let started = Instant::now();
        let asked = timeout(self.time, self.ask()).await.unwrap_or_else(|_| {
            let message = format!(
                "The token endpoint did not answer within {} s.",
                self.time.as_secs_f32()
            );
            Err(Error::new(ErrorKind::TimedOut, ROUTE, message))
        });
        tracing::info!(
            method = ROUTE.method,
            path = "token endpoint",
            ok = asked.is_ok(),
            ms = started.elapsed().as_millis() as u64,
            "catalog call"
        );
        let (value, life) = asked.map_err(|mut error| {
            error.details_mut().asked.address = Some(self.place());
            error
        })?;
        Ok(Token {
            value,
            renew_at: life.and_then(|life| started.checked_add(life - MARGIN.min(life / 2))),
            expires_at: life.and_then(|life| started.checked_add(life)),
        })
    }

    /// A token and how long it lives. Most providers read the secret in the body, Polaris among them; some read
    /// the header only, and say of the body that they do not know the client.
    async fn ask(&self) -> Result<(SecretString, Option<Duration>), Error> {
        let basic = self.basic.load(Ordering::Relaxed);
        let refused = match self.post(basic).await {
            Err(error) if !basic && !self.grant.client_id.is_empty() && is_of_client(&error) => {
                error
            }
            asked => return asked,
        };
        match self.post(true).await {
            Ok(token) => {
                self.basic.store(true, Ordering::Relaxed);
                Ok(token)
            }
            // It knows the client now, and has another reason.
            Err(error) if error.kind == ErrorKind::BadRequest && error.type_on_wire.is_some() => {
                Err(error)
            }
            Err(_) => Err(refused),
        }
    }

    async fn post(&self, basic: bool) -> Result<(SecretString, Option<Duration>), Error> {
        let request = self.write(basic)?;
        let answer = self.http.execute(ROUTE, request, self.time).await;
        let answer = answer.map_err(|failed| failed.error)?;
        let (status, headers) = (
            answer.status().as_u16(),
            Headers::from_map(answer.headers()),
        );
        // It never grows beyond what needs no room.
        let mut room = Room::new(&Rooms::default(), Duration::ZERO);
        let mut body = read_body(ROUTE, answer, MAX_ANSWER, &mut room).await?;
        self.mask.body(&mut body);
        let response = Response {
            status,
            headers: &headers,
            body: &body,
        };
        decode::check(ROUTE, &response).map_err(|error| self.named(self.mask.error(error)))?;
        self.read(&response)
    }

    fn write(&self, basic: bool) -> Result<Request, Error> {
        let (id, secret) = (
            self.grant.client_id.as_str(),
            self.grant.client_secret.expose_secret(),
        );
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if !basic {
            form.append_pair("client_id", id)
                .append_pair("client_secret", secret);
        }
        form.extend_pairs(&self.grant.parameters);
        let mut request = Request::new(Method::POST, self.url.clone());
        *request.body_mut() = Some(form.finish().into());
        let map = request.headers_mut();
        map.extend(self.headers.clone());
        map.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let encoding = HeaderValue::from_static("application/x-www-form-urlencoded");
        map.insert(CONTENT_TYPE, encoding);
        if basic {
            // RFC 6749 §2.3.1: each is encoded as in a form before.
            let [id, secret] = [id, secret]
                .map(|text| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
            let credentials = STANDARD.encode(format!("{id}:{secret}"));
            let mut value = HeaderValue::from_str(&format!("Basic {credentials}"))
                .map_err(|_| Error::invalid("The client's secret cannot be sent."))?;
            value.set_sensitive(true);
            map.insert(AUTHORIZATION, value);
        }
        Ok(request)
    }

    fn read(&self, response: &Response<'_>) -> Result<(SecretString, Option<Duration>), Error> {
        let other = |what: &str| {
            let (place, status) = (self.place(), response.status);
            let message = format!("The token address {place} answered {status} {what}.");
            Error::new(ErrorKind::Malformed, ROUTE, message)
        };
        let answer: Answer =
            decode::json(ROUTE, response).map_err(|_| other("with something else than a token"))?;
        let Some(token) = answer.access_token.filter(|token| !token.is_empty()) else {
            let wire = WireError::parse(response.body);
            return Err(match wire.shape {
                // Some providers say no with a success.
                Shape::OAuth => {
                    let kind = ErrorKind::Unauthenticated;
                    let mut said = Error::new(kind, ROUTE, wire.message);
                    let details = said.details_mut();
                    (details.shape, details.type_on_wire) = (Some(wire.shape), wire.type_on_wire);
                    self.mask.error(said)
                }
                _ => other("without `access_token`"),
            });
        };
        let seconds = answer.expires_in.and_then(|text| text.trim().parse().ok());
        // Below zero it is no time.
        let life = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Ok((token.into(), life))
    }

    /// Where the answer has no words of a provider, something else may stand at the address: it is named.
    fn named(&self, mut error: Error) -> Error {
        let (place, status) = (self.place(), error.status.unwrap_or_default());
        let said = match error.shape {
            _ if error.kind == ErrorKind::Redirect => None,
            Some(Shape::Empty) => Some("without a word".to_owned()),
            Some(Shape::Html) => Some("with an HTML page".to_owned()),
            Some(Shape::Text) => Some(format!("with a text: {}", error.message)),
            _ => None,
        };
        if let Some(said) = said {
            error.details_mut().message =
                format!("The token address {place} answered {status} {said}.");
        }
        error
    }

    /// Where it is, without what may be secret in an address.
    fn place(&self) -> String {
        let origin = self.url.origin().ascii_serialization();
        format!("{origin}{}", self.url.path())
    }
}

/// Whether the provider says that it does not know the client, or cannot tell who asks.
fn is_of_client(error: &Error) -> bool {
    match error.type_on_wire.as_deref() {
        Some(name) => name == "invalid_client",
        None => error.status == Some(401),
    }
}
