//! From an answer's status, headers and body to an [`Error`].

use super::{Error, ErrorKind, Hint, Misfit, Shape, WireError, missing};
use crate::{
    operation::{Operation, Route},
    response::Response,
};

impl Error {
    /// Understands an answer that is no success.
    pub(crate) fn from_response(route: Route, response: &Response<'_>) -> Self {
        let wire = WireError::parse(response.body);
        let kind = kind(route, response.status, &wire);
        let mut error = Self::on_wire(kind, route, response, wire);
        error.details_mut().retry_after = response.headers.retry_after;
        error
    }

    /// In the words of the answer, or in ours where it has none.
    fn on_wire(kind: ErrorKind, route: Route, response: &Response<'_>, wire: WireError) -> Self {
        let said = !wire.message.is_empty();
        let message = match said {
            true => wire.message,
            false => describe(kind, response, wire.shape),
        };
        let mut error = Self::answered(kind, route, response, message);
        let details = error.details_mut();
        (details.said, details.shape) = (said, Some(wire.shape));
        details.type_on_wire = wire.type_on_wire;
        error
    }

    /// A success whose body is not what the operation promises.
    pub(crate) fn malformed(route: Route, response: &Response<'_>, why: &Misfit) -> Self {
        // The beginning tells what it is.
        let wire = WireError::parse(&response.body[..response.body.len().min(1024)]);
        if why.field().is_none() && wire.shape.is_of_a_catalog() && !wire.message.is_empty() {
            return Self::in_a_success(route, response, wire);
        }
        let found = match (wire.shape, why) {
            (Shape::Html, _) => "an HTML page".to_owned(),
            (Shape::Xml, _) => "XML".to_owned(),
            // 204, 205 and 304 say themselves that there is nothing.
            (Shape::Empty, _) => "nothing, where the answer should stand".to_owned(),
            (_, Misfit::TooDeep) => "JSON that is nested too deeply".to_owned(),
            (_, Misfit::Cut(at)) => format!("text that is no JSON: it breaks off ({at})"),
            (_, Misfit::NoJson(at)) => format!("text that is no JSON ({at})"),
            (Shape::Text, why) => format!("JSON text of another shape ({why})"),
            (_, why) => format!("JSON of another shape ({why})"),
        };
        let status = response.status;
        let field = why.field().map(str::to_owned);
        let message = match field {
            Some(_) => {
                format!("The server answered {status} with a field that cannot be read ({why}).")
            }
            None => format!("The server answered {status} with {found}."),
        };
        let mut error = Self::answered(ErrorKind::Malformed, route, response, message);
        let details = error.details_mut();
        (details.field, details.shape) = (field, Some(wire.shape));
        match (why, wire.shape) {
            (Misfit::Cut(_), Shape::Text | Shape::Json) => error.with_hint(Hint::Broken),
            _ => error,
        }
    }

    /// An error where the answer should stand, though the server calls it a success. The error has its own code.
    fn in_a_success(route: Route, response: &Response<'_>, wire: WireError) -> Self {
        let status = wire.code.filter(|code| (400..600).contains(code));
        let kind = kind(route, status.unwrap_or(400), &wire);
        Self::on_wire(kind, route, response, wire)
    }

    /// A success of which only a part came, or something else than was asked for.
    pub(crate) fn partial(route: Route, response: &Response<'_>) -> Self {
        let message = format!(
            "The server answered {}: a part of an answer, which was not asked for and is not read.",
            response.status
        );
        Self::answered(ErrorKind::Malformed, route, response, message).with_hint(Hint::Gateway)
    }

    /// A success that would take many times its length in memory: long lists of next to nothing.
    pub(crate) fn overgrown(route: Route, response: &Response<'_>) -> Self {
        let limit_bytes = response.body.len() as u64;
        let message = format!(
            "The server's answer of {} KiB holds more entries than the memory for one answer: it was not read to its end.",
            limit_bytes / 1024
        );
        Self::answered(
            ErrorKind::TooLarge { limit_bytes },
            route,
            response,
            message,
        )
    }

    fn answered(kind: ErrorKind, route: Route, response: &Response<'_>, message: String) -> Self {
        let mut error = Self::new(kind, route, message);
        let details = error.details_mut();
        details.status = Some(response.status);
        details.request_id = response.headers.request_id.clone();
        error
    }
}

fn kind(route: Route, status: u16, wire: &WireError) -> ErrorKind {
    let is_type = |prefix: &str| {
        wire.type_on_wire
            .as_deref()
            .is_some_and(|name| name.starts_with(prefix))
    };
    match status {
        300..400 => ErrorKind::Redirect,
        // The Apache fixture answers any route it does not have with 400.
        400 | 404 if missing::is_route(wire) => ErrorKind::Unsupported,
        // Nessie: an unknown branch or tag.
        400 if is_type("NoSuch") => ErrorKind::NotFound,
        // Polaris: what is to be revoked is not there.
        400 if is_type("GRANT_NOT_FOUND") => ErrorKind::NotFound,
        // RFC 6749 §5.2 lets a token endpoint refuse a client with 400.
        400 if wire.shape == Shape::OAuth
            && (is_type("invalid_client")
                || is_type("unauthorized_client")
                || is_type("invalid_grant")) =>
        {
            ErrorKind::Unauthenticated
        }
        401 | 419 => ErrorKind::Unauthenticated,
        403 => ErrorKind::Forbidden,
        // Nessie 0.99: what its rules refuse, before anything is done. Its own API answers 403.
        500 if is_type("AccessCheckException") => ErrorKind::Forbidden,
        // The specification knows no 410: without the catalog's words it is as little as a 404 is.
        404 | 410 if route.method == "HEAD" || missing::is_object(route, wire) => {
            ErrorKind::NotFound
        }
        404 | 405 | 406 | 410 | 501 => ErrorKind::Unsupported,
        _ if leaves_open(status) && is_commit(route) => ErrorKind::CommitStateUnknown,
        408 => ErrorKind::TimedOut,
        409 => ErrorKind::Conflict,
        429 => ErrorKind::RateLimited,
        400..=499 => ErrorKind::BadRequest,
        _ => ErrorKind::ServerError,
    }
}

/// Whether a change that is answered so may have happened nevertheless: the server or a gateway failed on
/// the way. 501 and 505 refuse before anything is done.
pub(crate) fn leaves_open(status: u16) -> bool {
    matches!(status, 408 | 500..=599) && !matches!(status, 501 | 505)
}

fn is_commit(route: Route) -> bool {
    Operation::ALL
        .iter()
        .any(|operation| operation.is_commit() && operation.route() == route)
}

/// Our words, where the server had none.
fn describe(kind: ErrorKind, response: &Response<'_>, shape: Shape) -> String {
    let status = response.status;
    match kind {
        ErrorKind::NotFound => "The server says that this does not exist.".to_owned(),
        ErrorKind::Forbidden => {
            "The server refuses this to the identity of the connection.".to_owned()
        }
        ErrorKind::Unauthenticated => "The server does not accept who asks.".to_owned(),
        ErrorKind::Conflict => "Somebody else changed this in the meantime.".to_owned(),
        ErrorKind::RateLimited => "The server asks for fewer requests.".to_owned(),
        ErrorKind::Unsupported => "The server has no such operation.".to_owned(),
        ErrorKind::Redirect => {
            "The server points to another address, and redirects are not followed.".to_owned()
        }
        _ if status == 407 => "The proxy wants a user and a password.".to_owned(),
        _ if shape == Shape::Html => format!("The server answered {status} with an HTML page."),
        _ => format!("The server answered {status} without saying why."),
    }
}
