//! Pieces of pages that know routes, resources and errors.

pub mod access;
pub mod again;
pub mod back;
pub mod failed;
pub mod filter_box;
pub mod loaded;
pub mod moment;
pub mod names;
pub mod object;
pub mod open_form;
pub mod page_header;
pub mod pager;
pub mod polaris;
pub mod property_table;
pub mod read_at;
pub mod schema_table;
pub mod settings_table;
pub mod shown_value;
pub mod tabs;
pub mod theme;
pub mod tree;
pub mod typed;
