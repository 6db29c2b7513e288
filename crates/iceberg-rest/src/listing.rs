use serde::{Deserialize, Serialize};

/// A list, and whether it is all there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    pub items: Vec<T>,
    pub completeness: Completeness,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Completeness {
    Complete,
    /// There may be more; the reason is a sentence for people.
    Capped {
        reason: String,
    },
}

impl<T> Listing<T> {
    pub fn complete(items: Vec<T>) -> Self {
        Self {
            items,
            completeness: Completeness::Complete,
        }
    }
}
