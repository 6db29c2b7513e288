//! Pieces of pages that know routes, resources and errors.

pub mod failed;
pub mod loaded;
pub mod moment;
pub mod page_header;
pub mod read_at;
pub mod tabs;
pub mod theme;
