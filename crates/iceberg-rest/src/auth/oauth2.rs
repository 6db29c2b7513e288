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
use tokio::{sync::Mutex, time::Instant};
use url::Url;

use crate::{
    client::read_body,
    decode::{self, Headers, Response},
    error::{Error, ErrorKind},
    mask::Mask,
    operation::{Operation, Route},
    outbound::{self, Http},
};

const ROUTE: Route = Operation::GetToken.route();

/// Longest token answer that is read, in bytes.
const MAX_ANSWER: u64 = 1024 * 1024;

/// A token is replaced this long before it expires, or at half of a shorter life.
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

/// Gets tokens by the client credentials grant and keeps the last one. Callers that come together share one request.
pub(crate) struct TokenSource {
    http: Http,
    headers: HeaderMap,
    mask: Arc<Mask>,
    client: TokenClient,
    scopes: Vec<Scope>,
    current: Mutex<Option<Token>>,
}

struct Token {
    value: SecretString,
    /// `None`: the server does not say; it is used until refused.
    fresh_until: Option<Instant>,
}

impl TokenSource {
    pub fn new(
        http: Http,
        headers: HeaderMap,
        mask: Arc<Mask>,
        client_id: String,
        client_secret: SecretString,
        token_url: &Url,
        scope: Option<String>,
    ) -> Result<Self, Error> {
        let client = BasicClient::new(ClientId::new(client_id))
            .set_client_secret(ClientSecret::new(client_secret.expose_secret().to_owned()))
            // Polaris and most others read the body; the Basic header is encoded in ways that servers disagree on.
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(TokenUrl::from_url(token_url.clone()));
        let scopes = scope
            .iter()
            .flat_map(|scope| scope.split_whitespace())
            .map(|scope| Scope::new(scope.to_owned()))
            .collect();
        Ok(Self {
            http,
            headers,
            mask,
            client,
            scopes,
            current: Mutex::new(None),
        })
    }

    /// A token that is still good for a while. The lock is held while asking, so that one request serves all.
    pub async fn token(&self) -> Result<SecretString, Error> {
        let mut current = self.current.lock().await;
        if let Some(token) = current.as_ref()
            && token.fresh_until.is_none_or(|until| Instant::now() < until)
        {
            return Ok(token.value.clone());
        }
        let token = self.request().await?;
        let value = token.value.clone();
        *current = Some(token);
        Ok(value)
    }

    /// Drops `refused` unless another caller has replaced it already.
    pub async fn forget(&self, refused: &SecretString) {
        let mut current = self.current.lock().await;
        if current
            .as_ref()
            .is_some_and(|token| token.value.expose_secret() == refused.expose_secret())
        {
            *current = None;
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

    async fn request(&self) -> Result<Token, Error> {
        let started = Instant::now();
        let answer = self.exchange().await.map_err(|error| match error {
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
        let fresh_until = answer
            .expires_in()
            .and_then(|life| started.checked_add(life - MARGIN.min(life / 2)));
        Ok(Token {
            value: SecretString::from(answer.access_token().secret().as_str()),
            fresh_until,
        })
    }

    async fn post(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        let mut request = reqwest::Request::try_from(request)
            .map_err(|_| Error::invalid("The token address cannot be used."))?;
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, value.clone());
        }
        let answer = self
            .http
            .client
            .execute(request)
            .await
            .map_err(|error| outbound::from_reqwest(ROUTE, &error))?;
        let status = answer.status();
        let headers = Headers::from_map(answer.headers());
        let mut passed = HttpResponse::new(Vec::new());
        *passed.status_mut() = status;
        *passed.headers_mut() = answer.headers().clone();
        let mut body = read_body(ROUTE, answer, MAX_ANSWER).await?;
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

impl<'c> AsyncHttpClient<'c> for TokenSource {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.post(request))
    }
}

fn hinted(error: Error) -> Error {
    match (error.kind, error.type_on_wire.as_deref()) {
        (_, Some("invalid_scope")) => error.hint("Check the scope of the connection."),
        (ErrorKind::Unauthenticated, _) => {
            error.hint("Check client_id and client_secret of the connection.")
        }
        (ErrorKind::Unsupported | ErrorKind::NotFound | ErrorKind::Redirect, _) => {
            error.hint("Check token_url of the connection.")
        }
        _ => error,
    }
}
