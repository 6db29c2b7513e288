//! Sealing: XChaCha20-Poly1305 (RFC 8439, with the nonce of 192 bits, which may be random), bound to where the
//! sealed text stands, so that nothing is moved to another row.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;

use crate::{Error, random};

/// Bytes of a nonce.
const NONCE: usize = 24;

/// The keys inside the store, unsealed.
#[derive(Clone)]
pub(crate) struct Seals(Arc<Keys>);

struct Keys {
    data: SecretBox<[u8; 32]>,
    chain: SecretBox<[u8; 32]>,
}

impl Seals {
    pub fn new(data: [u8; 32], chain: [u8; 32]) -> Self {
        Self(Arc::new(Keys {
            data: SecretBox::new(Box::new(data)),
            chain: SecretBox::new(Box::new(chain)),
        }))
    }

    /// Seals for one row. `with` is a secret of who holds the row: without it the store's own key opens nothing.
    pub fn seal(&self, place: &[&str; 3], with: &str, plain: &[u8]) -> Result<String, Error> {
        seal(&self.derived(with)?, place, plain)
    }

    /// Opens what [`Seals::seal`] sealed for that row with the same secret.
    pub fn open(&self, place: &[&str; 3], with: &str, sealed: &str) -> Result<Vec<u8>, Error> {
        open(&self.derived(with)?, place, sealed)
    }

    /// The next link of the chain: of the one before, and of these parts.
    pub fn link(&self, before: &str, parts: &[&str]) -> Result<String, Error> {
        let key = self.0.chain.expose_secret();
        let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Error::Unsealed)?;
        for part in [before].iter().chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        Ok(BASE64.encode(mac.finalize().into_bytes()))
    }

    fn derived(&self, with: &str) -> Result<[u8; 32], Error> {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(Some(with.as_bytes()), self.0.data.expose_secret())
            .expand(b"row", &mut key)
            .map_err(|_| Error::Unsealed)?;
        Ok(key)
    }
}

/// Nonce and sealed text together, in base64.
pub(crate) fn seal(key: &[u8; 32], place: &[&str; 3], plain: &[u8]) -> Result<String, Error> {
    let nonce = random::bytes::<NONCE>()?;
    let aad = place.join("\0");
    let payload = Payload {
        msg: plain,
        aad: aad.as_bytes(),
    };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Error::Unsealed)?;
    Ok(BASE64.encode([nonce.as_slice(), &sealed].concat()))
}

/// Opens what [`seal`] sealed for the same place.
pub(crate) fn open(key: &[u8; 32], place: &[&str; 3], sealed: &str) -> Result<Vec<u8>, Error> {
    let bytes = BASE64.decode(sealed).map_err(|_| Error::Unsealed)?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or(Error::Unsealed)?;
    let aad = place.join("\0");
    let payload = Payload {
        msg: sealed,
        aad: aad.as_bytes(),
    };
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| Error::Unsealed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_sealed_opens_in_its_place_alone(plain: Vec<u8>, place: [String; 3], other: [String; 3]) {
            let place = [place[0].as_str(), &place[1], &place[2]];
            let other = [other[0].as_str(), &other[1], &other[2]];
            prop_assume!(place.join("\0") != other.join("\0"));
            let seals = Seals::new([1; 32], [2; 32]);
            let sealed = seals.seal(&place, "mine", &plain).unwrap();
            prop_assert_eq!(seals.open(&place, "mine", &sealed).unwrap(), plain);
            prop_assert!(seals.open(&other, "mine", &sealed).is_err());
            prop_assert!(seals.open(&place, "theirs", &sealed).is_err());
            prop_assert!(Seals::new([3; 32], [2; 32]).open(&place, "mine", &sealed).is_err());
        }

        #[test]
        fn parts_of_a_link_do_not_run_into_each_other(a in "[ab]{0,3}", b in "[ab]{0,3}", c in "[ab]{0,3}", d in "[ab]{0,3}") {
            let seals = Seals::new([1; 32], [2; 32]);
            let same = seals.link("", &[&a, &b]).unwrap() == seals.link("", &[&c, &d]).unwrap();
            prop_assert_eq!(same, a == c && b == d);
        }
    }
}
