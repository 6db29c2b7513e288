//! Chrome around pages; each renders its child in an outlet.

mod access;
pub mod connection;
pub mod console;
pub mod table;
pub mod view;
