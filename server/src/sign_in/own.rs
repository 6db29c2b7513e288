//! What somebody changes of themselves: sessions, tokens, their password.

use axum::{
    Router,
    extract::{Extension, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use backend::{Session, Who, audit, people::unusable, tasks::to_its_end};
use model::{
    error::{AppError, Kind},
    form::{
        DAYS, HANDLE, NAME, NEW_PASSWORD, OPERATION, PASSWORD, PERSON_ROLE,
        operation::{END, END_ALL, MAKE_TOKEN, REVOKE_TOKEN, SET_PASSWORD},
    },
    paths::{Query, SIGN_IN, YOU},
    person::{Role, Way},
};
use secrecy::{ExposeSecret, SecretString};
use store::now;

use super::{Door, kept::Kept, provider::OUT};
use crate::{
    fault,
    forms::{Answer, Form, SMALL, form},
};

/// Milliseconds.
const DAY: i64 = 86_400_000;
/// The longest that a token lasts, in days.
const LONGEST: i64 = 365;
const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");

pub fn routes(door: &Door) -> Router {
    let door = door.clone();
    Router::new().route(
        YOU,
        form(SMALL, move |form| whole(change(door.clone(), form))),
    )
}

/// A change of somebody, to its end, whoever leaves meanwhile.
pub async fn whole<T: Send + 'static>(
    change: impl Future<Output = Result<T, AppError>> + Send + 'static,
) -> Result<T, AppError> {
    let changed = to_its_end(change).await;
    changed.unwrap_or_else(|_| Err(AppError::lost()))
}

/// `POST /sign-out`: here first, whatever a provider does. What the browser kept for whoever comes next goes, too.
pub async fn sign_out(
    State(door): State<Door>,
    Extension(session): Extension<Session>,
    headers: HeaderMap,
) -> Response {
    let left = to_its_end(leave(door, session, headers)).await;
    left.unwrap_or_else(|_| fault::error(&AppError::lost(), SIGN_IN))
}

async fn leave(door: Door, session: Session, headers: HeaderMap) -> Response {
    let headers = &headers;
    let mut to = format!("{SIGN_IN}?out=yes");
    let mut cookies = vec![(header::SET_COOKIE, door.0.cookies.end())];
    let said = session.who().said();
    door.0.memory.forget(&said.id);
    door.0.registry.end_of(&said.session);
    door.0.registry.end_of(&said.id);
    if let (Some(secret), Ok(store)) = (door.0.cookies.session(headers), door.store()) {
        let kept = store.kept(&secret).await.ok().flatten();
        if let Err(error) = store.end_session(&secret).await {
            return fault::error(&unusable(error), SIGN_IN);
        }
        let name = session.who().said().name.clone();
        audit::note(
            store,
            session.who(),
            "session_logout",
            &name,
            "done",
            Vec::new(),
        )
        .await;
        let kept = kept.map(|kept| Kept::read(&kept)).unwrap_or_default();
        door.give_back(&kept);
        if !kept.provider.is_empty()
            && let Ok(secret) = store
                .begin_attempt(OUT, &kept.id_token.as_str().into(), now())
                .await
        {
            cookies.push((
                header::SET_COOKIE,
                door.0.cookies.add(headers, OUT, &secret),
            ));
            to = format!("{SIGN_IN}{}", Query::default().and("out", &kept.provider));
        }
    }
    cookies.push((CLEAR, HeaderValue::from_static("\"cache\", \"storage\"")));
    let mut response = Redirect::to(&to).into_response();
    for (name, value) in cookies {
        response.headers_mut().append(name, value);
    }
    response
}

/// A token that was made is told in the answer, once.
async fn change(door: Door, form: Form) -> Result<Answer<String>, AppError> {
    let who = form.session.who().clone();
    who.must_be(Role::Viewer)?;
    let (said, fields) = (who.said(), &form.fields);
    let store = door.store()?;
    let handle = fields.text(HANDLE.name);
    if !handle.is_empty() && !is_handle(&handle) {
        return Err(refused("There is none of that handle."));
    }
    by_a_person(&who)?;
    if said.way == Some(Way::Local) {
        return Err(refused(
            "Nobody signs in here, so there is nothing to change of anybody.",
        ));
    }
    match fields.text(OPERATION.name).as_str() {
        END => {
            let object = format!("session {handle}");
            let mut leaving = door.leaving(&said.id).await;
            leaving.retain(|(its, _)| *its == handle);
            let ending = store.end_one(&said.id, &handle);
            audit::doing(store, &who, "session_logout", &object, "", ending)
                .await
                .map_err(unusable)?;
            door.left(leaving);
        }
        END_ALL => {
            let leaving = door.leaving(&said.id).await;
            let ending = store.end_all(&said.id);
            audit::doing(store, &who, "session_logout", "all sessions", "", ending)
                .await
                .map_err(unusable)?;
            door.left(leaving);
        }
        REVOKE_TOKEN => {
            let object = format!("token {handle}");
            let revoking = store.revoke(&said.id, &handle);
            audit::doing(store, &who, "authn_token_revoked", &object, "", revoking)
                .await
                .map_err(unusable)?;
        }
        MAKE_TOKEN => {
            let name = fields.text(NAME.name).trim().to_owned();
            if super::named(&name).is_err() {
                return Err(refused(
                    "Give the token a name of 1 to 100 printable characters: where it is used.",
                )
                .at(&NAME));
            }
            let days: i64 = fields.text(DAYS.name).trim().parse().unwrap_or_default();
            if !(1..=LONGEST).contains(&days) {
                return Err(refused("A token lasts 1 to 365 days.").at(&DAYS));
            }
            let role = Role::parse(&fields.text(PERSON_ROLE.name)).unwrap_or(Role::Viewer);
            form.session.must_be(role, "token").await?;
            let (object, says) = (
                format!("token {name}"),
                format!("As {}, for {days} days.", role.word()),
            );
            let making = store.make_token(&said.id, &name, role.word(), now() + days * DAY, now());
            let made = audit::doing(store, &who, "authn_token_created", &object, &says, making);
            let token = match made.await {
                Ok(token) => token,
                Err(store::Error::Taken) => {
                    return Err(refused(
                        "You have a token of this name, or as many as one may have: take it back first.",
                    ));
                }
                Err(error) => return Err(unusable(error)),
            };
            return Ok(Answer::Page(token.expose_secret().to_owned()));
        }
        SET_PASSWORD => {
            door.try_once(Some(&format!("person {}", said.id)), said)
                .await?;
            let old = SecretString::from(fields.text(PASSWORD.name));
            let known = store.by_name(&said.name).await.map_err(unusable)?;
            let hash = known
                .filter(|(person, _)| person.id == said.id)
                .map(|(_, hash)| hash);
            if !door.0.hasher.verify(old, hash).await {
                audit::note(
                    store,
                    &who,
                    "authn_login_fail",
                    &said.name,
                    "refused",
                    Vec::new(),
                )
                .await;
                return Err(refused("This is not your password.").at(&PASSWORD));
            }
            let hash = door.hashed(fields, &said.name).await?;
            let setting = store.set_password(&said.id, &hash);
            audit::doing(
                store,
                &who,
                "authn_password_change",
                &said.name,
                "",
                setting,
            )
            .await
            .map_err(unusable)?;
        }
        _ => return Err(refused("There is no such form.")),
    }
    Ok(Answer::Go(YOU.to_owned()))
}

impl Door {
    /// The hash of the new password that a form has.
    pub(super) async fn hashed(&self, fields: &Query, name: &str) -> Result<String, AppError> {
        let password = SecretString::from(fields.text(NEW_PASSWORD.name));
        let hashed = self.0.hasher.hash(password, name.to_owned()).await;
        hashed.map_err(|unsuitable| refused(unsuitable.to_string()).at(&NEW_PASSWORD))
    }
}

/// A token that got away must not become an account, a password, or somebody's identity on a catalog.
pub fn by_a_person(who: &Who) -> Result<(), AppError> {
    match who.said().way {
        Some(Way::Token) => Err(AppError::new(
            Kind::Forbidden,
            "A token changes nobody, and not who somebody is on a catalog: sign in.",
        )),
        _ => Ok(()),
    }
}

/// As the store makes them: what is none stands in no record.
fn is_handle(text: &str) -> bool {
    text.len() <= 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

pub fn refused(why: impl Into<String>) -> AppError {
    AppError::new(Kind::NotSent, why)
}
