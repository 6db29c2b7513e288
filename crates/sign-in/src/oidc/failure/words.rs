//! What a person reads of a failure.

use iceberg_rest::Unreachable;

use super::{Check, Failure, Misconfigured, Reason, Refusal};

/// For what only who runs the provider or this program can mend.
const SETTINGS: &str =
    "Whoever runs this console compares its settings of the provider with the provider's own.";
const AGAIN: &str = "Sign in again.";
const LATER: &str = "Try again in a minute. If it stays so, tell whoever runs the provider.";

impl Failure {
    /// What happened, in one sentence that names the provider.
    pub fn message(&self) -> String {
        let name = &self.provider;
        match &self.reason {
            Reason::Unreachable(Unreachable::Dns) => format!("{name} was not found."),
            Reason::Unreachable(Unreachable::Tls) => {
                format!("There is no secure connection to {name}.")
            }
            Reason::Unreachable(_) => format!("{name} cannot be reached."),
            Reason::Slow => format!("{name} did not answer in time."),
            Reason::Unavailable(status) => format!("{name} cannot answer now (status {status})."),
            Reason::Misconfigured(what) => misconfigured(name, *what),
            Reason::Refused(refusal) => refused(name, *refusal),
            Reason::Token(check) => {
                let what = token(*check);
                format!("What {name} says of you is not believed: {what}.")
            }
            Reason::NoRole(why, _) => {
                format!("{name} knows you, and you have no role here: {why}.")
            }
            Reason::Expired => format!("Signing in at {name} took more than ten minutes."),
            Reason::OtherAttempt => {
                format!("What came back from {name} does not belong to a sign-in of this browser.")
            }
            Reason::OtherProvider => format!("What came back does not come from {name}."),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match &self.reason {
            Reason::Unreachable(Unreachable::Dns) => {
                "Whoever runs this console checks the host name of the issuer."
            }
            Reason::Unreachable(Unreachable::Tls) => {
                "Whoever runs this console checks the provider's certificate, and whether its authority is known."
            }
            Reason::Unreachable(_) | Reason::Slow | Reason::Unavailable(_) => LATER,
            Reason::Misconfigured(_) => SETTINGS,
            Reason::Refused(refusal) => match refusal {
                Refusal::AccessDenied => {
                    "Sign in again and agree, or ask whoever runs the provider for access."
                }
                Refusal::InvalidGrant | Refusal::Interaction | Refusal::Other => AGAIN,
                Refusal::Unavailable => LATER,
                Refusal::InvalidClient
                | Refusal::InvalidRequest
                | Refusal::InvalidScope
                | Refusal::UnauthorizedClient
                | Refusal::Unsupported => SETTINGS,
            },
            Reason::Token(Check::Expired | Check::IssuedAt) => {
                "Sign in again. If it stays so, the clock of the provider or of this console is wrong."
            }
            Reason::Token(Check::Nonce | Check::Subject) => AGAIN,
            Reason::Token(_) => SETTINGS,
            Reason::NoRole(..) => {
                "Ask an administrator for a role. They see to it that the provider sends the claim, and that one of its values has a role in the settings."
            }
            Reason::Expired | Reason::OtherAttempt | Reason::OtherProvider => AGAIN,
        }
    }
}

fn misconfigured(name: &str, what: Misconfigured) -> String {
    match what {
        Misconfigured::Issuer => format!("{name} has another issuer than the one that is set."),
        Misconfigured::Missing(endpoint) => format!("{name} does not say its {endpoint}."),
        Misconfigured::Insecure(endpoint) => {
            format!("The {endpoint} of {name} is no address with https.")
        }
        Misconfigured::NotJson => {
            format!("At the address of {name} something answers that is no provider.")
        }
        Misconfigured::NotToken => format!("{name} answered with something else than tokens."),
        Misconfigured::TooLarge => format!("{name} answered with more than a MiB."),
        Misconfigured::Redirect => {
            format!("{name} points to another address, which is not followed.")
        }
        Misconfigured::Status(status) => {
            format!("{name} does not describe itself at its address (status {status}).")
        }
        Misconfigured::Address => format!("{name} has an address that is never called."),
    }
}

fn refused(name: &str, refusal: Refusal) -> String {
    match refusal {
        Refusal::AccessDenied => format!("{name} did not let you in, or you did not agree."),
        Refusal::InvalidClient => format!("{name} does not accept the client id or its secret."),
        Refusal::InvalidGrant => format!("Your sign-in at {name} is over or was used already."),
        Refusal::InvalidRequest => format!("{name} does not understand how it was asked."),
        Refusal::InvalidScope => format!("{name} does not know a scope that is asked for."),
        Refusal::UnauthorizedClient => format!("{name} does not let this console sign people in."),
        Refusal::Unsupported => format!("{name} does not sign people in by a code."),
        Refusal::Unavailable => format!("{name} has a failure of its own."),
        Refusal::Interaction => format!("{name} wants to ask you something first."),
        Refusal::Other => format!("{name} did not sign you in, and gave no known reason."),
    }
}

fn token(check: Check) -> &'static str {
    match check {
        Check::Missing => "there is no ID token",
        Check::Form => "the ID token cannot be read",
        Check::Algorithm => "the ID token is signed in a way that is not believed",
        Check::UnknownKey => "the ID token is signed with a key that the provider does not list",
        Check::Key => "the ID token does not say which key it is signed with",
        Check::Signature => "the signature of the ID token is wrong",
        Check::Issuer => "the ID token is of another issuer",
        Check::Audience => "the ID token is for another program",
        Check::AuthorizedParty => "the ID token was given to another program",
        Check::Expired => "the ID token has expired",
        Check::IssuedAt => "the ID token was made too long ago, or in the future",
        Check::Nonce => "the ID token is of another sign-in",
        Check::Subject => "the ID token names nobody, or somebody else",
    }
}
