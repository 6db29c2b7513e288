//! One page a file.

pub mod home;
