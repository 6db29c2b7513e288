//! Chrome around pages; each renders its child in an outlet.

pub mod connection;
pub mod console;
mod context;
mod later;
mod menu;
mod switcher;
pub mod table;
pub mod view;
