//! Whether an ID token stands, and whom it names: OpenID Connect Core 1.0 §3.1.3.7 and §12.2.

use std::time::{Duration, SystemTime};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use openidconnect::{
    ClaimsVerificationError as Wrong, ClientId, IssuerUrl, Nonce,
    SignatureVerificationError as Unsigned,
    core::{
        CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm as Signed,
    },
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{Check, Reason, Settings};
use crate::{Identity, roles::at, text::bounded};

/// Signatures that are believed: none that a public key or a client's secret could make.
const ALGORITHMS: [Signed; 4] = [
    Signed::RsaSsaPkcs1V15Sha256,
    Signed::RsaSsaPssSha256,
    Signed::EcdsaP256Sha256,
    Signed::EdDsa,
];

/// How far clocks may be apart, either way.
const LEEWAY: Duration = Duration::from_secs(60);

/// How old an ID token may be at a sign-in.
const OLDEST: Duration = Duration::from_secs(600);

/// Longest subject, in bytes (§2), and what is shown of a name, in characters.
const SUBJECT: usize = 255;
const NAME: usize = 200;

/// What an ID token was asked for.
pub(super) enum Asked<'a> {
    /// With the nonce that was sent.
    SignIn { nonce: Nonce },
    /// Of who had signed in.
    Refresh { subject: &'a str },
}

/// The claims of an ID token that stands.
pub(super) fn verify(
    settings: &Settings,
    keys: &CoreJsonWebKeySet,
    id_token: &SecretString,
    asked: &Asked<'_>,
    now: SystemTime,
) -> Result<Value, Check> {
    let text = id_token.expose_secret();
    let token: CoreIdToken = text.parse().map_err(|_| Check::Form)?;
    let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| Check::Issuer)?;
    // Never with the secret: a signature by it proves nothing to who else has it.
    let client_id = ClientId::new(settings.client_id.clone());
    let verifier = CoreIdTokenVerifier::new_public_client(client_id, issuer, keys.clone())
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || DateTime::from(now - LEEWAY))
        .set_other_audience_verifier_fn(|audience| settings.other_audiences.contains(audience));
    let verified = match asked {
        Asked::SignIn { nonce } => token.claims(&verifier, nonce),
        // A new ID token has no nonce of its own, or the one of the sign-in, which is not kept.
        Asked::Refresh { .. } => token.claims(&verifier, |_: Option<&Nonce>| Ok(())),
    };
    let claims = verified.map_err(check)?;

    // §3.1.3.7, 4 and 5: the library leaves it to who calls.
    match claims.authorized_party() {
        Some(party) if **party != settings.client_id => return Err(Check::AuthorizedParty),
        None if claims.audiences().len() > 1 => return Err(Check::AuthorizedParty),
        _ => {}
    }
    let issued = claims.issue_time();
    let time = DateTime::<Utc>::from;
    let is_old = matches!(asked, Asked::SignIn { .. }) && issued < time(now - OLDEST);
    if is_old || issued > time(now + LEEWAY) {
        return Err(Check::IssuedAt);
    }
    let subject = claims.subject().as_str();
    let is_another = matches!(asked, Asked::Refresh { subject: before } if *before != subject);
    if subject.is_empty() || subject.len() > SUBJECT || is_another {
        return Err(Check::Subject);
    }
    payload(text).ok_or(Check::Form)
}

/// Whom claims name, and the role that they have.
pub(super) fn identity(settings: &Settings, claims: &Value) -> Result<Identity, Reason> {
    let text = |claim: &str| at(claims, claim)?.as_str();
    // As it is: two that differ by a space are two people.
    let subject = text("sub").ok_or(Reason::Token(Check::Subject))?;
    let roles = &settings.roles;
    let role = roles
        .role_by_claim(claims, &settings.roles_claim)
        .map_err(|why| Reason::NoRole(why, subject.to_owned()))?;
    let own = settings.name_claim.as_deref().unwrap_or("name");
    let names = [own, "preferred_username", "email"]
        .into_iter()
        .filter_map(text);
    let name = names
        .map(|name| bounded(name.trim(), NAME))
        .find(|name| !name.is_empty());
    Ok(Identity {
        issuer: settings.issuer.clone(),
        subject: subject.to_owned(),
        name: name.unwrap_or_else(|| bounded(subject, NAME)),
        role,
    })
}

/// All claims: the library reads those that it knows.
fn payload(text: &str) -> Option<Value> {
    let payload = BASE64_URL_SAFE_NO_PAD
        .decode(text.split('.').nth(1)?)
        .ok()?;
    serde_json::from_slice(&payload).ok()
}

/// The library's words hold what the token says.
fn check(wrong: Wrong) -> Check {
    match wrong {
        Wrong::Expired(_) => Check::Expired,
        Wrong::InvalidAudience(_) => Check::Audience,
        Wrong::InvalidIssuer(_) => Check::Issuer,
        Wrong::InvalidNonce(_) => Check::Nonce,
        Wrong::SignatureVerification(unsigned) => match unsigned {
            Unsigned::NoMatchingKey => Check::UnknownKey,
            Unsigned::AmbiguousKeyId(_) | Unsigned::InvalidKey(_) => Check::Key,
            Unsigned::DisallowedAlg(_) | Unsigned::NoSignature | Unsigned::UnsupportedAlg(_) => {
                Check::Algorithm
            }
            _ => Check::Signature,
        },
        _ => Check::Form,
    }
}
