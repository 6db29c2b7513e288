//! The vendors' own APIs on loopback servers that behave and misbehave.
#![cfg(feature = "client")]
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod collect;
mod native;
mod paging;
#[path = "../../../iceberg-rest/tests/live/server.rs"]
#[expect(dead_code, reason = "shared with the tests that need more of it")]
mod server;
mod writes;
