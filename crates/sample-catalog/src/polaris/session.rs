//! Tokens: client credentials in, a signed name and scope out.

use axum::response::Response;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;

use super::realm::Realm;
use crate::{ask::Ask, connections::CANARY, reply};

const ALL: &str = "PRINCIPAL_ROLE:ALL";

/// Who is asking, and as what.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub principal: String,
    /// Another principal of the same name has another one.
    client_id: String,
    scope: String,
    /// In seconds after the realm's birth.
    ends: u64,
}

impl Session {
    /// The principal roles that the scope activates.
    pub fn activates(&self, role: &str) -> bool {
        let mut scopes = self.scope.split(' ');
        scopes.any(|scope| scope == ALL || scope.strip_prefix("PRINCIPAL_ROLE:") == Some(role))
    }

    fn token(&self, realm: &Realm) -> Option<String> {
        let payload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).ok()?);
        let signature =
            BASE64_URL_SAFE_NO_PAD.encode(mac(realm, &payload)?.finalize().into_bytes());
        Some(format!("{CANARY}.{payload}.{signature}"))
    }

    /// The session of a token, when it was issued here, has not ended, and its principal still exists.
    pub fn read(realm: &Realm, token: &str) -> Option<Self> {
        let (payload, signature) = token
            .strip_prefix(CANARY)?
            .strip_prefix('.')?
            .split_once('.')?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
        mac(realm, payload)?.verify_slice(&signature).ok()?;
        let payload = BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?;
        let session: Self = serde_json::from_slice(&payload).ok()?;
        let principal = realm.principals.get(&session.principal)?;
        let valid = realm.is_bootstrapped()
            && principal.client_id == session.client_id
            && realm.born.elapsed().as_secs() < session.ends;
        valid.then_some(session)
    }
}

fn mac(realm: &Realm, payload: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(realm.token_key.as_bytes()).ok()?;
    mac.update(payload.as_bytes());
    Some(mac)
}

/// OAuth2 client credentials, in the body or as basic authentication (RFC 6749 §2.3.1).
pub(crate) fn issue(realm: &Realm, seconds: u64, ask: &Ask) -> Response {
    let refuse = |status, error: &str, description: &str| {
        reply::json(
            status,
            &json!({"error": error, "error_description": description, "error_uri": null}),
        )
    };
    if !realm.is_bootstrapped() {
        let message = "Realm is not bootstrapped, please run server in bootstrap mode.";
        return reply::error(500, "IllegalStateException", message);
    }
    if ask.form("grant_type").as_deref() != Some("client_credentials") {
        return refuse(400, "unsupported_grant_type", "The grant type is invalid");
    }
    let scope = ask.form("scope").unwrap_or_default();
    let mut scopes = scope.split(' ');
    if !scopes.all(|part| part.starts_with("PRINCIPAL_ROLE:")) {
        return refuse(400, "invalid_scope", "The scope is invalid");
    }
    let given = basic(ask).or_else(|| Some((ask.form("client_id")?, ask.form("client_secret")?)));
    let principal = given.and_then(|(id, secret)| {
        let mut principals = realm.principals.iter();
        principals.find(|(_, one)| one.client_id == id && one.client_secret == secret)
    });
    let token = principal.and_then(|(name, principal)| {
        let session = Session {
            principal: name.clone(),
            client_id: principal.client_id.clone(),
            scope,
            ends: realm.born.elapsed().as_secs().saturating_add(seconds),
        };
        session.token(realm)
    });
    let Some(token) = token else {
        return refuse(401, "unauthorized_client", "The client is not authorized");
    };
    let kind = "urn:ietf:params:oauth:token-type:access_token";
    reply::json(
        200,
        &json!({"access_token": token, "token_type": "bearer", "issued_token_type": kind, "expires_in": seconds}),
    )
}

fn basic(ask: &Ask) -> Option<(String, String)> {
    let encoded = ask.header("authorization")?.strip_prefix("Basic ")?;
    let decoded = base64::prelude::BASE64_STANDARD.decode(encoded).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |part: &str| {
        let decoded = percent_decode_str(part).decode_utf8().ok()?;
        Some(decoded.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}
