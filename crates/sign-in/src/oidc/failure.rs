mod refusal;
mod words;

use iceberg_rest::Unreachable;
use thiserror::Error;

use crate::roles::NoRole;

pub use refusal::Refusal;

/// Why nobody signed in. [`Failure::message`] and [`Failure::hint`] are for people: what the provider sent is not in
/// them, but for the values of [`NoRole`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.message())]
pub struct Failure {
    /// The provider's label.
    pub provider: String,
    /// What happened.
    pub reason: Reason,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No connection came about or lasted.
    Unreachable(Unreachable),
    /// There was no whole answer in time.
    Slow,
    /// The provider says by this status that it cannot answer now.
    Unavailable(u16),
    /// What answers is no provider, or not the one that is set.
    Misconfigured(Misconfigured),
    /// The provider says no.
    Refused(Refusal),
    /// The ID token does not stand.
    Token(Check),
    /// The person is known, by this subject, and has no role.
    NoRole(NoRole, String),
    /// It took too long to sign in.
    Expired,
    /// What came back is of another attempt, or of none.
    OtherAttempt,
    /// What came back is of another provider, or does not say of which (RFC 9207).
    OtherProvider,
}

/// In which way settings and provider do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misconfigured {
    /// It calls itself otherwise than its issuer is set.
    Issuer,
    /// Its description lacks this endpoint.
    Missing(&'static str),
    /// This endpoint is no URL, or has no encryption.
    Insecure(&'static str),
    /// An answer is not the JSON that it should be.
    NotJson,
    /// The token endpoint answers with something else than tokens.
    NotToken,
    /// An answer is longer than a MiB.
    TooLarge,
    /// It points elsewhere.
    Redirect,
    /// It answers with this status where its description or its keys should be.
    Status(u16),
    /// An address is one that is never called.
    Address,
}

/// What is wrong with an ID token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// There is none.
    Missing,
    /// It is no token that can be read.
    Form,
    /// It is signed in a way that is not believed, or not at all.
    Algorithm,
    /// It is signed with a key that is not the provider's.
    UnknownKey,
    /// It does not say with which of several keys, or with one that is not for this.
    Key,
    /// The signature is wrong.
    Signature,
    /// `iss`
    Issuer,
    /// `aud`
    Audience,
    /// `azp`
    AuthorizedParty,
    /// `exp`
    Expired,
    /// `iat`: in the future, or too long ago.
    IssuedAt,
    /// `nonce`
    Nonce,
    /// `sub`: none, too long, or somebody else.
    Subject,
}

impl Failure {
    /// Whether a refresh that failed like this ends the sign-in: the provider does not know it any more, or the person
    /// has no role any more. Else the same refresh token may be good later.
    pub fn ends_sign_in(&self) -> bool {
        match &self.reason {
            Reason::Refused(refusal) => {
                matches!(refusal, Refusal::InvalidGrant | Refusal::InvalidClient)
            }
            // A key may be so new that it is not known yet.
            Reason::Token(check) => *check != Check::UnknownKey,
            Reason::NoRole(..) => true,
            _ => false,
        }
    }
}
