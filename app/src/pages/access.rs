//! Who may do what on a Polaris, and why.

pub mod explain;
mod flow;
pub mod grants;
pub mod graph;
pub mod offboard;
pub mod onboard;
pub mod overview;
pub mod reach;
pub mod who;
