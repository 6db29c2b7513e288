//! The client against servers on loopback that behave, misbehave, and break below HTTP.
#![cfg(feature = "client")]
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod auth;
mod aws;
mod aws_ambient;
mod bodies;
mod bulkhead;
mod connect;
mod faults;
mod lent;
mod paging;
mod providers;
mod proxy;
mod reach;
mod secrets;
mod send;
mod server;
mod unity;
mod writes;
