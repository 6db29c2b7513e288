//! The client against servers on loopback that behave, misbehave, and break below HTTP.
#![cfg(feature = "client")]

mod auth;
mod connect;
mod faults;
mod native;
mod paging;
mod server;
