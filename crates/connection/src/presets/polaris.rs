//! Apache Polaris, on a server of one's own and as Snowflake runs it. Sources: Polaris' and Open Catalog's documentation.

use super::{OAUTH2_FIRST, Preset, hint};
use crate::keys::*;

pub(super) static POLARIS: Preset = Preset {
    id: "polaris",
    label: "Apache Polaris",
    says: "An Apache Polaris server of your own, with its principals and roles.",
    kind: "polaris",
    address: "https://<HOST>/api/catalog",
    example: "https://polaris.example.com/api/catalog",
    auth: OAUTH2_FIRST,
    first: &[NAME, URL, WAREHOUSE, CLIENT_ID, CLIENT_SECRET, SCOPE],
    says_of: &[
        hint(
            URL,
            "https://polaris.example.com/api/catalog",
            "Ends in /api/catalog; the port is 8181 unless it was changed.",
        ),
        hint(
            WAREHOUSE,
            "lakehouse",
            "The name of a catalog in Polaris, in the same case, not the bucket behind it; the page lists those that the principal may see.",
        ),
        hint(
            CLIENT_ID,
            "a1b2c3d4e5f60718",
            "That of a principal, as it was shown when the principal was made.",
        ),
        hint(
            SCOPE,
            "PRINCIPAL_ROLE:ALL",
            "PRINCIPAL_ROLE:ALL, or PRINCIPAL_ROLE: and the name of one role; without one Polaris refuses to sign in.",
        ),
        hint(
            HEADERS,
            "Polaris-Realm: POLARIS",
            "Polaris-Realm names the realm where the server has several.",
        ),
    ],
    defaults: &[(SCOPE, "PRINCIPAL_ROLE:ALL")],
};

pub(super) static OPEN_CATALOG: Preset = Preset {
    id: "open-catalog",
    label: "Snowflake Open Catalog",
    says: "Apache Polaris as Snowflake runs it, with its principals and roles.",
    kind: "polaris",
    address: "https://<ORGANIZATION>-<ACCOUNT>.snowflakecomputing.com/polaris/api/catalog",
    example: "https://acme-open.snowflakecomputing.com/polaris/api/catalog",
    auth: &["oauth2", "bearer", "person", "passed-on", "exchanged"],
    first: &[NAME, URL, WAREHOUSE, CLIENT_ID, CLIENT_SECRET, SCOPE],
    says_of: &[
        hint(
            URL,
            "https://acme-open.snowflakecomputing.com/polaris/api/catalog",
            "Organization and account of Open Catalog, with /polaris/api/catalog.",
        ),
        hint(
            WAREHOUSE,
            "lakehouse",
            "The name of a catalog in Open Catalog, in the same case.",
        ),
        hint(
            CLIENT_ID,
            "",
            "That of a service connection, as it was shown when the connection was made.",
        ),
        hint(
            SCOPE,
            "PRINCIPAL_ROLE:ALL",
            "PRINCIPAL_ROLE:ALL, or PRINCIPAL_ROLE: and the name of one role.",
        ),
    ],
    defaults: &[(SCOPE, "PRINCIPAL_ROLE:ALL")],
};
