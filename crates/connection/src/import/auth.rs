//! Ways to sign in, in the words of other programs.

use super::Why;
use super::words::{NO_ENTRA, NO_GOOGLE, NO_PASSWORD};

/// The way to sign in that is meant, or why there is none.
pub(super) fn auth_type(text: &str) -> Result<&'static str, Why> {
    Ok(match text.trim().to_ascii_lowercase().as_str() {
        "none" | "noop" | "no_auth" => "none",
        "oauth2" | "legacyoauth2" | "oauth" => "oauth2",
        "sigv4" => "sigv4",
        "bearer" | "token" => "bearer",
        "basic" => return Err(Why::NoSuchSignIn(NO_PASSWORD)),
        "entra" => return Err(Why::NoSuchSignIn(NO_ENTRA)),
        other if other == "google" || other.ends_with("googleauthmanager") => {
            return Err(Why::NoSuchSignIn(NO_GOOGLE));
        }
        other if other.ends_with("oauth2manager") => "oauth2",
        other if other.ends_with("sigv4authmanager") => "sigv4",
        _ => return Err(Why::NoSuchSignIn(NO_PASSWORD)),
    })
}
