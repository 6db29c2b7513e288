use secrecy::SecretString;

use crate::error::Error;

/// What a token endpoint is told besides who asks.
#[derive(Debug, Clone, Default)]
pub struct TokenRequest {
    /// Space-separated; Polaris wants `PRINCIPAL_ROLE:ALL` or roles by name.
    pub scope: Option<String>,
    /// Whom the token is for, where the provider asks (Auth0, Keycloak).
    pub audience: Option<String>,
    /// The URI of what the token is for, RFC 8707.
    pub resource: Option<String>,
    /// Fields of the form that this provider asks for besides. Their names are [free](TokenRequest::is_free).
    pub fields: Vec<(String, SecretString)>,
    /// Send the client's secret in the header (HTTP Basic, RFC 6749 §2.3.1) and never in the body. Where not, that is
    /// tried once after an `invalid_client`.
    pub basic: bool,
}

/// What requests for tokens say by themselves: RFC 6749 §4.4.2, RFC 8693 §2.1.
const TAKEN: [&str; 11] = [
    "grant_type",
    "client_id",
    "client_secret",
    "scope",
    "audience",
    "resource",
    "subject_token",
    "subject_token_type",
    "actor_token",
    "actor_token_type",
    "requested_token_type",
];

impl TokenRequest {
    /// Whether a field of that name can be told besides: one that stands there already would be told twice.
    pub fn is_free(name: &str) -> bool {
        !name.trim().is_empty() && !TAKEN.contains(&name.trim())
    }

    /// Fields of the form; those without a value are left out.
    pub(super) fn into_parameters(self) -> Result<Vec<(String, SecretString)>, Error> {
        if let Some((name, _)) = self.fields.iter().find(|(name, _)| !Self::is_free(name)) {
            return Err(Error::invalid(format!(
                "A request for a token says \u{201c}{name}\u{201d} by itself: it is no field besides."
            )));
        }
        let told = [
            ("scope", self.scope),
            ("audience", self.audience),
            ("resource", self.resource),
        ];
        let told = told.into_iter().filter_map(|(name, text)| {
            let text = text?.trim().to_owned();
            (!text.is_empty()).then(|| (name.to_owned(), text.into()))
        });
        Ok(told.chain(self.fields).collect())
    }
}
