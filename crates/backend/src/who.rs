//! Who asks, on behalf of whom everything of a request is read and changed.

use std::sync::Arc;

use model::{
    error::{AppError, Kind},
    person::{Role, Way},
};

/// Somebody, as their request says. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Who(Arc<Said>);

/// What is known of whoever asks.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Ours; empty of nobody.
    pub id: String,
    /// For people.
    pub name: String,
    /// Whose word it is that it is them.
    pub issuer: String,
    /// As whom that knows them.
    pub subject: String,
    /// What they may; `None` of nobody.
    pub role: Option<Role>,
    /// How they came in.
    pub way: Option<Way>,
    /// Handle of the session or the token.
    pub session: String,
    /// Where the request comes from.
    pub address: String,
    /// Id of the request.
    pub request: String,
}

impl Who {
    /// Somebody.
    pub fn new(said: Said) -> Self {
        Self(Arc::new(said))
    }

    /// Nobody who is known: reads nothing and changes nothing.
    pub fn nobody() -> Self {
        Self::new(Said::default())
    }

    /// Whoever reaches a console that nobody signs in to: it is theirs.
    pub fn local() -> Self {
        let word = Way::Local.word().to_owned();
        Self::new(Said {
            id: word.clone(),
            name: word.clone(),
            issuer: word.clone(),
            subject: word,
            role: Some(Role::Admin),
            way: Some(Way::Local),
            ..Said::default()
        })
    }

    /// What is known of them.
    pub fn said(&self) -> &Said {
        &self.0
    }

    /// Somebody is signed in, or need not be.
    pub fn is_known(&self) -> bool {
        self.0.role.is_some()
    }

    /// That they have this role or a greater one; else why not.
    pub fn must_be(&self, role: Role) -> Result<(), AppError> {
        match self.lacks(role) {
            None => Ok(()),
            Some(reason) => Err(AppError::new(Kind::Forbidden, reason).hint(
                "An admin of Crowsnest gives roles; the page “You” says which one you have.",
            )),
        }
    }

    /// Why they may not what this role may; a sentence.
    pub fn lacks(&self, role: Role) -> Option<String> {
        match self.0.role {
            None => Some("Nobody is signed in.".into()),
            Some(own) if own >= role => None,
            Some(own) => Some(match role {
                Role::Admin => format!(
                    "You are signed in as {own}, and this is for an admin.",
                    own = own.word()
                ),
                _ => format!(
                    "You are signed in as {own}: you may read everything here, and change nothing.",
                    own = own.word()
                ),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(role: Option<Role>) -> Who {
        Who::new(Said {
            role,
            ..Said::default()
        })
    }

    #[test]
    fn a_role_may_what_it_is_and_what_is_less() {
        for own in Role::ALL {
            for asked in Role::ALL {
                assert_eq!(with(Some(own)).must_be(asked).is_ok(), own >= asked);
            }
        }
        assert!(with(None).must_be(Role::Viewer).is_err());
        assert!(!Who::nobody().is_known());
        assert!(Who::local().must_be(Role::Admin).is_ok());
    }
}
