use std::{error::Error as StdError, io};

use super::guard::{Refused, Unresolved};
use crate::{
    error::{Error, ErrorKind, Unreachable},
    operation::Route,
};

/// What happened below HTTP, told apart by the chain of causes.
pub(crate) fn from_reqwest(route: Route, error: &reqwest::Error) -> Error {
    let (kind, message) = classify(error);
    Error::new(kind, route, message)
}

fn classify(error: &reqwest::Error) -> (ErrorKind, String) {
    if let Some(refused) = cause::<Refused>(error) {
        return (
            ErrorKind::Blocked,
            format!("The server was not called: {refused}."),
        );
    }
    if error.is_timeout() {
        return (
            ErrorKind::TimedOut,
            "The server did not answer in time. Check that it runs and is not overloaded."
                .to_owned(),
        );
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
    // A body that breaks off counts as undecodable too, but has a cause below.
    if error.is_decode() && hyper.is_none() && io != Some(io::ErrorKind::ConnectionReset) {
        return (
            ErrorKind::Malformed,
            "The server's compressed answer is broken.".to_owned(),
        );
    }
    if hyper.is_some_and(hyper::Error::is_parse) {
        return (
            ErrorKind::Malformed,
            "What answered does not speak HTTP. Check the port, and http or https.".to_owned(),
        );
    }
    match io {
        Some(io::ErrorKind::ConnectionRefused) => (
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
            "No connection to the server came about.".to_owned(),
        ),
    }
}

fn tls_message(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(reason) => {
            format!(
                "The server's certificate is not accepted: {reason}. If its authority is your own, name it in ca_file."
            )
        }
        rustls::Error::InvalidMessage(_) => {
            "The server does not speak TLS on that port. Check the port, and http or https."
                .to_owned()
        }
        other => format!("The secure connection failed: {other}."),
    }
}

/// The first cause of type `T`. An `io::Error` hides what it wraps from `source`, so it is opened by hand.
fn cause<T: StdError + 'static>(error: &reqwest::Error) -> Option<&T> {
    let mut current: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = current {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        current = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    None
}
