//! Signing in to a catalog that is called as each person: with a client id and a secret, or with a token.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::{
    extract::{Extension, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use backend::{Credential, Credentials, Session, audit, load_catalog_sign_in, try_credential};
use model::{
    error::{AppError, Kind},
    form::{
        OPERATION, OWN_CLIENT_ID as CLIENT_ID, OWN_CLIENT_SECRET as CLIENT_SECRET, TOKEN,
        operation::END,
    },
    paths::{CATALOG_SIGN_IN, Place, Query},
    person::{Role, Way},
    posted::Posted,
};
use secrecy::SecretString;

use super::{Door, own::by_a_person, password::to};
use crate::forms::{SMALL, answered, fields};

/// Where there are no sessions: of the people whom a proxy names, and of whoever sits at the machine. By the person, and
/// as long as Crowsnest runs.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<String, Credentials>>);

/// People remembered at once. The proxy may name as many as it likes.
const MOST: usize = 1_000;

impl Memory {
    pub fn of(&self, person: &str) -> Credentials {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(person).cloned().unwrap_or_default()
    }

    fn change(&self, person: &str, change: impl FnOnce(&mut Credentials)) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = kept.len() < MOST || kept.contains_key(person);
        if room {
            let own = kept.entry(person.to_owned()).or_default();
            change(own);
            if own.given.is_empty() {
                kept.remove(person);
            }
        }
        room
    }

    /// Nothing of somebody stays.
    pub fn forget(&self, person: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(person);
    }
}

/// `POST /sign-in/catalog?connection=…`
pub async fn sign_in(
    State(door): State<Door>,
    Extension(session): Extension<Session>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let fields = match fields(&parts, body, SMALL).await {
        Ok(fields) => fields,
        Err(unread) => return unread.page(CATALOG_SIGN_IN),
    };
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let name = query.text("connection");
    let secret = door.0.cookies.session(&parts.headers);
    match door.signed_in_to(&session, secret, &name, &fields).await {
        Ok(()) => {
            let to = match query.get(model::paths::TO) {
                Some(_) => to(&query),
                None => Place::connection(&name).connection_path(),
            };
            Redirect::to(&to).into_response()
        }
        Err(error) => answered(parts, Posted::<()>::typed(&fields).refused(error)).await,
    }
}

impl Door {
    async fn signed_in_to(
        &self,
        session: &Session,
        secret: Option<SecretString>,
        name: &str,
        fields: &Query,
    ) -> Result<(), AppError> {
        let who = session.who();
        who.must_be(Role::Viewer)?;
        by_a_person(who)?;
        load_catalog_sign_in(session, name)?;
        let leaves = fields.text(OPERATION.name) == END;
        let credential = match leaves {
            true => None,
            false => {
                self.try_once(Some(&format!("person {}", who.said().id)), who.said())
                    .await?;
                let credential = credential(fields)?;
                try_credential(session, name, &credential).await?;
                Some(credential)
            }
        };
        let spec = session.registry().now().named(name)?.spec.clone();
        let at = spec.leads_to();
        let sessions = matches!(who.said().way, Some(Way::Password | Way::Provider));
        let kept = match secret.as_ref().filter(|_| sessions) {
            Some(secret) => {
                let changed = self.change(secret, |kept| match &credential {
                    Some(credential) => {
                        drop(kept.catalogs.insert(at.clone(), credential.to_json()))
                    }
                    None => drop(kept.catalogs.remove(&at)),
                });
                changed.await?.is_some()
            }
            None => self
                .0
                .memory
                .change(&who.said().id, |kept| match credential {
                    Some(credential) => drop(kept.given.insert(at.clone(), credential)),
                    None => drop(kept.given.remove(&at)),
                }),
        };
        if !kept {
            let why = "Your session has ended, or there are too many people at once.";
            return Err(AppError::new(Kind::SignedOut, why).hint("Sign in again."));
        }
        let event = if leaves {
            "session_logout"
        } else {
            "authn_login_success"
        };
        if let Ok(store) = self.store() {
            audit::note(
                store,
                who,
                event,
                &format!("connection {name}"),
                "done",
                Vec::new(),
            )
            .await;
        }
        Ok(())
    }
}

/// What was typed: a token, or else a client id and its secret.
fn credential(fields: &Query) -> Result<Credential, AppError> {
    let [token, id, secret] =
        [TOKEN, CLIENT_ID, CLIENT_SECRET].map(|field| fields.text(field.name).trim().to_owned());
    let missing = |why: &str| AppError::new(Kind::NotSent, why);
    if token.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err(missing("A token has no spaces and no line breaks.").at(&TOKEN));
    }
    match (token.is_empty(), id.is_empty(), secret.is_empty()) {
        (false, true, true) => Ok(Credential::Token(token.into())),
        (true, false, false) => Ok(Credential::Client {
            id,
            secret: secret.into(),
        }),
        (true, false, true) => Err(missing("The client id needs its secret.").at(&CLIENT_SECRET)),
        (true, true, _) => {
            Err(missing("Give a client id and its secret, or a token.").at(&CLIENT_ID))
        }
        (false, ..) => {
            Err(missing("Give a token, or a client id and its secret, and not both.").at(&TOKEN))
        }
    }
}
