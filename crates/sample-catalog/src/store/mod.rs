//! What a warehouse holds, and every change to it.

pub(crate) mod document;
pub(crate) mod table;
pub(crate) mod view;
mod warehouse;

pub(crate) use document::{Document, Snapshots};
pub(crate) use table::Table;
pub(crate) use warehouse::{Contents, Properties, Warehouse};
