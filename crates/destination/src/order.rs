//! The order of keys in a file that is written from nothing.
//!
//! Classic: the order of OLake's published examples. Typed: the order of its later documentation.

use crate::keys::*;
use crate::kind::{Kind, Target};

/// Every known key in the order it is written.
pub(crate) fn of(kind: Kind, target: Target) -> Vec<&'static str> {
    let mut order: Vec<&str> = (0..=5)
        .flat_map(|rank| {
            KEYS.iter()
                .filter(move |key| rank == place(kind, key.group))
        })
        .map(|key| key.name)
        .collect();
    for (key, before) in moved(kind, target) {
        order.retain(|name| name != key);
        let at = order.iter().position(|name| name == before);
        order.insert(at.map_or(order.len(), |at| at + 1), key);
    }
    order
}

fn place(kind: Kind, group: Group) -> u8 {
    match group {
        Group::Catalog => 0,
        Group::SignIn(_) if kind == Kind::Polaris => 1,
        Group::Storage => 2,
        Group::SignIn(_) => 3,
        Group::Tables => 4,
        Group::Other => 5,
    }
}

/// Where an example differs from the table: a key, and the one that it follows.
fn moved(kind: Kind, target: Target) -> &'static [(&'static str, &'static str)] {
    const LAST: (&str, &str) = (CATALOG_NAME, NO_IDENTIFIER);
    const SECOND: (&str, &str) = (CATALOG_NAME, CATALOG_TYPE);
    const THIRD: (&str, &str) = (CATALOG_NAME, URL);
    const REGION_LAST: (&str, &str) = (REGION, SECRET_KEY);
    const REGION_FIRST: (&str, &str) = (S3_ENDPOINT, REGION);
    const SCHEME_FIRST: (&str, &str) = (OAUTH_URL, AUTH_TYPE);
    match (target, kind) {
        (Target::Classic, Kind::Generic) => &[
            (ACCESS_KEY, S3_USE_SSL),
            (SECRET_KEY, ACCESS_KEY),
            (DATABASE, SECRET_KEY),
            LAST,
        ],
        (Target::Classic, Kind::Lakekeeper | Kind::Nessie | Kind::S3Tables) => &[REGION_LAST, LAST],
        (Target::Classic, Kind::Unity) => &[SCHEME_FIRST, LAST],
        (Target::Classic, Kind::Polaris) => &[SCHEME_FIRST, REGION_FIRST, LAST],
        (Target::Typed, Kind::Generic | Kind::Lakekeeper | Kind::Unity) => &[SECOND],
        (Target::Typed, Kind::Nessie | Kind::S3Tables) => &[REGION_LAST, THIRD],
        (Target::Typed, Kind::Polaris) => &[SCHEME_FIRST, REGION_FIRST, THIRD],
    }
}
