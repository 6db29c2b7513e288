//! What the pages about Polaris' access control and its own kinds of objects read and change.

pub mod catalog_roles;
pub mod catalogs;
pub mod generic_tables;
pub mod lists;
pub mod policies;
pub mod principal_roles;
pub mod principals;
