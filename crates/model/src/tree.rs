//! The tree of namespaces as its page shows it: what is open, its lines, and what keys do on them.

pub mod keys;
pub mod rows;
pub mod state;
