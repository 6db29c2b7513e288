//! People, their sessions and their tokens, as pages ask for them.

use model::{
    error::{AppError, Kind},
    format::Moment,
    people::{People, PersonRow, SessionRow, SignIn, TokenRow, You},
    person::{Role, Way},
};
use store::{
    now,
    people::{LOCAL, Person},
    sessions::Session as Stored,
    tokens::Token,
};

use crate::{Session, agent::short};

/// People on one page.
const MOST: usize = 1000;

/// Who asks, with their sessions and tokens.
pub async fn load_you(session: &Session) -> Result<You, AppError> {
    session.who().must_be(Role::Viewer)?;
    let said = session.who().said();
    let way = said.way.unwrap_or(Way::Local);
    let (sessions, tokens) = match way {
        Way::Local => (Vec::new(), Vec::new()),
        _ => {
            let store = session.store()?;
            let sessions = store
                .sessions_of(&said.id, session.ways().lasts, now())
                .await;
            let tokens = store.tokens_of(&said.id, now()).await;
            (sessions.map_err(unusable)?, tokens.map_err(unusable)?)
        }
    };
    let row = |row| session_row(row, &said.session);
    Ok(You {
        name: said.name.clone(),
        issuer: said.issuer.clone(),
        role: said.role.unwrap_or(Role::Viewer),
        way,
        sessions: sessions.into_iter().map(row).collect(),
        tokens: tokens.into_iter().map(token_row).collect(),
    })
}

/// Everybody, for an admin. `adds`: Crowsnest keeps passwords.
pub async fn load_people(session: &Session) -> Result<People, AppError> {
    session.must_be(Role::Admin, "people").await?;
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let people = session.store()?.people(most + 1).await.map_err(unusable)?;
    let own = &session.who().said().id;
    Ok(People {
        more: people.len() > MOST,
        people: people
            .into_iter()
            .take(MOST)
            .map(|person| person_row(person, own))
            .collect(),
        adds: session.ways().sign_in.password,
    })
}

/// What can be signed in with here.
pub fn load_sign_in(session: &Session) -> SignIn {
    session.ways().sign_in.clone()
}

/// The store cannot be used: what happened, and what can be done.
pub fn unusable(error: store::Error) -> AppError {
    AppError::new(Kind::Store, format!("{}.", sentence(&error.to_string())))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn person_row(person: Person, own: &str) -> PersonRow {
    PersonRow {
        role: Role::parse(&person.role).unwrap_or(Role::Viewer),
        local: person.issuer == LOCAL,
        own: person.id == own,
        seen: (person.seen > 0).then(|| Moment::from_ms(person.seen)),
        disabled: person.disabled,
        id: person.id,
        name: person.name,
        issuer: person.issuer,
        subject: person.subject,
    }
}

fn session_row(session: Stored, own: &str) -> SessionRow {
    SessionRow {
        own: session.handle == own,
        handle: session.handle,
        made: Moment::from_ms(session.made),
        seen: Moment::from_ms(session.seen),
        ends: Moment::from_ms(session.ends),
        browser: short(&session.agent),
        agent: session.agent,
        address: session.address,
    }
}

fn token_row(token: Token) -> TokenRow {
    TokenRow {
        handle: token.handle,
        name: token.name,
        role: Role::parse(&token.role).unwrap_or(Role::Viewer),
        made: Moment::from_ms(token.made),
        seen: (token.seen > 0).then(|| Moment::from_ms(token.seen)),
        ends: Moment::from_ms(token.ends),
        over: token.ends <= now(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_begins_large_whatever_letter_comes_first() {
        assert_eq!(sentence("the store is away"), "The store is away");
        assert_eq!(sentence("élan.db: full"), "élan.db: full");
        assert_eq!(sentence(""), "");
    }
}
