//! The order of keys in a file that is written from nothing, per catalog.
//!
//! Classic: the order of OLake's published examples. Typed: the order of its later documentation.

use crate::keys::*;
use crate::kind::{Kind, Target};

const STORAGE: [&str; 4] = [SESSION_TOKEN, PROFILE, S3_PATH_STYLE, S3_USE_SSL];
const AUTH: [&str; 9] = [
    TOKEN,
    OAUTH_URL,
    AUTH_TYPE,
    CREDENTIAL,
    SCOPE,
    SIGNING_NAME,
    SIGNING_REGION,
    SIGV4,
    NO_IDENTIFIER,
];
const OAUTH: [&str; 5] = [TOKEN, AUTH_TYPE, OAUTH_URL, CREDENTIAL, SCOPE];
const S3: [&str; 4] = [S3_ENDPOINT, ACCESS_KEY, SECRET_KEY, REGION];

/// Known keys in the order they are written. Keys that are not named here follow.
pub(crate) fn of(kind: Kind, target: Target) -> Vec<&'static str> {
    let parts: &[&[&'static str]] = match (target, kind) {
        (Target::Classic, Kind::Generic) => &[
            &[CATALOG_TYPE, URL, WAREHOUSE, S3_ENDPOINT, REGION],
            &STORAGE,
            &[ACCESS_KEY, SECRET_KEY, DATABASE],
            &AUTH,
        ],
        (Target::Classic, Kind::Lakekeeper | Kind::Nessie) => &[
            &[CATALOG_TYPE, URL, WAREHOUSE, DATABASE],
            &S3,
            &STORAGE,
            &AUTH,
        ],
        (Target::Classic, Kind::S3Tables) => &[
            &[
                CATALOG_TYPE,
                URL,
                WAREHOUSE,
                DATABASE,
                ACCESS_KEY,
                SECRET_KEY,
                REGION,
            ],
            &STORAGE,
            &[SIGNING_NAME, SIGNING_REGION, SIGV4],
        ],
        (Target::Classic, Kind::Unity) => &[
            &[CATALOG_TYPE, NORMALIZATION, URL, WAREHOUSE, DATABASE],
            &OAUTH,
            &[NO_IDENTIFIER],
        ],
        (Target::Classic, Kind::Polaris) => &[
            &[CATALOG_TYPE, URL, WAREHOUSE, DATABASE],
            &OAUTH,
            &[REGION, S3_ENDPOINT, ACCESS_KEY, SECRET_KEY],
            &STORAGE,
        ],
        (Target::Typed, Kind::Generic) => &[
            &[
                CATALOG_TYPE,
                CATALOG_NAME,
                URL,
                WAREHOUSE,
                S3_ENDPOINT,
                REGION,
                ACCESS_KEY,
                SECRET_KEY,
            ],
            &STORAGE,
            &AUTH,
        ],
        (Target::Typed, Kind::Lakekeeper) => {
            &[&[CATALOG_TYPE, CATALOG_NAME, URL, WAREHOUSE, REGION], &AUTH]
        }
        (Target::Typed, Kind::Nessie | Kind::S3Tables) => &[
            &[CATALOG_TYPE, URL, CATALOG_NAME, WAREHOUSE],
            &S3,
            &STORAGE,
            &AUTH,
        ],
        (Target::Typed, Kind::Unity) => &[&[CATALOG_TYPE, CATALOG_NAME, URL, WAREHOUSE], &AUTH],
        (Target::Typed, Kind::Polaris) => &[
            &[CATALOG_TYPE, URL, CATALOG_NAME, WAREHOUSE],
            &OAUTH,
            &[REGION, S3_ENDPOINT, ACCESS_KEY, SECRET_KEY],
            &STORAGE,
        ],
    };
    let last: &[&str] = match target {
        Target::Classic => &[CATALOG_NAME, ARROW],
        Target::Typed => &[ARROW],
    };
    parts
        .iter()
        .copied()
        .chain([last])
        .flatten()
        .copied()
        .collect()
}
