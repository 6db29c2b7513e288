//! One page a file.

pub mod access;
pub mod audit;
pub mod catalog_comparison;
pub mod catalog_sign_in;
pub mod change;
pub mod compare;
pub mod connect;
pub mod connection;
pub mod connections;
pub mod destination;
pub mod home;
pub mod namespace;
pub mod not_found;
pub mod open;
pub mod people;
pub mod polaris;
pub mod search;
pub mod sign_in;
pub mod table;
pub mod troubleshooting;
pub mod view;
pub mod you;
