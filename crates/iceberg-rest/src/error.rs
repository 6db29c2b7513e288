//! One error for all calls: what happened, to which call, and what the server said about it.

pub(crate) mod body;
mod cause;
mod fields;
mod hint;
mod misfit;
mod missing;
mod status;

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};

use crate::operation::Route;

pub use body::{MAX_MESSAGE, Shape, WireError};
pub use cause::Cause;
pub use hint::{Asked, Hint, SignIn};
pub(crate) use misfit::Misfit;
#[cfg(feature = "client")]
pub(crate) use status::leaves_open;

/// What went wrong, as far as a caller acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ErrorKind {
    /// The server answered that the object does not exist.
    NotFound,
    /// The identity is known, and may not do this.
    Forbidden,
    /// No identity, or one that the server does not accept.
    Unauthenticated,
    /// The object exists already, or changed meanwhile.
    Conflict,
    /// Too many calls: see [`Details::retry_after`].
    RateLimited,
    /// The server has no such route, or refuses the operation as such.
    Unsupported,
    /// The server refused the request's content.
    BadRequest,
    /// The answer is longer than is read.
    TooLarge {
        /// What would have been read, in bytes after decompression.
        limit_bytes: u64,
    },
    /// No answer, or no whole one, in the time of the call.
    TimedOut,
    /// No connection came about or lasted.
    Unreachable(Unreachable),
    /// An answer that is not what the operation promises: HTML, cut short, another shape.
    Malformed,
    /// The server pointed elsewhere; redirects are never followed.
    Redirect,
    /// The server failed, by its own account (5xx).
    ServerError,
    /// A commit or another change ended with 408, 5xx or without a whole answer: it may have happened.
    CommitStateUnknown,
    /// Nothing was sent: a setting, a name or an address cannot be used.
    Invalid,
    /// Nothing was sent: the address is one that is never called.
    Blocked,
}

/// Why no connection came about or lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unreachable {
    /// The host name has no address.
    Dns,
    /// Nothing listens there.
    Refused,
    /// The TLS handshake failed: a certificate, or no TLS on that port.
    Tls,
    /// The connection broke before the answer was complete.
    Reset,
    /// Another reason.
    Other,
    /// One that is not told to who typed the address: [`crate::Guard::Public`].
    Untold,
}

/// A failed call. Never holds a secret, and no text from the server is longer than [`body::MAX_MESSAGE`].
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Details>);

/// What an [`Error`] holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// What a caller acts on.
    pub kind: ErrorKind,
    /// HTTP status; `None` when no answer came.
    pub status: Option<u16>,
    /// The server's own words where it had any, else ours: what happened. What to do is the [`Error::hint`].
    pub message: String,
    /// Whether the message is in the server's words.
    pub said: bool,
    /// The server's name for the error, e.g. `NoSuchTableException`.
    pub type_on_wire: Option<String>,
    /// `GET`, …; empty when the error belongs to no call.
    pub method: &'static str,
    /// e.g. `/v1/{prefix}/namespaces/{namespace}`; empty when the error belongs to no call.
    pub path_template: &'static str,
    /// The field that does not fit in a success that is what it should be otherwise, e.g. `metadata.schemas[0]`.
    pub field: Option<String>,
    /// How the server wrote what it said; `None` when no answer came, or no failure.
    pub shape: Option<Shape>,
    /// The server's name for the call.
    pub request_id: Option<String>,
    /// Seconds, at most 60.
    pub retry_after: Option<u64>,
    /// What is known of the call besides its answer.
    pub asked: Asked,
    /// What lies beneath, in its own words; also the error's `source`.
    pub cause: Option<Cause>,
    /// From who knows better than kind and words tell.
    known: Option<Hint>,
}

impl Error {
    /// An error of our own about a call: no status, no words of the server. `message` is cut at [`body::MAX_MESSAGE`].
    pub fn new(kind: ErrorKind, route: Route, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            status: None,
            message: body::bounded(message.into()),
            said: false,
            type_on_wire: None,
            method: route.method,
            path_template: route.template,
            field: None,
            shape: None,
            request_id: None,
            retry_after: None,
            asked: Asked::default(),
            cause: None,
            known: None,
        }))
    }

    /// A setting, name or address that cannot be used; nothing was sent.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, Route::NONE, message)
    }

    pub(crate) fn details_mut(&mut self) -> &mut Details {
        &mut self.0
    }

    /// What to look at first, chosen by the call, what is known of it, and the answer's own words.
    pub fn hint(&self) -> Option<Hint> {
        self.known.or_else(|| hint::choose(self))
    }

    /// Whether the server's own words say that the object itself is missing, and not something that it needs.
    pub fn says_it_is_missing(&self) -> bool {
        hint::says_it_is_missing(self)
    }

    /// Whether the server's own words say that the token is over, or none of its own.
    #[cfg(feature = "client")]
    pub(crate) fn says_the_token_is_over(&self) -> bool {
        hint::says_the_token_is_over(self)
    }

    /// With the hint of who knows better than kind and words tell.
    pub fn with_hint(mut self, hint: Hint) -> Self {
        self.0.known = Some(hint);
        self
    }
}

impl Deref for Error {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.path_template.is_empty() {
            write!(f, " ({} {}", self.method, self.path_template)?;
            if let Some(status) = self.status {
                write!(f, ", status {status}")?;
            }
            if let Some(request_id) = &self.request_id {
                write!(f, ", request {request_id}")?;
            }
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}

impl From<crate::ident::InvalidName> for Error {
    fn from(invalid: crate::ident::InvalidName) -> Self {
        Self::invalid(invalid.to_string())
    }
}
