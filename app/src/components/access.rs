//! Pieces of the pages about who may do what.

pub mod collected;
pub mod last;
pub mod losses;
pub mod names;
pub mod odd;
