//! What a form was answered with. The server puts it into the context of the page that answers, so
//! that what was typed is still there, and what is shown once is shown.

use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    form::{Field, NAMES, OPERATION, comes_back},
    issued::Issued,
    query::Query,
};

/// The answer to a form; everything is empty on a page that answers none. `T` is what comes of it where
/// it is accepted.
#[derive(Clone, Serialize, Deserialize)]
pub struct Posted<T = Issued> {
    /// What was typed and comes back, whether it was accepted or not.
    typed: Vec<(String, String)>,
    /// Why the form was not accepted.
    pub error: Option<AppError>,
    /// What came of it.
    pub outcome: Option<T>,
}

impl<T> Default for Posted<T> {
    fn default() -> Self {
        Self {
            typed: Vec::new(),
            error: None,
            outcome: None,
        }
    }
}

impl<T> Posted<T> {
    /// A form that is still to be answered: of its fields, what may come back.
    pub fn typed(fields: &Query) -> Self {
        let shown = |(name, value): &&(String, String)| comes_back(name, value);
        Self {
            typed: fields.pairs().iter().filter(shown).cloned().collect(),
            ..Self::default()
        }
    }

    /// It was not accepted.
    pub fn refused(self, error: AppError) -> Self {
        Self {
            error: Some(error),
            ..self
        }
    }

    /// It was accepted.
    pub fn done(self, outcome: T) -> Self {
        Self {
            outcome: Some(outcome),
            ..self
        }
    }

    /// What was typed and why it was refused, without what came of it.
    pub fn form<U>(&self) -> Posted<U> {
        Posted {
            typed: self.typed.clone(),
            error: self.error.clone(),
            outcome: None,
        }
    }

    /// The page answers a form.
    pub fn is_sent(&self) -> bool {
        !self.typed.is_empty()
    }

    /// What is wrong with what was typed into a field.
    pub fn wrong(&self, field: &Field) -> Option<String> {
        let error = self.error.as_ref()?;
        let about = error.field.as_deref() == Some(field.name);
        about.then(|| error.message.clone())
    }

    /// The same for one of a page's forms: nothing, where another one of them was sent.
    pub fn of(self, operation: &str) -> Self {
        let sent = self.all(&OPERATION).next().unwrap_or_default() == operation;
        if sent { self } else { Self::default() }
    }

    /// The same for the confirmation about `names`: nothing, where another one was sent.
    pub fn about(self, names: &str) -> Self {
        let sent = self.all(&NAMES).next() == Some(names);
        if sent { self } else { Self::default() }
    }

    /// What the confirmation was about that was refused.
    pub fn refused_about(&self) -> Option<&str> {
        self.all(&NAMES).next().filter(|_| self.is_refused())
    }

    /// The fields came back from a form that was not accepted.
    pub fn is_refused(&self) -> bool {
        self.error.is_some()
    }

    /// What was typed, or else `initial`.
    pub fn value(&self, field: &Field, initial: &str) -> String {
        match self.all(field).next() {
            Some(typed) => typed.to_owned(),
            None if self.is_refused() => String::new(),
            None => initial.to_owned(),
        }
    }

    /// Everything that was typed into the inputs of this name.
    pub fn all(&self, field: &Field) -> impl Iterator<Item = &str> {
        let named = self.pairs().iter().filter(|(name, _)| name == field.name);
        named.map(|(_, value)| value.as_str())
    }

    /// Everything that was typed and comes back, by the name of its field.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::Kind, form};

    #[test]
    fn what_was_typed_comes_back_without_secrets_and_what_nobody_declared() {
        let fields = Query::parse("name=svc&clientSecret=hush&auth.bearerToken=hush&token=hush");
        let error = AppError::new(Kind::BadRequest, "No.");
        let posted = Posted::<()>::typed(&fields).refused(error);
        assert_eq!(posted.value(&form::NAME, ""), "svc");
        assert_eq!(posted.value(&form::CLIENT_SECRET, ""), "");
        let page = serde_json::to_string(&posted).unwrap();
        assert!(!page.contains("hush"), "{page}");
    }

    #[test]
    fn of_several_forms_one_keeps_what_was_typed() {
        let fields = Query::parse("operation=reset&clientId=a");
        let posted = Posted::<()>::typed(&fields).refused(AppError::new(Kind::BadRequest, "No."));
        let value = |operation| posted.clone().of(operation).value(&form::CLIENT_ID, "-");
        assert_eq!((value("reset"), value("rotate")), ("a".into(), "-".into()));
    }
}
