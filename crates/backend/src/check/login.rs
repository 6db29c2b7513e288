//! The file's credentials as the client takes them.

use destination::{Auth as Mode, Destination, Kind, Target, derive, keys};
use iceberg_rest::{Auth, TokenRequest, auth::AwsKeys};

/// Why a file's credentials cannot be used from here.
pub enum Missing {
    /// The keys of this way to sign in are not in the file.
    Secret(&'static str),
    /// OLake would sign with the role of its own machine.
    Role,
}

pub fn auth(file: &Destination) -> Result<Auth, Missing> {
    let secret = |key: &'static str| {
        file.secret(key)
            .map(|secret| secret.expose().trim().to_owned())
            .filter(|secret| !secret.is_empty())
    };
    Ok(match file.auth() {
        Mode::None => Auth::None,
        Mode::Token => Auth::Bearer(secret(keys::TOKEN).ok_or(Missing::Secret("token"))?.into()),
        Mode::OAuth2 => {
            let credential =
                secret(keys::CREDENTIAL).ok_or(Missing::Secret("client id and secret"))?;
            // Iceberg takes a value without a colon for the secret alone.
            let (client_id, client_secret) = credential
                .split_once(':')
                .unwrap_or(("", credential.as_str()));
            if client_secret.is_empty() {
                return Err(Missing::Secret("client secret"));
            }
            Auth::OAuth2 {
                client_id: client_id.to_owned(),
                client_secret: client_secret.into(),
                token_url: or(file.text(keys::OAUTH_URL), || {
                    derive::polaris_token_url(file.text(keys::URL).trim())
                }),
                // Iceberg's default where the file names none.
                asks: TokenRequest {
                    scope: Some(or(file.text(keys::SCOPE), || "catalog".into())),
                    ..TokenRequest::default()
                },
                subject: None,
            }
        }
        Mode::SigV4 => {
            let (Some(access_key_id), Some(secret_access_key)) =
                (secret(keys::ACCESS_KEY), secret(keys::SECRET_KEY))
            else {
                return Err(Missing::Role);
            };
            Auth::SigV4 {
                region: or(file.text(keys::SIGNING_REGION), || {
                    file.text(keys::REGION).trim().to_owned()
                }),
                signing_name: match (file.kind(), file.target()) {
                    // OLake sets it itself, whatever the file says.
                    (Some(Kind::S3Tables), Target::Typed) => "s3tables".into(),
                    _ => or(file.text(keys::SIGNING_NAME), || "execute-api".into()),
                },
                credentials: AwsKeys {
                    access_key_id,
                    secret_access_key: secret_access_key.into(),
                    session_token: secret(keys::SESSION_TOKEN).map(Into::into),
                }
                .into(),
                double_encode_path: true,
            }
        }
    })
}

fn or(text: &str, default: impl FnOnce() -> String) -> String {
    match text.trim() {
        "" => default(),
        text => text.to_owned(),
    }
}
