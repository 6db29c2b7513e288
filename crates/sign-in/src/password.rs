//! Passwords that are kept here: what may be one, its hash, and whether one is right.
//!
//! Hashes are argon2id (RFC 9106) with the parameters of the OWASP Password Storage Cheat Sheet: 19 MiB of memory, two
//! passes, one lane. That takes tens of milliseconds of a core. [`hash`] and [`verify`] do it where they are called, so
//! an async program calls them by a [`Hasher`], which lets no more than two run at once.

mod hasher;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

pub use hasher::Hasher;

/// Shortest password, in characters: OWASP ASVS 5.0 §6.2.1 recommends 15.
pub const SHORTEST: usize = 15;

/// Longest password, in bytes. More would only be work.
pub const LONGEST: usize = 1024;

/// Memory in KiB, passes, lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// A hash as [`hash`] makes it, of a password that nobody knows.
const OF_NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$vvyjGFIKoLziTS2DUnHBHQ$3E6sgpjUNoirVTC/Xm4rttO3v5ojVDhkp878wI3UL0A";

/// Why there is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unsuitable {
    /// Fewer than [`SHORTEST`] characters.
    #[error("A password has at least {SHORTEST} characters.")]
    Short,
    /// More than [`LONGEST`] bytes.
    #[error("A password has at most {LONGEST} bytes.")]
    Long,
    /// The person's own name, in capitals or not.
    #[error("A password is not the name of who has it.")]
    Name,
    /// The system gave no random numbers, or no memory.
    #[error("The password could not be hashed. Try again.")]
    Failed,
}

/// The hash of a new password of the person called `name`, as text to keep (a PHC string). Blocks: see [`Hasher`].
///
/// Fails where the password may not be one, see [`Unsuitable`].
pub fn hash(password: &SecretString, name: &str) -> Result<String, Unsuitable> {
    let password = password.expose_secret();
    if password.len() > LONGEST {
        return Err(Unsuitable::Long);
    }
    if password.chars().count() < SHORTEST {
        return Err(Unsuitable::Short);
    }
    if password.trim().to_lowercase() == name.trim().to_lowercase() {
        return Err(Unsuitable::Name);
    }
    let hashed = argon2()?.hash_password(password.as_bytes());
    let hashed: PasswordHash = hashed.map_err(|_| Unsuitable::Failed)?;
    Ok(hashed.to_string())
}

/// Whether a password is the one of which `stored` is the hash; `None` where the person is not known. Blocks: see
/// [`Hasher`].
///
/// Takes the same time for a person who is not known, and for a hash that cannot be read (OWASP ASVS 5.0 §6.3.8).
pub fn verify(password: &SecretString, stored: Option<&str>) -> bool {
    is_right(password, stored, OF_NOBODY)
}

/// `otherwise` is verified, and never right, where there is no hash.
fn is_right(password: &SecretString, stored: Option<&str>, otherwise: &str) -> bool {
    let password = password.expose_secret().as_bytes();
    // Nobody has one, known or not.
    if password.len() > LONGEST {
        return false;
    }
    let stored = stored.and_then(|stored| PasswordHash::new(stored).ok());
    let is_known = stored.is_some();
    let Some(hash) = stored.or_else(|| PasswordHash::new(otherwise).ok()) else {
        return false;
    };
    // Memory, passes and lanes are those of the hash.
    let is_right = Argon2::default().verify_password(password, &hash).is_ok();
    is_right && is_known
}

fn argon2() -> Result<Argon2<'static>, Unsuitable> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|_| Unsuitable::Failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests;
