//! What a form was answered with. The server puts it into the context of the page that answers, so
//! that what was typed is still there, and what is shown once is shown.

use serde::{Deserialize, Serialize};

use crate::{error::AppError, paths::Query};

/// The answer to a form; everything is empty on a page that answers none.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Posted {
    /// What was typed, without secrets.
    pub fields: Vec<(String, String)>,
    /// Why it was not accepted.
    pub error: Option<AppError>,
    /// What is shown once.
    pub issued: Option<Issued>,
}

/// Credentials, told once.
#[derive(Clone, Serialize, Deserialize)]
pub struct Issued {
    /// Whose they are.
    pub principal: String,
    /// What it signs in with, beside the secret.
    pub client_id: String,
    /// Told by this answer only.
    pub client_secret: String,
}

/// Fields that do not come back.
const SECRETS: [&str; 3] = ["auth.clientSecret", "auth.bearerToken", "clientSecret"];

impl Posted {
    /// The form again, with what was typed and why it was not accepted.
    pub fn refused(fields: &Query, error: AppError) -> Self {
        let shown = |(key, _): &&(String, String)| !SECRETS.contains(&key.as_str());
        Self {
            fields: fields.pairs().iter().filter(shown).cloned().collect(),
            error: Some(error),
            issued: None,
        }
    }

    /// A page that shows credentials, once.
    pub fn issued(issued: Issued) -> Self {
        Self {
            issued: Some(issued),
            ..Self::default()
        }
    }

    /// The fields came back from a form that was not accepted.
    pub fn is_refused(&self) -> bool {
        self.error.is_some()
    }

    /// What was typed, or else `initial`.
    pub fn value(&self, name: &str, initial: &str) -> String {
        let typed = self.fields.iter().find(|(key, _)| key == name);
        match typed {
            Some((_, value)) => value.clone(),
            None if self.is_refused() => String::new(),
            None => initial.to_owned(),
        }
    }

    /// Every value that was typed into the fields of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.fields.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }
}
