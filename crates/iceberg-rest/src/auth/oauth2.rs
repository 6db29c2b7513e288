//! Tokens by the client credentials grant, RFC 6749 §4.4, or in exchange for a person's, RFC 8693, of providers as
//! they are.

use std::{
    mem,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use oauth2::{
    AsyncHttpClient, AuthType, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, RequestTokenError, StandardRevocableToken, TokenResponse, TokenUrl,
    basic::{
        BasicClient, BasicErrorResponse, BasicRevocationErrorResponse,
        BasicTokenIntrospectionResponse, BasicTokenResponse,
    },
};
use reqwest::header::{AUTHORIZATION, HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, timeout};
use url::{Url, form_urlencoded};

use super::{
    TokenCalls,
    tokens::{Source, Token},
};
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

/// What a gateway, a sign-in or a captive portal answers.
const PAGE: &str = "with a web page, which is no token";

type TokenClient = oauth2::Client<
    BasicErrorResponse,
    BasicTokenResponse,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// RFC 8693 §2.1 and §3.
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

type Exchanged = Result<BasicTokenResponse, RequestTokenError<Error, BasicErrorResponse>>;

/// Who asks, and for what.
pub(crate) struct Grant {
    pub client_id: String,
    pub client_secret: SecretString,
    /// Parameters of the request besides.
    pub parameters: Vec<(String, SecretString)>,
    /// The secret stands in the header and never in the body.
    pub basic: bool,
    /// What is exchanged, where something is.
    pub subject: Option<SecretString>,
}

/// Gives tokens.
pub(crate) struct TokenEndpoint {
    http: Http,
    headers: HeaderMap,
    mask: Arc<Mask>,
    url: Url,
    /// Says who asks in the body, and in the header.
    clients: [TokenClient; 2],
    parameters: Vec<(String, SecretString)>,
    subject: Option<SecretString>,
    /// Of the two, the one that works: the header.
    basic: AtomicBool,
    time: Duration,
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
        let clients = [AuthType::RequestBody, AuthType::BasicAuth].map(|auth_type| {
            let client = BasicClient::new(ClientId::new(grant.client_id.clone()))
                .set_auth_type(auth_type)
                .set_token_uri(TokenUrl::from_url(url.clone()));
            match grant.client_secret.expose_secret() {
                // A public client, which exchanges.
                "" if grant.subject.is_some() => client,
                secret => client.set_client_secret(ClientSecret::new(secret.to_owned())),
            }
        });
        Self {
            http: calls.http.clone(),
            headers: match url.origin() == calls.catalog.origin() {
                true => calls.headers.clone(),
                false => HeaderMap::new(),
            },
            mask: calls.mask.clone(),
            basic: AtomicBool::new(grant.basic),
            url,
            clients,
            parameters: grant.parameters,
            subject: grant.subject,
            time: calls.time,
        }
    }

    /// A token and how long it lives. Most providers read the secret in the body, Polaris among them; some read
    /// the header only, and say of the body that they do not know the client.
    async fn ask(&self) -> Result<(SecretString, Option<Duration>), Error> {
        let basic = self.basic.load(Ordering::Relaxed);
        let refused = match self.post(basic).await {
            Err(error)
                if !basic && !self.clients[0].client_id().is_empty() && is_of_client(&error) =>
            {
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
        let answer = self.exchange(basic).await.map_err(|error| match error {
            RequestTokenError::Request(error) => error,
            // What is passed on is what the standard asks for.
            other => Error::new(ErrorKind::Malformed, ROUTE, other.to_string()),
        })?;
        let value = SecretString::from(answer.access_token().secret().as_str());
        Ok((value, answer.expires_in()))
    }

    /// Boxed, and not through a closure: rustc would lose sight of the fact that it is `Send`.
    fn exchange(&self, basic: bool) -> Pin<Box<dyn Future<Output = Exchanged> + Send + '_>> {
        let mut request = self.clients[usize::from(basic)].exchange_client_credentials();
        for (name, value) in &self.parameters {
            request = request.add_extra_param(name.as_str(), value.expose_secret());
        }
        Box::pin(request.request_async(self))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        let mut request = reqwest::Request::try_from(request)
            .map_err(|_| Error::invalid("The token address cannot be used."))?;
        let ours = mem::replace(request.headers_mut(), self.headers.clone());
        request.headers_mut().extend(ours);
        if let Some(credentials) = request.headers_mut().get_mut(AUTHORIZATION) {
            credentials.set_sensitive(true);
        }
        if let (Some(subject), Some(body)) = (&self.subject, request.body_mut()) {
            *body = exchanging(body.as_bytes().unwrap_or_default(), subject).into();
        }
        let answer = self.http.execute(ROUTE, request, self.time).await;
        let answer = answer.map_err(|failed| failed.error)?;
        let (status, headers) = (
            answer.status().as_u16(),
            Headers::from_map(answer.headers()),
        );
        // It never grows beyond what needs no room.
        let mut room = Room::new(&Rooms::default(), Duration::ZERO);
        // Not masked as a whole: another token of the same server begins as the one before.
        let body = read_body(ROUTE, answer, MAX_ANSWER, &mut room).await?;
        let response = Response {
            status,
            headers: &headers,
            body: &body,
        };
        decode::check(ROUTE, &response).map_err(|error| self.named(self.mask.error(error)))?;
        let (token, life) = self.read(&response)?;
        let standard = json!({
            "access_token": token,
            "token_type": "bearer",
            "expires_in": life.map(|life| life.as_secs()),
        });
        Ok(HttpResponse::new(standard.to_string().into_bytes()))
    }

    /// The token and how long it lives, as providers write them.
    fn read(&self, response: &Response<'_>) -> Result<(String, Option<Duration>), Error> {
        let other = |what: &str| {
            let (place, status) = (self.place(), response.status);
            let message = format!("The token address {place} answered {status} {what}.");
            Error::new(ErrorKind::Malformed, ROUTE, message)
        };
        let answer: Answer =
            decode::json(ROUTE, response).map_err(|_| {
                match WireError::parse(response.body).shape {
                    Shape::Html => other(PAGE),
                    Shape::Empty => other("without a word"),
                    _ => other("with something else than a token"),
                }
            })?;
        let token = answer.access_token.map(|token| token.trim().to_owned());
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            let wire = WireError::parse(response.body);
            return Err(match wire.shape {
                // Some providers say no with a success.
                Shape::OAuth => {
                    let kind = ErrorKind::Unauthenticated;
                    let mut said = Error::new(kind, ROUTE, wire.message);
                    let details = said.details_mut();
                    details.said = true;
                    (details.shape, details.type_on_wire) = (Some(wire.shape), wire.type_on_wire);
                    self.mask.error(said)
                }
                _ => other("without `access_token`"),
            });
        };
        let seconds = answer.expires_in.and_then(|text| text.trim().parse().ok());
        // Below zero it is no time.
        let life = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Ok((token, life))
    }

    /// Where the answer has no words of a provider, something else may stand at the address: it is named.
    fn named(&self, mut error: Error) -> Error {
        let (place, status) = (self.place(), error.status.unwrap_or_default());
        let said = match error.shape {
            Some(Shape::Html) => Some(PAGE.to_owned()),
            _ if error.kind == ErrorKind::Redirect => None,
            Some(Shape::Empty) => Some("without a word".to_owned()),
            Some(Shape::Text) => Some(format!("with a text: {}", error.message)),
            _ => None,
        };
        if let Some(said) = said {
            let details = error.details_mut();
            details.said = details.shape == Some(Shape::Text);
            details.message = format!("The token address {place} answered {status} {said}.");
        }
        error
    }

    /// Where it is, without what may be secret in an address.
    fn place(&self) -> String {
        let origin = self.url.origin().ascii_serialization();
        format!("{origin}{}", self.url.path())
    }
}

impl Source for TokenEndpoint {
    type Given = SecretString;

    async fn request(&self) -> Result<Token<SecretString>, Error> {
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
        let (value, life) = asked.map_err(|error| {
            let mut error = self.http.told(error, &self.url);
            error.details_mut().asked.address = Some(self.place());
            error
        })?;
        Ok(Token::new(value, started, life))
    }

    fn secret(given: &SecretString) -> &SecretString {
        given
    }
}

impl<'c> AsyncHttpClient<'c> for TokenEndpoint {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// A request for a token of the client's own, as one to exchange a person's, RFC 8693 §2.1: `oauth2` has none of these,
/// and all else is the same.
fn exchanging(form: &[u8], subject: &SecretString) -> String {
    let rest = form_urlencoded::parse(form).filter(|(name, _)| name != "grant_type");
    form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", EXCHANGE)
        .append_pair("subject_token", subject.expose_secret())
        .append_pair("subject_token_type", ACCESS_TOKEN)
        .append_pair("requested_token_type", ACCESS_TOKEN)
        .extend_pairs(rest)
        .finish()
}

/// Whether the provider says that it does not know the client, or cannot tell who asks.
fn is_of_client(error: &Error) -> bool {
    match error.type_on_wire.as_deref() {
        Some(name) => name == "invalid_client",
        None => error.status == Some(401),
    }
}
