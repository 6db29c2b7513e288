//! Signing in at a provider that behaves, and at one that does not.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod begin;
mod callback;
mod discovery;
mod keys;
mod provider;
mod refresh;
mod refusals;
mod roles;
mod secrets;
mod tokens;
