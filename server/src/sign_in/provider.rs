//! Signing in at a provider of OpenID Connect.

use std::time::Duration;

use ::sign_in::oidc::{Attempt, Callback, Failure, Provider, Reason, Settings};
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, header, request::Parts},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use backend::{Said, Who, audit, people::unusable};
use iceberg_rest::{HttpOptions, http_client};
use model::{
    error::{AppError, Kind},
    paths::{Query, SIGN_IN},
    person::Way,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use store::now;
use url::Url;

use super::{Door, kept::Kept, password::to};
use crate::{config::Error, fault};

/// A provider that does not even take the connection by then is away.
const CONNECT: Duration = Duration::from_secs(3);

pub fn made(settings: &Settings) -> Result<Provider, Error> {
    let failed = |error: &dyn std::fmt::Display| {
        Error::new(format_args!("provider “{}”: {error}", settings.id))
    };
    let http = http_client(HttpOptions {
        guard: iceberg_rest::Guard::Usual,
        user_agent: concat!("crowsnest/", env!("CARGO_PKG_VERSION")),
        connect_timeout: CONNECT,
        ..HttpOptions::default()
    })
    .map_err(|error| failed(&error))?;
    Provider::new(settings.clone(), http).map_err(|error| failed(&error))
}

impl Door {
    fn provider(&self, id: &str) -> Result<&Provider, AppError> {
        self.provider_of(id).ok_or_else(|| {
            AppError::new(Kind::NotFound, "There is no such provider.")
                .hint("Choose one on the page for signing in.")
        })
    }

    fn address(&self, path: &str) -> Result<Url, AppError> {
        let odd = |_| AppError::new(Kind::Console, "`public_url` cannot be used.");
        self.0.public.join(path).map_err(odd)
    }

    fn back_from(&self, provider: &str) -> Result<Url, AppError> {
        self.address(&format!("{SIGN_IN}/back/{provider}"))
    }

    /// Where the browser goes, and the cookie that it comes back with.
    async fn lead(&self, id: &str, query: &str, request: &Parts) -> Result<Response, AppError> {
        let provider = self.provider(id)?;
        let about = self.about(request);
        self.try_once(None, &about).await?;
        let begun = provider.begin(&self.back_from(id)?).await;
        let (url, attempt) = begun.map_err(|failure| failed(&failure))?;
        let needed = json!({
            "attempt": attempt.to_secret().expose_secret(),
            "to": to(&Query::parse(query)),
        });
        let needed = SecretString::from(needed.to_string());
        let secret = self
            .store()?
            .begin_attempt(id, &needed, now())
            .await
            .map_err(unusable)?;
        let state = state(url.query().unwrap_or_default());
        let cookie = self.0.cookies.add(&request.headers, &state, &secret);
        let cookie = AppendHeaders([(header::SET_COOKIE, cookie)]);
        Ok((cookie, Redirect::to(url.as_str())).into_response())
    }

    /// Takes somebody in who comes back.
    async fn arrived(
        &self,
        id: &str,
        query: &Query,
        headers: &HeaderMap,
        about: Said,
    ) -> Result<Response, AppError> {
        let provider = self.provider(id)?;
        let state = query.text("state");
        let other = || {
            AppError::new(
                Kind::NotSignedIn, "This sign-in was not begun in this browser, took longer than ten minutes, or has come back before.")
                .hint("Begin again.")
        };
        let store = self.store()?;
        let (secret, left) = self.0.cookies.take(headers, &state).ok_or_else(other)?;
        let needed = store
            .take_attempt(id, &secret, now())
            .await
            .map_err(unusable)?;
        let needed =
            needed.and_then(|needed| serde_json::from_str::<Value>(needed.expose_secret()).ok());
        let needed = needed.ok_or_else(other)?;
        let text = |key: &str| needed[key].as_str().unwrap_or_default().to_owned();
        let attempt = Attempt::from_secret(&text("attempt").into()).ok_or_else(other)?;
        let callback = Callback {
            state: &state,
            code: query.get("code"),
            error: query.get("error"),
            iss: query.get("iss"),
        };
        let signed_in = match provider.finish(attempt, callback).await {
            Ok(signed_in) => signed_in,
            Err(failure) => {
                // What they had by the provider's earlier word goes with it.
                if let Reason::NoRole(_, subject) = &failure.reason {
                    let issuer = &provider.settings().issuer;
                    store.forfeit(issuer, subject).await.map_err(unusable)?;
                }
                let who = Who::new(about);
                let object = provider.settings().label.clone();
                audit::note(
                    store,
                    &who,
                    "authn_login_fail",
                    &object,
                    "refused",
                    vec![failure.message()],
                )
                .await;
                return Err(failed(&failure));
            }
        };
        let (issuer, subject) = signed_in.identity.key();
        let (name, role) = (&signed_in.identity.name, signed_in.identity.role.word());
        let person = store
            .arrive(issuer, subject, name, role, now())
            .await
            .map_err(unusable)?;
        if person.disabled {
            let who = Who::new(about);
            audit::note(
                store,
                &who,
                "authn_login_fail",
                &person.name,
                "refused",
                Vec::new(),
            )
            .await;
            return Err(
                AppError::new(Kind::Forbidden, "You may not come in here any more.")
                    .hint("Ask an admin of this Crowsnest."),
            );
        }
        let mut kept = Kept {
            provider: id.to_owned(),
            subject: subject.to_owned(),
            id_token: signed_in.id_token.expose_secret().to_owned(),
            ..Kept::default()
        };
        kept.take(&signed_in.tokens);
        let begun = self
            .begin(&person, Way::Provider, about, headers, &kept)
            .await?;
        let cookies = AppendHeaders([(header::SET_COOKIE, begun), (header::SET_COOKIE, left)]);
        Ok((cookies, Redirect::to(&text("to"))).into_response())
    }
}

/// `GET /sign-in/at/{provider}`: to the provider.
pub async fn begin(
    State(door): State<Door>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    request: Parts,
) -> Response {
    let led = door.lead(&id, &query.unwrap_or_default(), &request).await;
    led.unwrap_or_else(|error| fault::error(&error, SIGN_IN))
}

/// `GET /sign-in/back/{provider}`: from the provider.
pub async fn back(
    State(door): State<Door>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    request: Parts,
) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let about = door.about(&request);
    let arrived = door.arrived(&id, &query, &request.headers, about).await;
    arrived.unwrap_or_else(|error| fault::error(&error, SIGN_IN))
}

/// `GET /sign-in/out/{provider}`: to where somebody signs out at the provider, too, once they have here.
pub async fn out(State(door): State<Door>, Path(id): Path<String>, request: Parts) -> Response {
    let led = async {
        let provider = door.provider(&id)?;
        let gone = || {
            AppError::new(Kind::NotSent, "Crowsnest cannot lead you to where you sign out there: that was asked for before, or too late.").hint("Sign out at the provider itself.")
        };
        let (secret, left) = door
            .0
            .cookies
            .take(&request.headers, OUT)
            .ok_or_else(gone)?;
        let taken = door.store()?.take_attempt(OUT, &secret, now()).await;
        let id_token = taken.map_err(unusable)?.ok_or_else(gone)?;
        let url = provider
            .logout_url(&id_token, &door.address(SIGN_IN)?)
            .await;
        let url = url.ok_or_else(|| {
            AppError::new(
                Kind::Unsupported,
                "The provider has no such place, or cannot be reached.",
            )
            .hint("Sign out at the provider itself.")
        })?;
        let cookie = AppendHeaders([(header::SET_COOKIE, left)]);
        Ok::<_, AppError>((cookie, Redirect::to(url.as_str())).into_response())
    };
    led.await
        .unwrap_or_else(|error| fault::error(&error, SIGN_IN))
}

/// What a sign-out at a provider stands under, in the place of the provider and of the state.
pub const OUT: &str = "sign-out";

fn state(query: &str) -> String {
    Query::parse(query).text("state")
}

/// What went wrong, as a page.
fn failed(failure: &Failure) -> AppError {
    let kind = match &failure.reason {
        Reason::Unreachable(_) | Reason::Unavailable(_) => Kind::Unreachable,
        Reason::Slow => Kind::TimedOut,
        Reason::NoRole(..) => Kind::Forbidden,
        Reason::Misconfigured(_) => Kind::Malformed,
        _ => Kind::NotSignedIn,
    };
    AppError::new(kind, failure.message()).hint(failure.hint())
}
