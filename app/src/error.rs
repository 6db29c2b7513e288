//! What a person may see when something failed, on both sides of the wire.

#[cfg(feature = "ssr")]
mod upstream;

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// The kinds a page tells apart: each has its own status, title and next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    NotFound,
    /// The console itself has no connection of that name.
    NoConnection,
    Forbidden,
    Unauthenticated,
    Conflict,
    /// What was asked for is so by now.
    Already,
    RateLimited,
    Unsupported,
    BadRequest,
    TooLarge,
    TimedOut,
    Unreachable,
    /// The catalog answered, but not what the Iceberg REST specification asks for.
    Malformed,
    /// The catalog failed on its own side.
    Upstream,
    /// The page's own deadline passed; the browser asks again by itself.
    StillWaiting,
    /// The console's own server could not be asked.
    Console,
}

/// An error as a page shows it: what happened, to what, and what to do next. Never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
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
}

/// A way to another page of the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub text: String,
    pub href: String,
}

/// Longest text of an error, in characters: it may quote what a catalog, a file or an address holds.
const LONGEST: usize = 1000;

/// The text as far as it may be shown, and `…` where it was cut.
fn bounded(text: impl Into<String>) -> String {
    let mut text = text.into();
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

impl AppError {
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: bounded(message),
            hint: None,
            detail: None,
            retry_after: None,
            link: None,
        }
    }

    /// The same failure in other words.
    #[cfg(feature = "ssr")]
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = bounded(message);
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(bounded(hint));
        self
    }

    pub fn link(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.link = Some(Box::new(Link {
            text: text.into(),
            href: href.into(),
        }));
        self
    }

    /// The HTTP status of a page or an answer that holds this error.
    pub fn status(&self) -> u16 {
        match self.kind {
            Kind::NotFound | Kind::NoConnection => 404,
            Kind::Forbidden => 403,
            Kind::Unauthenticated | Kind::Malformed | Kind::Upstream | Kind::Unreachable => 502,
            Kind::Conflict | Kind::Already => 409,
            Kind::RateLimited => 429,
            Kind::Unsupported => 501,
            Kind::BadRequest => 400,
            Kind::TooLarge => 502,
            Kind::TimedOut => 504,
            Kind::StillWaiting => 200,
            Kind::Console => 500,
        }
    }

    pub fn title(&self) -> &'static str {
        match self.kind {
            Kind::NotFound | Kind::NoConnection => "Not found",
            Kind::Forbidden => "Not allowed",
            Kind::Unauthenticated => "The catalog refused the credentials",
            Kind::Conflict => "Changed meanwhile",
            Kind::Already => "Already so",
            Kind::RateLimited => "The catalog asks to slow down",
            Kind::Unsupported => "Not supported by this catalog",
            Kind::BadRequest => "The catalog refused the request",
            Kind::TooLarge => "Too large to show",
            Kind::TimedOut => "The catalog took too long",
            Kind::Unreachable => "The catalog cannot be reached",
            Kind::Malformed => "Not an Iceberg REST answer",
            Kind::Upstream => "The catalog failed",
            Kind::StillWaiting => "Still waiting for the catalog",
            Kind::Console => "Crowsnest did not answer",
        }
    }

    /// Whether a change that ended like this may have been made all the same.
    pub fn may_have_happened(&self) -> bool {
        matches!(
            self.kind,
            Kind::Upstream | Kind::TimedOut | Kind::TooLarge | Kind::Malformed | Kind::Console
        )
    }

    /// Whether a call that makes credentials and ended like this may have made them, now or before:
    /// the answer that told them is lost.
    pub fn may_hide_a_secret(&self) -> bool {
        matches!(
            self.kind,
            Kind::Upstream | Kind::TimedOut | Kind::Conflict | Kind::Console
        )
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
            Some(first) => Self {
                message: format!("{} {again}", first.message),
                ..first
            },
        }
    }

    pub fn unknown_connection(name: &str) -> Self {
        Self::new(
            Kind::NoConnection,
            format!("There is no connection named “{name}”."),
        )
        .hint("Choose one of the configured connections, or add it to the configuration file and restart Crowsnest.")
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(reason)
            | ServerFnErrorErr::MissingArg(reason)
            | ServerFnErrorErr::Deserialization(reason) => Self::new(
                Kind::BadRequest,
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

    #[test]
    fn no_text_of_an_error_is_longer_than_a_thousand_characters() {
        let long = "é".repeat(100_000);
        let error = AppError::new(Kind::BadRequest, &long).hint(&long);
        for text in [Some(error.message), error.hint].into_iter().flatten() {
            assert_eq!(text.chars().count(), LONGEST + 1);
            assert!(text.ends_with("é…"));
        }
        let args = ServerFnErrorErr::Args(long);
        let error = AppError::from_server_fn_error(args);
        assert_eq!(error.message.chars().count(), LONGEST + 1);
        let whole = "é".repeat(LONGEST);
        assert_eq!(AppError::new(Kind::BadRequest, &whole).message, whole);
    }
}
