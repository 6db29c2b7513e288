use std::{error::Error as StdError, io};

use super::guard::{Refused, Unresolved};
use crate::{
    error::{Cause, Error, ErrorKind, Hint, Shape, Unreachable},
    operation::Route,
};

/// What happened below HTTP, told apart by the chain of causes. `proxied`: it is the proxy that was dialled.
pub(super) fn from_reqwest(route: Route, error: &reqwest::Error, proxied: bool) -> Error {
    let through = proxied && error.is_connect();
    let found = through.then(|| of_proxy(error)).flatten();
    let (kind, message, hint) = found.unwrap_or_else(|| classify(error));
    let mut failed = Error::new(kind, route, message);
    let details = failed.details_mut();
    details.asked.proxied = proxied;
    details.cause = Cause::of(causes(error));
    match hint {
        Some(hint) => failed.with_hint(hint),
        None => failed,
    }
}

/// One answer for what is not called, is not there, or is silent; which of them it was is in the log alone. Of what
/// answers and is no catalog the words are not told.
pub(super) fn untold(mut error: Error, host: &str) -> Error {
    if error.said && error.shape == Some(Shape::Text) {
        let details = error.details_mut();
        let status = details.status.unwrap_or_default();
        details.said = false;
        details.message = format!(
            "The server answered {status} with a text, as no catalog does; its words are not shown."
        );
    }
    let is_told = error.status.is_some()
        || !matches!(
            error.kind,
            ErrorKind::Blocked | ErrorKind::TimedOut | ErrorKind::Unreachable(_)
        )
        || error.kind == ErrorKind::Unreachable(Unreachable::Tls);
    if is_told {
        return error;
    }
    tracing::warn!(host, why = %error.message, "an address that somebody typed was not reached");
    let route = Route {
        method: error.method,
        template: error.path_template,
    };
    let message = "Nothing was reached there: it is no address that may be called, nothing listens, or nothing answers in time.";
    Error::new(ErrorKind::Unreachable(Unreachable::Untold), route, message)
}

/// Kind, message, and what to look at where the kind does not tell.
type Found = (ErrorKind, String, Option<Hint>);

/// False where it is certain that no byte of the request left: there was no connection, or it was
/// closed before the request's turn.
pub(super) fn may_have_been_sent(error: &reqwest::Error) -> bool {
    !error.is_connect() && !cause::<hyper::Error>(error).is_some_and(hyper::Error::is_canceled)
}

/// Why no connection through the proxy came about, where the proxy is the reason.
fn of_proxy(error: &reqwest::Error) -> Option<Found> {
    let other = ErrorKind::Unreachable(Unreachable::Other);
    let (kind, message, hint) = if let Some(unresolved) = cause::<Unresolved>(error) {
        let message = format!("The proxy was not found: {unresolved}.");
        (other, message, Hint::Proxy)
    } else if refused(error) {
        let message = "Nothing listens at the proxy's address.".to_owned();
        (other, message, Hint::Proxy)
    } else if says(error, "tunnel error: proxy authorization required") {
        let message = "The proxy wants a user and a password.".to_owned();
        (other, message, Hint::ProxyPassword)
    } else if says(error, "tunnel error: unsuccessful") {
        let message = "The proxy does not connect to the server.".to_owned();
        (other, message, Hint::ProxyRefuses)
    } else if cause::<Refused>(error).is_some() || cause::<rustls::Error>(error).is_some() {
        return None;
    } else if error.is_timeout() {
        let message = "No connection through the proxy came about in time.".to_owned();
        (ErrorKind::TimedOut, message, Hint::Proxy)
    } else {
        let message = format!(
            "No connection through the proxy came about: {}.",
            last(error)
        );
        (other, message, Hint::Proxy)
    };
    Some((kind, message, Some(hint)))
}

fn classify(error: &reqwest::Error) -> Found {
    if let Some(refused) = cause::<Refused>(error) {
        let message = format!("The server was not called: {refused}.");
        return (ErrorKind::Blocked, message, None);
    }
    if error.is_timeout() {
        let (message, hint) = match error.is_connect() {
            true => (
                "No connection to the server came about in time.",
                Hint::Silent,
            ),
            false => ("The server did not answer in time.", Hint::Slow),
        };
        return (ErrorKind::TimedOut, message.to_owned(), Some(hint));
    }
    if let Some(unresolved) = cause::<Unresolved>(error) {
        let message = format!("The server was not found: {unresolved}.");
        return (ErrorKind::Unreachable(Unreachable::Dns), message, None);
    }
    if let Some(tls) = cause::<rustls::Error>(error) {
        let (message, hint) = super::tls::explain(tls);
        return (
            ErrorKind::Unreachable(Unreachable::Tls),
            message,
            Some(hint),
        );
    }
    let hyper = cause::<hyper::Error>(error);
    let io = cause::<io::Error>(error).map(io::Error::kind);
    if hyper.is_some_and(hyper::Error::is_parse) {
        let message = "What answered does not speak HTTP.".to_owned();
        return (ErrorKind::Malformed, message, Some(Hint::Scheme));
    }
    let (why, message, hint) = match io {
        _ if refused(error) => (
            Unreachable::Refused,
            "Nothing listens at the server's address.".to_owned(),
            None,
        ),
        _ if !error.is_connect() => (
            Unreachable::Reset,
            "The connection broke before the answer was complete.".to_owned(),
            None,
        ),
        Some(
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof,
        ) => (
            Unreachable::Reset,
            "The server closed the connection at once.".to_owned(),
            Some(Hint::Scheme),
        ),
        _ => (
            Unreachable::Other,
            format!("No connection to the server came about: {}.", last(error)),
            None,
        ),
    };
    (ErrorKind::Unreachable(why), message, hint)
}

fn refused(error: &reqwest::Error) -> bool {
    cause::<io::Error>(error).is_some_and(|io| io.kind() == io::ErrorKind::ConnectionRefused)
}

/// The first cause of type `T`.
fn cause<T: StdError + 'static>(error: &reqwest::Error) -> Option<&T> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// For errors whose type nobody else can name.
fn says(error: &reqwest::Error, words: &str) -> bool {
    causes(error).any(|cause| cause.to_string() == words)
}

/// The words of what went wrong first. They name no address: those above do.
fn last(error: &reqwest::Error) -> String {
    causes(error)
        .last()
        .map_or_else(|| "for an unknown reason".to_owned(), ToString::to_string)
}

/// From the outermost in. An `io::Error` hides what it wraps from `source`, so it is opened by hand.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |&error| {
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match wrapped {
            Some(wrapped) => Some(wrapped as _),
            None => error.source(),
        }
    })
}
