use secrecy::SecretString;
use thiserror::Error;
use url::{Host, Url};

use crate::roles::Table;

/// A provider, as it is set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its name in addresses: lower case letters, digits and dashes, at most 40.
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// Exactly as the provider itself writes it. `https`, or `http` on this machine.
    pub issuer: String,
    /// What the provider calls this program.
    pub client_id: String,
    /// `None` for a public client, which PKCE alone protects.
    pub client_secret: Option<SecretString>,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// Where the ID token says what a person is: see [`Table::role_by_claim`].
    pub roles_claim: String,
    /// Where it says what they are called; without it `name`. Where that is missing: `preferred_username`, then
    /// `email`, then who they are.
    pub name_claim: Option<String>,
    /// Which values of the claim have which role.
    pub roles: Table,
    /// Audiences that an ID token may be for besides this program. Any other, and it is refused.
    pub other_audiences: Vec<String>,
}

/// Settings that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum InvalidSettings {
    /// The id is no slug.
    #[error(
        "The id of a provider has lower case letters, digits and dashes, and at most 40 of them."
    )]
    Id,
    /// The issuer is no URL, or has a query or a fragment.
    #[error("The issuer of a provider is a URL without a query, as the provider writes it.")]
    Issuer,
    /// The issuer has no encryption, and is not on this machine.
    #[error("The issuer of a provider begins with https://, unless it is on this machine.")]
    Insecure,
    /// There is no client id.
    #[error("A provider has a client id.")]
    ClientId,
    /// There is no claim with roles.
    #[error("A provider has a claim that says what a person is.")]
    RolesClaim,
}

impl Settings {
    /// The issuer as a URL, where all can be used.
    pub(super) fn check(&self) -> Result<Url, InvalidSettings> {
        let slug = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=40).contains(&self.id.len()) || !self.id.bytes().all(slug) {
            return Err(InvalidSettings::Id);
        }
        if self.client_id.is_empty() {
            return Err(InvalidSettings::ClientId);
        }
        if self.roles_claim.is_empty() {
            return Err(InvalidSettings::RolesClaim);
        }
        let issuer = Url::parse(&self.issuer).map_err(|_| InvalidSettings::Issuer)?;
        // OpenID Connect Discovery 1.0 §3; a user in it would end up in messages.
        let has_more = issuer.query().is_some() || issuer.fragment().is_some();
        if has_more || !issuer.username().is_empty() || issuer.password().is_some() {
            return Err(InvalidSettings::Issuer);
        }
        match is_protected(&issuer, is_loopback(&issuer)) {
            true => Ok(issuer),
            false => Err(InvalidSettings::Insecure),
        }
    }
}

/// Whether what is sent to an address cannot be read on the way.
pub(super) fn is_protected(url: &Url, is_loopback: bool) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback)
}

/// Whether an address is on this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
