use secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serialize};

use super::Principal;
use super::connection::exposed;

/// What creating a principal, rotating and resetting answer: the only time the secret is told.
#[derive(Clone, Debug, Deserialize)]
pub struct PrincipalWithCredentials {
    pub principal: Principal,
    pub credentials: Credentials,
}

/// Masked in `Debug`, and not serialisable: it is shown once, by hand.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    pub client_id: String,
    #[serde(deserialize_with = "secret")]
    pub client_secret: SecretString,
}

/// `POST /principals/{principal}/reset`: what is absent, the server chooses.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResetCredentials {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    #[serde(serialize_with = "exposed", skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<SecretString>,
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}
