//! What pages show, built on the server from wire types.

pub mod connections;
pub mod destination;

use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// Something and when the catalog was asked for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Read<T> {
    pub data: T,
    pub at: Moment,
}
