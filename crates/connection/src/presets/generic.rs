//! Everything else.

use super::Preset;
use crate::keys::*;

pub(super) static GENERIC: Preset = Preset {
    id: "generic",
    label: "Iceberg REST",
    says: "Any other server that speaks the Iceberg REST specification.",
    kind: "generic",
    address: "https://<HOST>",
    example: "https://catalog.example.com",
    auth: &[
        "none",
        "bearer",
        "oauth2",
        "sigv4",
        "person",
        "passed-on",
        "exchanged",
    ],
    first: &[NAME, URL, WAREHOUSE],
    says_of: &[],
    defaults: &[],
};
