//! What nobody can guess, and what is kept of it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::Error;

/// `N` bytes of the operating system's own randomness.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// 256 bits as text of 43 characters, good for an address and for a cookie.
pub fn secret() -> Result<SecretString, Error> {
    Ok(BASE64.encode(bytes::<32>()?).into())
}

/// A name for something that opens nothing: 96 bits as 16 characters.
pub(crate) fn handle() -> Result<String, Error> {
    Ok(BASE64.encode(bytes::<12>()?))
}

/// What is kept of a secret, to know it again. It is random, so it needs no salt.
pub(crate) fn hash(secret: &str) -> String {
    BASE64.encode(Sha256::digest(secret))
}
