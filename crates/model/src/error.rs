//! What a person may see when something failed, on both sides of the wire.

mod upstream;
mod words;

use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::{codec::Text, field::Field, format::bounded};

/// The kinds a page tells apart: each has its own status, title and next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// The object does not exist.
    NotFound,
    /// The console itself has no connection of that name.
    NoConnection,
    /// The server wants a warehouse, and neither the connection nor the address names one.
    Unchosen,
    /// The identity is known, and may not do this.
    Forbidden,
    /// No identity, or one that the catalog does not accept.
    Unauthenticated,
    /// The object exists already, or changed meanwhile.
    Conflict,
    /// What holds something is not dropped.
    NotEmpty,
    /// What was asked for is so by now.
    Already,
    /// Too many calls: see [`AppError::retry_after`].
    RateLimited,
    /// The catalog has no such call, or refuses it as such.
    Unsupported,
    /// The catalog refused the request's content.
    BadRequest,
    /// Crowsnest itself refused what was asked for, or it has a setting that cannot be used: no catalog was asked.
    NotSent,
    /// No token came to call the catalog with.
    SignIn,
    /// The answer is longer than is read.
    TooLarge,
    /// No answer, or no whole one, in the time of the call.
    TimedOut,
    /// No connection came about or lasted.
    Unreachable,
    /// The catalog answered, but not what the Iceberg REST specification asks for.
    Malformed,
    /// The catalog failed on its own side.
    Upstream,
    /// Nobody can tell whether the change was made: it was sent, and no whole answer came.
    OutcomeUnknown,
    /// The page's own deadline passed; the browser asks again by itself.
    StillWaiting,
    /// Somebody stopped waiting for it.
    Stopped,
    /// The console's own server could not be asked.
    Console,
    /// Nobody is signed in, or no more.
    SignedOut,
    /// Somebody did not prove who they are.
    NotSignedIn,
    /// The console's own store cannot be used now.
    Store,
}

/// An error as a page shows it: what happened, to what, and what to do next. Never holds a secret, and no
/// text of more than 500 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
    /// Decides status and title.
    pub kind: Kind,
    /// What happened, naming the object.
    pub message: String,
    /// What the person can do next.
    pub hint: Option<String>,
    /// What the catalog was asked and how it answered, for a bug report.
    pub detail: Option<String>,
    /// Seconds until another try makes sense, where the catalog said so.
    pub retry_after: Option<u64>,
    /// The page that leads on, where there is one.
    pub link: Option<Box<Link>>,
    /// The field of the form that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Box<str>>,
}

/// A way to another page of the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What is pressed.
    pub text: String,
    /// An address of the console.
    pub href: String,
}

impl AppError {
    /// What happened, in a sentence; cut where it is too long.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: bounded(message),
            hint: None,
            detail: None,
            retry_after: None,
            link: None,
            field: None,
        }
    }

    /// The same failure in other words.
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = bounded(message);
        self
    }

    /// With what the person can do next; cut where it is too long.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(bounded(hint));
        self
    }

    /// With what was asked and answered; cut where it is too long.
    pub(crate) fn detail(mut self, detail: Option<String>) -> Self {
        self.detail = detail.map(bounded);
        self
    }

    /// About what was typed into a field of a form.
    pub fn at(mut self, field: &Field) -> Self {
        self.field = Some(field.name.into());
        self
    }

    /// With the page that leads on.
    pub fn link(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.link = Some(Box::new(Link {
            text: bounded(text),
            href: href.into(),
        }));
        self
    }

    /// What happened, with a full stop: catalogs leave it out.
    pub fn sentence(&self) -> String {
        match self.message.ends_with(['.', '!', '?']) {
            true => self.message.clone(),
            false => format!("{}.", self.message),
        }
    }

    /// What happened, and what the person can do next, where there is room for one text only.
    pub fn in_full(&self) -> String {
        match &self.hint {
            Some(hint) => bounded(format!("{} {hint}", self.sentence())),
            None => self.message.clone(),
        }
    }

    /// The HTTP status of a page or an answer that holds this error.
    pub fn status(&self) -> u16 {
        match self.kind {
            Kind::NotFound | Kind::NoConnection => 404,
            Kind::Forbidden => 403,
            Kind::Unauthenticated
            | Kind::SignIn
            | Kind::Malformed
            | Kind::Upstream
            | Kind::OutcomeUnknown
            | Kind::Unreachable => 502,
            Kind::Conflict | Kind::NotEmpty | Kind::Already => 409,
            Kind::RateLimited => 429,
            Kind::Unsupported => 501,
            Kind::BadRequest | Kind::NotSent | Kind::Unchosen => 400,
            Kind::TooLarge => 502,
            Kind::TimedOut => 504,
            Kind::StillWaiting | Kind::Stopped => 200,
            Kind::Console => 500,
            Kind::SignedOut | Kind::NotSignedIn => 401,
            Kind::Store => 503,
        }
    }

    /// A heading for people.
    pub fn title(&self) -> &'static str {
        match self.kind {
            Kind::NotFound | Kind::NoConnection => "Not found",
            Kind::Unchosen => "No warehouse is chosen",
            Kind::Forbidden => "Not allowed",
            Kind::Unauthenticated => "The catalog refused the credentials",
            Kind::Conflict => "Changed meanwhile",
            Kind::NotEmpty => "Not empty",
            Kind::Already => "Already so",
            Kind::RateLimited => "Too many requests",
            Kind::Unsupported => "Not supported by this catalog",
            Kind::BadRequest => "The catalog refused the request",
            Kind::NotSent => "Nothing was sent",
            Kind::SignIn => "Signing in failed",
            Kind::TooLarge => "Too large to show",
            Kind::TimedOut => "The catalog took too long",
            Kind::Unreachable => "The catalog cannot be reached",
            Kind::Malformed => "Not an Iceberg REST answer",
            Kind::Upstream => "The catalog failed",
            Kind::OutcomeUnknown => "It may have happened",
            Kind::StillWaiting => "Still waiting for the catalog",
            Kind::Stopped => "Not waited for any more",
            Kind::Console => "Crowsnest did not answer",
            Kind::SignedOut => "Signed out",
            Kind::NotSignedIn => "Not signed in",
            Kind::Store => "Crowsnest’s own store cannot be used",
        }
    }

    /// Whether a change that ended like this may have been made all the same.
    pub fn may_have_happened(&self) -> bool {
        self.kind == Kind::OutcomeUnknown
    }

    /// Whether a call that makes credentials and ended like this may have made them, now or before:
    /// the answer that told them is lost.
    pub fn may_hide_a_secret(&self) -> bool {
        self.may_have_happened() || self.kind == Kind::Conflict
    }

    /// A change that Crowsnest itself failed in.
    pub fn lost() -> Self {
        let message = "Crowsnest failed while it made this change.";
        Self::new(Kind::OutcomeUnknown, message)
            .hint("The change may have happened: reload to see. The log has the details.")
    }

    /// The answer to a form that was sent before: what it was told then, and that nothing was done again.
    pub fn again(first: Option<Self>) -> Self {
        let again = "This was sent before, and was not sent again.";
        match first {
            None => Self::new(
                Kind::Already,
                "This was done already, when it was sent for the first time. Nothing was done again.",
            )
            .hint("Reload the page to see how it is now."),
            Some(first) => {
                let message = bounded(format!("{} {again}", first.message));
                Self { message, ..first }
            }
        }
    }

    /// A connection that is not configured.
    pub fn unknown_connection(name: &str) -> Self {
        Self::new(
            Kind::NoConnection,
            format!("There is no connection named “{name}”."),
        )
        .hint("Choose one on the home page. One that was disabled or removed, or that is not for you, is brought back by an admin on “All connections”, or in the configuration.")
    }
}

impl FromServerFnError for AppError {
    type Encoder = Text;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(reason)
            | ServerFnErrorErr::MissingArg(reason)
            | ServerFnErrorErr::Deserialization(reason) => Self::new(
                Kind::NotSent,
                format!("The request was not understood: {reason}."),
            ),
            _ => Self::new(Kind::Console, "Crowsnest's own server did not answer.")
                .hint("Check that Crowsnest is still running, then try again."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::LONGEST;

    #[test]
    fn one_text_holds_what_happened_and_what_to_do() {
        let error = AppError::new(Kind::Upstream, "boom");
        assert_eq!(error.in_full(), "boom");
        assert_eq!(error.hint("Look.").in_full(), "boom. Look.");
    }

    #[test]
    fn no_text_of_an_error_is_longer_than_five_hundred_characters() {
        for (name, repeated) in [("é", 100_000), ("a", 501), ("𝕏 ", 2_000), ("\u{301}", 700)] {
            let long = name.repeat(repeated);
            let error = AppError::new(Kind::BadRequest, format!("Before {long} after."))
                .hint(format!("{long} Do this."))
                .detail(Some(long.clone()));
            let again = AppError::again(Some(error.clone()));
            let unknown = AppError::unknown_connection(&long);
            let args = AppError::from_server_fn_error(ServerFnErrorErr::Args(long.clone()));
            assert!(error.message.starts_with("Before "), "{}", error.message);
            assert!(error.message.ends_with(" after."), "{}", error.message);
            assert!(
                error
                    .hint
                    .as_ref()
                    .is_some_and(|hint| hint.ends_with("Do this."))
            );
            assert!(again.message.ends_with("was not sent again."));
            for error in [error, again, unknown, args] {
                for text in [Some(error.message), error.hint, error.detail]
                    .into_iter()
                    .flatten()
                {
                    assert!(text.chars().count() <= LONGEST, "{text}");
                }
            }
        }
        let whole = "é".repeat(LONGEST);
        assert_eq!(AppError::new(Kind::BadRequest, &whole).message, whole);
        let cut = bounded("é".repeat(LONGEST + 1));
        assert_eq!(cut.chars().count(), LONGEST);
        assert_eq!(cut.chars().filter(|it| *it == '…').count(), 1);
    }
}
