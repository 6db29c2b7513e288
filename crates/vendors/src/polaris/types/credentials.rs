use secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serialize};

use super::Principal;
use super::connection::exposed;

/// What creating a principal, rotating and resetting answer: the only time the secret is told.
#[derive(Clone, Debug, Deserialize)]
pub struct PrincipalWithCredentials {
    /// Whose they are.
    pub principal: Principal,
    /// To be shown once.
    pub credentials: Credentials,
}

/// Masked in `Debug`, and not serialisable: it is shown once, by hand.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    /// What it signs in with, beside the secret.
    pub client_id: String,
    /// Told by this answer only.
    #[serde(deserialize_with = "secret")]
    pub client_secret: SecretString,
}

/// `POST /principals/{principal}/reset`: what is absent, the server chooses.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResetCredentials {
    /// The new client id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The new client secret.
    #[serde(serialize_with = "exposed", skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<SecretString>,
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}
