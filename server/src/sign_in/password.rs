//! Signing in by a name and a password.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use backend::{Said, Who, audit, people::unusable};
use model::{
    error::{AppError, Kind},
    form::{PASSWORD, USER},
    paths::{HOME, Query, SIGN_IN, TO, local},
    person::Way,
    posted::Posted,
};
use secrecy::{ExposeSecret, SecretString};
use store::{now, people::Person};

use super::{Door, kept::Kept, of};
use crate::{
    config::Mode,
    forms::{SMALL, answered, fields},
};

/// Of what somebody may have typed as a name.
const NAME: usize = 200;

/// `POST /sign-in`
pub async fn sign_in(State(door): State<Door>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let about = door.about(&parts);
    let fields = match fields(&parts, body, SMALL).await {
        Ok(fields) => fields,
        Err(unread) => return unread.page(SIGN_IN),
    };
    match door.taken(&fields, about.clone()).await {
        Ok((person, to)) => match door
            .begin(
                &person,
                Way::Password,
                about,
                &parts.headers,
                &Kept::default(),
            )
            .await
        {
            Ok(cookie) => (
                AppendHeaders([(header::SET_COOKIE, cookie)]),
                Redirect::to(&to),
            )
                .into_response(),
            Err(error) => answered(parts, Posted::<()>::typed(&fields).refused(error)).await,
        },
        Err(error) => answered(parts, Posted::<()>::typed(&fields).refused(error)).await,
    }
}

impl Door {
    /// The person that a form names, where the password is theirs, and where they want to go.
    async fn taken(&self, fields: &Query, about: Said) -> Result<(Person, String), AppError> {
        if self.0.mode != Mode::Password {
            return Err(AppError::new(
                Kind::NotSent,
                "Nobody signs in to this Crowsnest by a password.",
            ));
        }
        let name: String = fields.text(USER.name).trim().chars().take(NAME).collect();
        let password = SecretString::from(fields.text(PASSWORD.name));
        self.try_once(Some(&name.to_lowercase()), &about).await?;
        let who = Who::new(about);
        let store = self.store()?;
        let known = store.by_name(&name).await.map_err(unusable)?;
        let stored = known.as_ref().map(|(_, hash)| hash.clone());
        let right = self.0.hasher.verify(password, stored).await;
        // A name that nobody has may be a password, typed into the wrong field.
        let typed = known
            .as_ref()
            .map_or("(unknown name)", |(person, _)| &person.name)
            .to_owned();
        // Who is disabled is told no more than who is unknown.
        match known.filter(|(person, _)| right && !person.disabled) {
            Some((person, _)) => Ok((person, to(fields))),
            None => {
                audit::note(
                    store,
                    &who,
                    "authn_login_fail",
                    &typed,
                    "refused",
                    Vec::new(),
                )
                .await;
                Err(wrong())
            }
        }
    }

    /// Begins a session of somebody who proved who they are, and ends the one before in that browser. Gives its cookie.
    pub(super) async fn begin(
        &self,
        person: &Person,
        way: Way,
        about: Said,
        headers: &HeaderMap,
        kept: &Kept,
    ) -> Result<HeaderValue, AppError> {
        let store = self.store()?;
        if let Some(before) = self.0.cookies.session(headers) {
            store.end_session(&before).await.map_err(unusable)?;
        }
        store.signed_in(&person.id, now()).await.map_err(unusable)?;
        let agent = headers
            .get(header::USER_AGENT)
            .and_then(|agent| agent.to_str().ok());
        let from = (agent.unwrap_or_default(), about.address.as_str());
        let lasts = self.0.registry.ways().lasts;
        let kept = kept.written();
        let kept = kept.expose_secret();
        let begun = store
            .begin_session(&person.id, from, kept, lasts, now())
            .await;
        let secret = begun.map_err(unusable)?;
        let who = Who::new(of(person.clone(), way, about));
        audit::note(
            store,
            &who,
            "authn_login_success",
            &person.name,
            "done",
            Vec::new(),
        )
        .await;
        Ok(self.0.cookies.begin(&secret))
    }
}

/// Where a form or an address says that somebody wants to go; home where that is no page of ours.
pub fn to(fields: &Query) -> String {
    let to = fields.get(TO).and_then(local);
    to.filter(|to| !to.starts_with(SIGN_IN))
        .unwrap_or(HOME)
        .to_owned()
}

fn wrong() -> AppError {
    AppError::new(Kind::NotSignedIn, "Name and password do not go together.")
        .hint("Check both. An admin of this Crowsnest can give you a new password: `crowsnest user password NAME`.")
}
