//! One page a file.

pub mod access;
pub mod change;
pub mod compare;
pub mod connect;
pub mod connection;
pub mod destination;
pub mod home;
pub mod namespace;
pub mod not_found;
pub mod open;
pub mod polaris;
pub mod search;
pub mod table;
pub mod troubleshooting;
pub mod view;
