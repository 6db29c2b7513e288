use crate::Role;

/// The issuer of those who sign in with a password that is kept here. No provider has it: theirs are URLs.
pub const LOCAL: &str = "local";

/// The issuer of those whom a proxy names.
pub const PROXY: &str = "proxy";

/// A person who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who vouches for them: [`LOCAL`], [`PROXY`], or the URL of a provider of OpenID Connect.
    pub issuer: String,
    /// Who they are there. With the issuer it is the key of a person: an e-mail address or a name may pass to
    /// somebody else (OpenID Connect Core 1.0 §5.7).
    pub subject: String,
    /// What they are called. For showing alone.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Identity {
    /// What tells one person from all others.
    pub fn key(&self) -> (&str, &str) {
        (&self.issuer, &self.subject)
    }
}
