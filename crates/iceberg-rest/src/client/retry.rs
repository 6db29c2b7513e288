//! Which failures end a read for now only, and which leave open whether a change happened.

use std::time::Duration;

use crate::error::{Error, ErrorKind, Unreachable, leaves_open};

/// Longest `Retry-After` that is waited for, in seconds.
const MAX_WAIT: u64 = 2;
/// Times a read is sent again when the server says when.
const WHEN_TOLD: u32 = 2;

/// How long to wait before a read is sent again; `None`: it is not. `retries` counts those before.
pub(super) fn pause(error: &Error, retries: u32) -> Option<Duration> {
    let broke = error.kind == ErrorKind::Unreachable(Unreachable::Reset);
    match (error.status, error.retry_after) {
        _ if broke => (retries == 0).then(jitter),
        (Some(429 | 503), Some(wait)) if wait <= MAX_WAIT => {
            (retries < WHEN_TOLD).then(|| Duration::from_secs(wait))
        }
        (Some(429 | 503), Some(_)) => None,
        // A gateway's word on its way to the server, those of a CDN included; or a request that came too slowly.
        (Some(408 | 502..=504 | 520..=527), _) => (retries == 0).then(jitter),
        _ => None,
    }
}

/// Those that failed together do not come back together.
fn jitter() -> Duration {
    Duration::from_millis(fastrand::u64(50..200))
}

/// The error of a change that went out: some leave open whether it happened.
pub(super) fn uncertain(mut error: Error) -> Error {
    let open = match error.status {
        // By the server's own word it was not let through.
        Some(_) if error.kind == ErrorKind::Forbidden => false,
        Some(status) => (200..300).contains(&status) || leaves_open(status),
        None => true,
    };
    if open {
        error.details_mut().kind = ErrorKind::CommitStateUnknown;
    }
    error
}

#[cfg(test)]
mod tests {
    use super::{pause, uncertain};
    use crate::error::{Error, ErrorKind, Unreachable};
    use crate::operation::Operation;

    fn error(kind: ErrorKind, status: Option<u16>, retry_after: Option<u64>) -> Error {
        let mut error = Error::new(kind, Operation::ListTables.route(), "");
        error.details_mut().status = status;
        error.details_mut().retry_after = retry_after;
        error
    }

    #[test]
    fn a_read_is_sent_again_once_where_that_may_help() {
        let reset = ErrorKind::Unreachable(Unreachable::Reset);
        for (kind, status, retry_after, again) in [
            (reset, None, None, true),
            (reset, Some(200), None, true),
            (ErrorKind::ServerError, Some(502), None, true),
            (ErrorKind::ServerError, Some(503), None, true),
            (ErrorKind::ServerError, Some(504), Some(60), true),
            (ErrorKind::ServerError, Some(522), None, true),
            (ErrorKind::TimedOut, Some(408), None, true),
            (ErrorKind::ServerError, Some(503), Some(60), false),
            (ErrorKind::RateLimited, Some(429), None, false),
            (ErrorKind::ServerError, Some(500), None, false),
            (ErrorKind::Unsupported, Some(501), None, false),
            (ErrorKind::TimedOut, None, None, false),
            (ErrorKind::Malformed, Some(200), None, false),
            (ErrorKind::NotFound, Some(404), None, false),
            (
                ErrorKind::Unreachable(Unreachable::Refused),
                None,
                None,
                false,
            ),
            (ErrorKind::Unreachable(Unreachable::Tls), None, None, false),
        ] {
            let error = error(kind, status, retry_after);
            assert_eq!(pause(&error, 0).is_some(), again, "{kind:?} {status:?}");
            assert_eq!(pause(&error, 1), None, "{kind:?} {status:?}");
        }
    }

    #[test]
    fn only_a_refusal_is_certain() {
        let kind = |status| uncertain(error(ErrorKind::ServerError, Some(status), None)).kind;
        for status in [200, 204, 408, 500, 502, 503, 504, 507, 520, 524, 527, 599] {
            assert_eq!(kind(status), ErrorKind::CommitStateUnknown, "{status}");
        }
        for status in [
            302, 400, 401, 403, 404, 405, 407, 409, 412, 422, 429, 501, 505,
        ] {
            assert_eq!(kind(status), ErrorKind::ServerError, "{status}");
        }
        let refused = uncertain(error(ErrorKind::Forbidden, Some(500), None));
        assert_eq!(refused.kind, ErrorKind::Forbidden);
        for kind in [
            ErrorKind::TimedOut,
            ErrorKind::Unreachable(Unreachable::Reset),
            ErrorKind::Unreachable(Unreachable::Tls),
        ] {
            let error = uncertain(error(kind, None, None));
            assert_eq!(error.kind, ErrorKind::CommitStateUnknown, "{kind:?}");
        }
    }
}
