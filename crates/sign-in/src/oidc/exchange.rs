//! Codes and refresh tokens for tokens, RFC 6749 §4.1.3 and §6.

use std::{fmt, pin::Pin, time::Duration};

use oauth2::{
    AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    ExtraTokenFields, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError,
    StandardRevocableToken, StandardTokenResponse, TokenResponse, TokenUrl,
    basic::{
        BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
        BasicTokenType,
    },
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{
    Attempt, Failure, Misconfigured, Reason, Refusal, Settings, call::Caller, discovery::Known,
};

/// What calls are made with in a person's name.
#[derive(Debug)]
pub struct Tokens {
    /// For calls.
    pub access_token: SecretString,
    /// For [`Provider::refresh`](super::Provider::refresh). Where a refresh brings another, the one before is used up.
    pub refresh_token: Option<SecretString>,
    /// How long the access token lives from now, where the provider says so.
    pub expires_in: Option<Duration>,
}

/// The ID token as text: it is read where it is verified, and what cannot be read is told apart there.
#[derive(Deserialize, Serialize)]
pub(super) struct Extra {
    id_token: Option<String>,
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extra")
    }
}

impl ExtraTokenFields for Extra {}

type Answer = StandardTokenResponse<Extra, BasicTokenType>;

pub(super) type TokenClient = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

type Asked = Result<Answer, RequestTokenError<Failure, BasicErrorResponse>>;

/// Boxed: rustc would lose sight of the fact that it is `Send`.
type Asking<'a> = Pin<Box<dyn Future<Output = Asked> + Send + 'a>>;

pub(super) fn client(settings: &Settings, known: &Known) -> TokenClient {
    let client = Client::new(ClientId::new(settings.client_id.clone()))
        .set_auth_type(known.auth_type.clone())
        .set_auth_uri(AuthUrl::from_url(known.authorization.clone()))
        .set_token_uri(TokenUrl::from_url(known.token.clone()));
    match &settings.client_secret {
        Some(secret) => {
            client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()))
        }
        None => client,
    }
}

/// Tokens for the code of an attempt, and the ID token if it came.
pub(super) async fn by_code(
    client: TokenClient,
    caller: &Caller,
    code: &str,
    attempt: &Attempt,
) -> Result<(Tokens, Option<SecretString>), Failure> {
    let redirect_uri = RedirectUrl::from_url(attempt.redirect_uri.clone());
    let client = client.set_redirect_uri(redirect_uri);
    let request = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
    let asking: Asking<'_> = Box::pin(request.request_async(caller));
    tokens(caller, asking.await)
}

/// Tokens for a refresh token, and the ID token if it came.
pub(super) async fn by_refresh_token(
    client: TokenClient,
    caller: &Caller,
    refresh_token: &SecretString,
) -> Result<(Tokens, Option<SecretString>), Failure> {
    let refresh_token = RefreshToken::new(refresh_token.expose_secret().to_owned());
    let request = client.exchange_refresh_token(&refresh_token);
    let asking: Asking<'_> = Box::pin(request.request_async(caller));
    tokens(caller, asking.await)
}

fn tokens(caller: &Caller, asked: Asked) -> Result<(Tokens, Option<SecretString>), Failure> {
    let answer = asked.map_err(|error| match error {
        RequestTokenError::Request(failure) => failure,
        RequestTokenError::ServerResponse(said) => {
            caller.failure(Reason::Refused(Refusal::of(said.error().as_ref())))
        }
        // The words are of the library, and of the answer.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            caller.failure(Reason::Misconfigured(Misconfigured::NotToken))
        }
    })?;
    let tokens = Tokens {
        access_token: answer.access_token().secret().as_str().into(),
        refresh_token: answer
            .refresh_token()
            .map(|token| token.secret().as_str().into()),
        expires_in: answer.expires_in(),
    };
    let id_token = answer.extra_fields().id_token.as_deref();
    Ok((tokens, id_token.map(SecretString::from)))
}
