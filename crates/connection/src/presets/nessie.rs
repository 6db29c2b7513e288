//! Project Nessie.

use super::{Preset, hint};
use crate::keys::*;

pub(super) static NESSIE: Preset = Preset {
    id: "nessie",
    label: "Project Nessie",
    says: "A Nessie server, whose branches and tags are chosen in the page.",
    kind: "nessie",
    address: "https://<HOST>:19120/iceberg",
    example: "http://nessie.example.com:19120/iceberg",
    auth: &[
        "none",
        "oauth2",
        "bearer",
        "person",
        "passed-on",
        "exchanged",
    ],
    first: &[NAME, URL, WAREHOUSE],
    says_of: &[
        hint(
            URL,
            "http://nessie.example.com:19120/iceberg",
            "Its path is /iceberg, without a branch: that is chosen in the page.",
        ),
        hint(
            WAREHOUSE,
            "warehouse",
            "A name or location from nessie.catalog.warehouses; the server's default one unless told.",
        ),
        hint(
            TOKEN_URL,
            "",
            "The identity provider's: Nessie gives no tokens of its own.",
        ),
    ],
    defaults: &[],
};
