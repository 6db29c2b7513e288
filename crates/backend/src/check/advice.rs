//! From a failed call to its cause: a rule about the file's own values first, then what is known
//! about the server's words, then about the kind of failure.

use destination::{
    Auth, Destination, Finding, Problem, Severity, diagnose, keys, lint, probes, problem,
};
use iceberg_rest::{Error, ErrorKind, Hint, Unreachable};
use model::{destination::Advice, error::AppError};

/// What is known to be wrong with `keys` explains a failure better than the server does.
pub fn of_file(file: &Destination, about: &[&str]) -> Option<Advice> {
    of_severity(file, about, Severity::Error)
}

/// What may be wrong with them explains it where nothing else does.
pub fn of_doubt(file: &Destination, about: &[&str]) -> Option<Advice> {
    of_severity(file, about, Severity::Warn)
}

fn of_severity(file: &Destination, about: &[&str], severity: Severity) -> Option<Advice> {
    lint(file)
        .iter()
        .filter(|finding| about.iter().any(|key| keys::same(key, &finding.key)))
        // A name that only OLake's container cannot reach is not why this call failed.
        .find(|finding| finding.severity == severity && finding.id != "url.localhost")
        .map(of_finding)
}

pub fn of_finding(finding: &Finding) -> Advice {
    Advice {
        cause: finding.message.clone(),
        fix: finding.fix.clone(),
        command: String::new(),
        problem: None,
    }
}

/// The likeliest cause of a failed call: what findings about `keys` tell, unless the server itself names another.
pub fn of_call(file: &Destination, error: &Error, about: &[&str]) -> Option<Advice> {
    let clock = (error.hint() == Some(Hint::Clock)).then(|| Advice {
        cause: "The clocks of this machine and of the server differ. The keys may be right.".into(),
        fix: "Set both by NTP, and the clock of the machine that OLake runs on.".into(),
        command: "date -u && curl -sI '<REST_CATALOG_URL>' | grep -i '^date'".into(),
        problem: None,
    });
    clock
        .or_else(|| of_file(file, about))
        .or_else(|| of_error(file, error))
        .or_else(|| of_doubt(file, about))
}

/// Of what was not reached, where it is not told why.
pub const UNTOLD: &str =
    "The address may not be called from here, nothing listens there, or nothing answers in time.";
pub const REACH: &str = "Check the address. Crowsnest calls public addresses by https at the usual ports, and what its people_reach and people_ports allow; its log says what stood in the way.";

/// What to do about a connection, as its pages say it.
pub fn of_connection(error: &Error) -> Option<Advice> {
    let fix = AppError::from(error.clone()).hint?;
    Some(Advice {
        cause: String::new(),
        fix,
        command: String::new(),
        problem: None,
    })
}

/// What is known about an error of the way to the catalog.
pub fn of_error(file: &Destination, error: &Error) -> Option<Advice> {
    if error.kind == ErrorKind::Unreachable(Unreachable::Untold) {
        return Some(Advice {
            cause: UNTOLD.into(),
            fix: REACH.into(),
            command: String::new(),
            problem: None,
        });
    }
    // What was not sent was not refused by anybody: it says itself why.
    if matches!(error.kind, ErrorKind::Blocked | ErrorKind::Invalid) {
        return None;
    }
    let words = format!(
        "{} {} {}",
        error.type_on_wire.as_deref().unwrap_or_default(),
        error.message,
        error
            .status
            .map(|status| format!("status {status}"))
            .unwrap_or_default()
    );
    let by_kind = match error.kind {
        _ if error.hint() == Some(Hint::Version) => problem("net-v1-twice"),
        ErrorKind::Unreachable(Unreachable::Dns) => problem("net-dns"),
        ErrorKind::Unreachable(Unreachable::Refused) => problem("net-refused"),
        ErrorKind::Unreachable(_) if error.hint() == Some(Hint::Scheme) => problem("net-scheme"),
        ErrorKind::Unreachable(Unreachable::Tls) => problem("net-tls"),
        ErrorKind::TimedOut => problem("net-timeout"),
        ErrorKind::Malformed | ErrorKind::Unsupported => problem("net-html"),
        ErrorKind::Redirect if file.kind() == Some(destination::Kind::Unity) => {
            problem("unity-redirect")
        }
        ErrorKind::Redirect => problem("net-html"),
        _ => None,
    };
    by_kind
        .or_else(|| diagnose(&words, file.kind()).first().copied())
        .or(match error.kind {
            ErrorKind::Unauthenticated => problem("auth-401"),
            ErrorKind::Forbidden => problem("auth-403"),
            _ => None,
        })
        .map(from)
}

pub fn from(problem: &Problem) -> Advice {
    Advice {
        cause: problem.cause.into(),
        fix: problem.fix.into(),
        command: problem.command.into(),
        problem: Some(problem.id.into()),
    }
}

/// The same call by hand, with the file's values, in place of a command with placeholders.
pub fn by_hand(file: &Destination, token: bool, advice: Option<Advice>) -> Option<Advice> {
    let config = usize::from(file.auth() == Auth::OAuth2 && !token);
    advice.map(|advice| Advice {
        command: probes(file)
            .into_iter()
            .nth(config)
            .map_or(advice.command, |probe| probe.command),
        ..advice
    })
}
