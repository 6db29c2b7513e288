//! Credentials of a new principal.

use serde::{Deserialize, Serialize};

/// Credentials, told once.
#[derive(Clone, Serialize, Deserialize)]
pub struct Issued {
    /// Whose they are.
    pub principal: String,
    /// What it signs in with, beside the secret.
    pub client_id: String,
    /// Told by this answer only.
    pub client_secret: String,
}
