//! Lakekeeper.

use super::{OAUTH2_FIRST, Preset, hint};
use crate::keys::*;

pub(super) static LAKEKEEPER: Preset = Preset {
    id: "lakekeeper",
    label: "Lakekeeper",
    says: "A Lakekeeper server, which leaves signing in to an identity provider.",
    kind: "lakekeeper",
    address: "https://<HOST>/catalog",
    example: "https://lakekeeper.example.com/catalog",
    auth: OAUTH2_FIRST,
    first: &[
        NAME,
        URL,
        WAREHOUSE,
        CLIENT_ID,
        CLIENT_SECRET,
        TOKEN_URL,
        SCOPE,
    ],
    says_of: &[
        hint(
            URL,
            "https://lakekeeper.example.com/catalog",
            "Ends in /catalog; /ui is the web page, and /management the other API.",
        ),
        hint(
            WAREHOUSE,
            "demo",
            "The name that the warehouse has in Lakekeeper, or project-id/name where it is of another project.",
        ),
        hint(
            TOKEN_URL,
            "https://idp.example.com/realms/iceberg/protocol/openid-connect/token",
            "The identity provider's: Lakekeeper gives no tokens of its own.",
        ),
        hint(SCOPE, "lakekeeper", ""),
        hint(
            HEADERS,
            "x-project-id: 00000000-0000-0000-0000-000000000000",
            "x-project-id names the project where it is not the default one.",
        ),
    ],
    defaults: &[],
};
