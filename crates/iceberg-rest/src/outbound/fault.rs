use std::{error::Error as StdError, io};

use super::guard::{Refused, Unresolved};
use crate::{
    error::{Error, ErrorKind, Unreachable},
    operation::Route,
};

/// What happened below HTTP, told apart by the chain of causes. `proxied`: it is the proxy that was dialled.
pub(super) fn from_reqwest(route: Route, error: &reqwest::Error, proxied: bool) -> Error {
    let (kind, message) = if proxied && error.is_connect() {
        of_proxy(error).unwrap_or_else(|| classify(error))
    } else {
        classify(error)
    };
    Error::new(kind, route, message)
}

/// False where it is certain that no byte of the request left: there was no connection, or it was
/// closed before the request's turn.
pub(super) fn may_have_been_sent(error: &reqwest::Error) -> bool {
    !error.is_connect() && !cause::<hyper::Error>(error).is_some_and(hyper::Error::is_canceled)
}

/// Why no connection through the proxy came about, where the proxy is the reason.
fn of_proxy(error: &reqwest::Error) -> Option<(ErrorKind, String)> {
    let message = if let Some(unresolved) = cause::<Unresolved>(error) {
        format!("The proxy was not found: {unresolved}. Check the connection's proxy.")
    } else if refused(error) {
        "Nothing listens at the proxy's address. Check the connection's proxy.".to_owned()
    } else if says(error, "tunnel error: proxy authorization required") {
        "The proxy wants a user and a password: write them into the address of the connection's proxy.".to_owned()
    } else if says(error, "tunnel error: unsuccessful") {
        "The proxy does not connect to the server. Check that it may, and the server's address."
            .to_owned()
    } else {
        return None;
    };
    Some((ErrorKind::Unreachable(Unreachable::Other), message))
}

fn classify(error: &reqwest::Error) -> (ErrorKind, String) {
    if let Some(refused) = cause::<Refused>(error) {
        return (
            ErrorKind::Blocked,
            format!("The server was not called: {refused}."),
        );
    }
    if error.is_timeout() {
        let message = if error.is_connect() {
            "No connection to the server came about in time. Check host and port, and that no firewall drops the packets."
        } else {
            "The server did not answer in time. Check that it runs and is not overloaded."
        };
        return (ErrorKind::TimedOut, message.to_owned());
    }
    if let Some(unresolved) = cause::<Unresolved>(error) {
        return (
            ErrorKind::Unreachable(Unreachable::Dns),
            format!("The server was not found: {unresolved}. Check the address."),
        );
    }
    if let Some(tls) = cause::<rustls::Error>(error) {
        return (ErrorKind::Unreachable(Unreachable::Tls), tls_message(tls));
    }
    let hyper = cause::<hyper::Error>(error);
    let io = cause::<io::Error>(error).map(io::Error::kind);
    if hyper.is_some_and(hyper::Error::is_parse) {
        return (
            ErrorKind::Malformed,
            "What answered does not speak HTTP. Check the port, and http or https.".to_owned(),
        );
    }
    match io {
        _ if refused(error) => (
            ErrorKind::Unreachable(Unreachable::Refused),
            "Nothing listens at the server's address. Check that it runs, and the port.".to_owned(),
        ),
        _ if !error.is_connect() => (
            ErrorKind::Unreachable(Unreachable::Reset),
            "The connection broke before the answer was complete.".to_owned(),
        ),
        Some(
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof,
        ) => (
            ErrorKind::Unreachable(Unreachable::Reset),
            "The server closed the connection at once. Check the port, and http or https."
                .to_owned(),
        ),
        _ => (
            ErrorKind::Unreachable(Unreachable::Other),
            format!("No connection to the server came about: {}.", last(error)),
        ),
    }
}

fn refused(error: &reqwest::Error) -> bool {
    cause::<io::Error>(error).is_some_and(|io| io.kind() == io::ErrorKind::ConnectionRefused)
}

fn tls_message(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(reason) => {
            let reason = certificate_message(reason);
            format!(
                "The server's certificate is not accepted: {reason}. If its authority is your own, it has to be trusted here first."
            )
        }
        rustls::Error::InvalidMessage(_) => {
            "The server does not speak TLS on that port. Check the port, and http or https."
                .to_owned()
        }
        other => format!("The secure connection failed: {other}."),
    }
}

/// The reasons that rustls tells by the names of its types.
fn certificate_message(reason: &rustls::CertificateError) -> String {
    use rustls::CertificateError as Reason;
    match reason {
        Reason::UnknownIssuer => "its issuer is not known here (UnknownIssuer)".to_owned(),
        Reason::BadEncoding => "it cannot be read".to_owned(),
        Reason::BadSignature => "its signature is wrong".to_owned(),
        Reason::Revoked => "it was revoked".to_owned(),
        Reason::Other(other) if other.0.to_string() == "CaUsedAsEndEntity" => {
            "it is that of an authority, as self-signed ones are, and not a server's".to_owned()
        }
        Reason::Other(other) => other.0.to_string(),
        told => told.to_string(),
    }
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
