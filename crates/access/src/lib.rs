//! Effective access: who may do what in a catalog, and why, by the rules of its vendor.
//!
//! Pure reasoning over values that were collected elsewhere: no client, no I/O, nothing of the other
//! crates, so that it builds for the browser and is tested against recorded decisions in seconds.

#![warn(missing_docs)]

pub mod polaris;
