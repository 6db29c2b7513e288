//! Where calls may lead, by whose word an address is.

use std::sync::OnceLock;

use iceberg_rest::{Error, Guard, Http, HttpOptions, Reach, http_client};

use crate::spec::Origin;

/// What a person typed leads to, where they are not who runs Crowsnest.
static TYPED: OnceLock<Guard> = OnceLock::new();

/// Says, once at the start, that people sign in: of what they type only public addresses are called then, and what is
/// within reach besides. Where nobody says so it is whoever sits at the machine, who reaches all of it anyhow.
pub fn people_reach(reach: Reach) {
    // A second word changes nothing.
    let _ = TYPED.set(Guard::Public(reach.into()));
}

/// Whether people sign in.
pub(crate) fn is_shared() -> bool {
    TYPED.get().is_some()
}

/// What is never called of an address that was said here.
pub(crate) fn guard(origin: Origin) -> Guard {
    match origin {
        Origin::File | Origin::Sample => Guard::Usual,
        Origin::Browser(_) => TYPED.get().cloned().unwrap_or(Guard::Usual),
    }
}

/// The client for every typed address that is no connection's: a catalog's, its token endpoint's, its object store's. No
/// connection's proxy is used: it could reach what this machine cannot.
pub(crate) fn typed() -> Result<Http, Error> {
    http_client(options(Origin::Browser(0)))
}

/// The usual way out for an address that was said here.
pub(crate) fn options(origin: Origin) -> HttpOptions {
    HttpOptions {
        guard: guard(origin),
        user_agent: concat!("crowsnest/", env!("CARGO_PKG_VERSION")),
        ..HttpOptions::default()
    }
}
