//! Pieces of pages that know nothing of catalogs.

pub mod action;
pub mod badge;
pub mod coded;
pub mod copy;
pub mod facts;
pub mod icon;
pub mod note;
pub mod rows;
pub mod section;
pub mod skeleton;
pub mod table;
pub mod text_area;
pub mod text_field;
pub mod title;
