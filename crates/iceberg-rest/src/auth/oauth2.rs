use std::{pin::Pin, sync::Arc, time::Duration};

use oauth2::{
    AsyncHttpClient, AuthType, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, RequestTokenError, Scope, StandardRevocableToken, TokenResponse, TokenUrl,
    basic::{
        BasicClient, BasicErrorResponse, BasicRevocationErrorResponse,
        BasicTokenIntrospectionResponse, BasicTokenResponse,
    },
};
use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, timeout};
use url::Url;

use super::TokenCalls;
use crate::{
    decode::{self, Headers, Response},
    error::{Error, ErrorKind},
    mask::Mask,
    operation::{Operation, Route},
    outbound::{Http, Room, Rooms, read_body},
};

const ROUTE: Route = Operation::GetToken.route();

/// Longest token answer that is read, in bytes.
const MAX_ANSWER: u64 = 1024 * 1024;

/// Another token is asked for this long before one expires, or at half of a shorter life.
const MARGIN: Duration = Duration::from_secs(60);

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

type Exchanged = Result<BasicTokenResponse, RequestTokenError<Error, BasicErrorResponse>>;

/// Gives tokens by the client credentials grant.
pub(crate) struct TokenEndpoint {
    http: Http,
    headers: HeaderMap,
    mask: Arc<Mask>,
    client: TokenClient,
    scopes: Vec<Scope>,
    time: Duration,
}

pub(crate) struct Token {
    pub value: SecretString,
    /// When another is asked for; `None`: the server does not say how long this one lives, and it is
    /// used until refused.
    pub renew_at: Option<Instant>,
    pub expires_at: Option<Instant>,
}

impl TokenEndpoint {
    pub fn new(
        calls: &TokenCalls<'_>,
        client_id: String,
        client_secret: SecretString,
        url: &Url,
        scope: Option<&str>,
    ) -> Self {
        let client = BasicClient::new(ClientId::new(client_id))
            .set_client_secret(ClientSecret::new(client_secret.expose_secret().to_owned()))
            // Polaris and most others read the body; the Basic header is encoded in ways that servers disagree on.
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(TokenUrl::from_url(url.clone()));
        let scopes = scope
            .into_iter()
            .flat_map(|scope| scope.split_whitespace())
            .map(|scope| Scope::new(scope.to_owned()))
            .collect();
        Self {
            http: calls.http.clone(),
            headers: match url.origin() == calls.catalog.origin() {
                true => calls.headers.clone(),
                false => HeaderMap::new(),
            },
            mask: calls.mask.clone(),
            client,
            scopes,
            time: calls.time,
        }
    }

    /// Boxed, and not through a closure: rustc would lose sight of the fact that it is `Send`.
    fn exchange(&self) -> Pin<Box<dyn Future<Output = Exchanged> + Send + '_>> {
        let request = self
            .client
            .exchange_client_credentials()
            .add_scopes(self.scopes.iter().cloned());
        Box::pin(request.request_async(self))
    }

    /// Asked once: whoever keeps the outcome decides when it is worth asking again.
    pub async fn request(&self) -> Result<Token, Error> {
        let started = Instant::now();
        let exchanged = timeout(self.time, self.exchange()).await;
        let exchanged = exchanged.unwrap_or_else(|_| {
            let message = format!(
                "The token endpoint did not answer within {} s.",
                self.time.as_secs_f32()
            );
            let error = Error::new(ErrorKind::TimedOut, ROUTE, message);
            Err(RequestTokenError::Request(error))
        });
        let answer = exchanged.map_err(|error| match error {
            RequestTokenError::Request(error) => error,
            RequestTokenError::ServerResponse(answer) => {
                let said = Error::new(ErrorKind::Unauthenticated, ROUTE, answer.error().as_ref());
                self.mask.error(said)
            }
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Error::new(
                ErrorKind::Malformed,
                ROUTE,
                "The token address answered with something else than a token. Check token_url.",
            ),
        });
        tracing::info!(
            method = ROUTE.method,
            path = "token endpoint",
            ok = answer.is_ok(),
            ms = started.elapsed().as_millis() as u64,
            "catalog call"
        );
        let answer = answer?;
        let life = answer.expires_in();
        Ok(Token {
            value: SecretString::from(answer.access_token().secret().as_str()),
            renew_at: life.and_then(|life| started.checked_add(life - MARGIN.min(life / 2))),
            expires_at: life.and_then(|life| started.checked_add(life)),
        })
    }

    async fn post(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        let mut request = reqwest::Request::try_from(request)
            .map_err(|_| Error::invalid("The token address cannot be used."))?;
        for (name, value) in &self.headers {
            request.headers_mut().append(name, value.clone());
        }
        let answer = self.http.execute(ROUTE, request, self.time).await;
        let answer = answer.map_err(|failed| failed.error)?;
        let status = answer.status();
        let headers = Headers::from_map(answer.headers());
        let mut passed = HttpResponse::new(Vec::new());
        *passed.status_mut() = status;
        *passed.headers_mut() = answer.headers().clone();
        // It never grows beyond what needs no room.
        let mut room = Room::new(&Rooms::default(), Duration::ZERO);
        let mut body = read_body(ROUTE, answer, MAX_ANSWER, &mut room).await?;
        self.mask.body(&mut body);
        *passed.body_mut() = body;
        let response = Response {
            status: status.as_u16(),
            headers: &headers,
            body: passed.body(),
        };
        match decode::check(ROUTE, &response) {
            Ok(()) => Ok(passed),
            Err(error) => Err(hinted(self.mask.error(error))),
        }
    }
}

impl<'c> AsyncHttpClient<'c> for TokenEndpoint {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.post(request))
    }
}

fn hinted(error: Error) -> Error {
    match (error.kind, error.type_on_wire.as_deref()) {
        (_, Some("invalid_scope")) => error.hint("Check scope."),
        (ErrorKind::Unauthenticated, _) => error.hint("Check client_id and client_secret."),
        (ErrorKind::Unsupported | ErrorKind::NotFound | ErrorKind::Redirect, _) => {
            error.hint("Check token_url.")
        }
        _ => error,
    }
}
